NAME = "Inf-FS"
COMPUTES = "classic unsupervised Inf-FS on min-max columns: all walks over max(s_i, s_j) and 1 − |Spearman|"
KIND = "published"
SUPERVISED = False
TASKS = ("classification", "regression")
PACKAGE = "infsel"


def order(X, y, k, seed):
    from quality.columns import best_first, min_max

    from infsel import InfFS

    return best_first(InfFS(alpha=0.5, damping=0.9).fit(min_max(X)).scores_)
