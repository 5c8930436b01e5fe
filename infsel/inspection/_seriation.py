"""An order of columns in which those that are alike are neighbors, and clusters of them."""

import numpy as np
from scipy.cluster.hierarchy import fcluster, leaves_list, linkage
from scipy.spatial.distance import squareform

_OPTIMAL = 500  # columns up to which turning the tree takes less than a second


def seriated(affinity: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Order of the leaves of the tree of average linkage, and the tree as SciPy writes it."""
    distances = np.maximum(1 - (affinity + affinity.T) / 2, 0)
    np.fill_diagonal(distances, 0)
    tree = linkage(squareform(distances, checks=False), "average", optimal_ordering=len(affinity) <= _OPTIMAL)
    return leaves_list(tree), tree


def clusters_of(tree: np.ndarray, height: float, order: np.ndarray) -> np.ndarray:
    """Cluster of each leaf in this order, numbered 0, 1, ... along it, of the tree cut at a height.

    Clusters of a tree are neighbors along its leaves.
    """
    found = fcluster(tree, height, "distance")[order]
    return np.concatenate([[0], np.cumsum(found[1:] != found[:-1])])


def representatives(
    affinity: np.ndarray, order: np.ndarray, clusters: np.ndarray, priority: np.ndarray | None
) -> np.ndarray:
    """Number of the member of each cluster with the largest priority; None for the mean affinity to its cluster."""
    found = []
    for members in np.split(order, np.flatnonzero(np.diff(clusters)) + 1):
        worth = affinity[np.ix_(members, members)].mean(axis=1) if priority is None else priority[members]
        found.append(min(members[worth == worth.max()]))
    return np.array(found)


def means_of_blocks(A: np.ndarray, most: int) -> np.ndarray:
    """A itself, or the means over blocks of neighbors that leave at most so many rows and columns."""
    n = len(A)
    if n <= most:
        return A
    starts = np.linspace(0, n, most + 1).round().astype(int)[:-1]
    sizes = np.diff(starts, append=n)
    sums = np.add.reduceat(np.add.reduceat(A, starts, axis=0), starts, axis=1)
    return sums / np.outer(sizes, sizes)
