NAME = "infsel fslib2016-signed"
COMPUTES = "the scores of PyIFS: all walks over max(s_i, s_j) and signed Spearman correlation"
SUPERVISED = False
PACKAGE = "infsel"
MOST_FEATURES = None


def solve(X, _y):
    from infsel import InfFS

    return InfFS.from_preset("fslib2016-signed", alpha=0.5).fit(X).scores_
