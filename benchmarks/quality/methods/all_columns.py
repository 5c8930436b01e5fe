"""The protocol gives the models every column, whatever k is."""

NAME = "all columns"
COMPUTES = "no selection"
KIND = "reference"
SUPERVISED = False
TASKS = ("classification", "regression")
PACKAGE = None


def order(X, y, k, seed):
    import numpy as np

    return np.arange(X.shape[1])
