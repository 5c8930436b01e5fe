NAME = "infsel tpami2020-supervised"
COMPUTES = "Inf-FS over mutual information with y, Fisher scores and dispersion"
SUPERVISED = True
PACKAGE = "infsel"
MOST_FEATURES = None


def solve(X, y):
    from infsel import InfFS

    return InfFS.from_preset("tpami2020-supervised").fit(X, y).scores_
