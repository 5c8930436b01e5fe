NAME = "infsel AttentionSelector"
COMPUTES = "attention that the features pay to one another: one hop, softmax of correlations"
SUPERVISED = False
PACKAGE = "infsel"
MOST_FEATURES = None


def solve(X, _y):
    from infsel import AttentionSelector

    return AttentionSelector().fit(X).scores_
