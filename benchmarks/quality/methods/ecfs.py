NAME = "EC-FS"
COMPUTES = "preset ecfs on min-max columns: eigenvector centrality"
KIND = "published"
SUPERVISED = True
TASKS = ("classification",)
PACKAGE = "infsel"


def order(X, y, k, seed):
    from quality.columns import best_first, min_max

    from infsel import InfFS

    return best_first(InfFS.from_preset("ecfs").fit(min_max(X), y).scores_)
