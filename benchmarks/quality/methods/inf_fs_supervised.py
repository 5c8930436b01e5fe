NAME = "Inf-FS, supervised"
COMPUTES = "preset tpami2020-supervised on min-max columns"
KIND = "published"
SUPERVISED = True
TASKS = ("classification",)
PACKAGE = "infsel"


def order(X, y, k, seed):
    from quality.columns import best_first, min_max

    from infsel import InfFS

    return best_first(InfFS.from_preset("tpami2020-supervised").fit(min_max(X), y).scores_)
