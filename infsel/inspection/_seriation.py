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


def largest(clusters: np.ndarray, most: int) -> np.ndarray:
    """Numbers of the largest clusters, the first of equal ones, increasing."""
    return np.sort(np.argsort(-np.bincount(clusters), kind="stable")[:most])


def means_between(A: np.ndarray, clusters: np.ndarray) -> np.ndarray:
    """Mean entries of A between clusters, and within them without the diagonal (1 where a cluster has one member)."""
    sizes = np.bincount(clusters)
    starts = np.cumsum(sizes) - sizes
    sums = np.add.reduceat(np.add.reduceat(A, starts, axis=0), starts, axis=1)
    pairs = np.outer(sizes, sizes)
    own = np.arange(len(sizes))
    several = sizes > 1
    sums[own, own] -= np.where(several, np.add.reduceat(np.diagonal(A), starts), 0)
    pairs[own, own] -= np.where(several, sizes, 0)
    return sums / pairs
