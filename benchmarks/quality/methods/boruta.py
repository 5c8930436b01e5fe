"""100 trees and 20 rounds: the defaults, as many trees as it thinks best and 100 rounds, take minutes a ranking."""

NAME = "Boruta"
COMPUTES = "ranks of Boruta (100 trees of depth 5, 20 rounds), equal ranks by mean importance"
KIND = "peer"
SUPERVISED = True
TASKS = ("classification",)
PACKAGE = "boruta"


def order(X, y, k, seed):
    import numpy as np
    from boruta import BorutaPy
    from sklearn.ensemble import RandomForestClassifier

    forest = RandomForestClassifier(max_depth=5, class_weight="balanced")
    found = BorutaPy(forest, n_estimators=100, max_iter=20, random_state=seed % 2**31).fit(X, y)
    rounds = found.importance_history_[1:]  # the first row is a row of zeros; NaN where a column was out already
    return np.lexsort((-np.nan_to_num(rounds).mean(axis=0), found.ranking_))
