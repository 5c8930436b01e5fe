NAME = "attention between columns"
COMPUTES = "AttentionSelector: one hop, softmax of correlations"
KIND = "published"
SUPERVISED = False
TASKS = ("classification", "regression")
PACKAGE = "infsel"


def order(X, y, k, seed):
    from quality.columns import best_first

    from infsel import AttentionSelector

    return best_first(AttentionSelector().fit(X).scores_)
