"""A column changes only the trees that split on it, so only those predict again when it is permuted."""

import numpy as np

NAME = "permutation, forest"
COMPUTES = (
    "loss of accuracy of 300 trees on a fourth of the rows, unseen, when a column is permuted (5 times), zeros by F"
)
KIND = "peer"
SUPERVISED = True
TASKS = ("classification",)
PACKAGE = "scikit-learn"

N_TREES, TIMES = 300, 5


def order(X, y, k, seed):
    from quality.methods import f_test
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.model_selection import train_test_split

    rows, unseen = train_test_split(np.arange(len(y)), test_size=0.25, stratify=y, random_state=seed)
    forest = RandomForestClassifier(N_TREES, random_state=seed).fit(X[rows], y[rows])
    Z = np.ascontiguousarray(X[unseen], dtype=np.float32)
    truth = np.searchsorted(forest.classes_, y[unseen])
    rng = np.random.default_rng(seed)
    shuffles = [rng.permutation(len(Z)) for _ in range(TIMES)]
    return f_test.by_score(sum(_losses(tree.tree_, Z, truth, shuffles) for tree in forest.estimators_), X, y)


def _losses(tree, Z, truth, shuffles):
    """What every permutation of a column takes from the probability of the true classes, summed."""
    lost, before = np.zeros(Z.shape[1]), _probability(tree, Z, truth)
    for column in np.unique(tree.feature[tree.feature >= 0]):
        kept = Z[:, column].copy()
        for shuffle in shuffles:
            Z[:, column] = kept[shuffle]
            lost[column] += before - _probability(tree, Z, truth)
        Z[:, column] = kept
    return lost


def _probability(tree, Z, truth):
    leaves = tree.value[:, 0][tree.apply(Z)]
    return (leaves[np.arange(len(Z)), truth] / leaves.sum(axis=1)).sum()
