"""One process, so that its time and memory are those of the process; with n_jobs=-1 it took as long on two cores."""

NAME = "mrmr_selection mrmr_classif"
COMPUTES = "50 columns, one after the other, by F over mean |correlation| with those taken; the others are not ranked"
SUPERVISED = True
PACKAGE = "mrmr_selection"
MOST_FEATURES = 20_000
BEYOND = "too much memory: an n x n frame"


def solve(X, y):
    import numpy as np
    import pandas as pd
    from mrmr import mrmr_classif

    scores = np.zeros(X.shape[1])
    chosen = mrmr_classif(pd.DataFrame(X), pd.Series(y), K=min(50, X.shape[1]), n_jobs=1, show_progress=False)
    scores[chosen] = np.arange(len(chosen), 0, -1)
    return scores
