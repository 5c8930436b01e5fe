NAME = "infsel InfFS"
COMPUTES = "classic Inf-FS: all walks over max(s_i, s_j) and 1 − |Spearman|, damping 0.9"
SUPERVISED = False
PACKAGE = "infsel"
MOST_FEATURES = None


def solve(X, _y):
    from infsel import InfFS

    return InfFS(alpha=0.5, damping=0.9).fit(X).scores_
