"""Kernels that compare all pairs of samples in the time of a sort.

The samples come from the longest time to the shortest, in runs of the same time and kind. A binary indexed tree
(Fenwick 1994) over the places of a column's values holds the weights of those that outlive the present run.
"""

import numpy as np

from infsel._kernels._jit import jit


@jit
def write_orders(
    places: np.ndarray, ends: np.ndarray, asks: np.ndarray, weights: np.ndarray, tree: np.ndarray, nets: np.ndarray
) -> None:
    """By how much more weight outlives with larger values than with smaller ones, over all pairs, for each column.

    Row f of `places` has the places 1, 2, ... of a column's values; `ends` says where the run of each sample ends, and
    `asks` whether it is compared with those before its run. `tree` is work space of one entry more than places.
    """
    for column in range(len(places)):
        tree[:] = 0.0
        nets[column] = _net(places[column], ends, asks, weights, tree)


@jit
def _net(places: np.ndarray, ends: np.ndarray, asks: np.ndarray, weights: np.ndarray, tree: np.ndarray) -> float:
    net, total, start = 0.0, 0.0, 0
    while start < len(places):
        stop = ends[start]
        if asks[start]:
            for i in range(start, stop):
                net += weights[i] * (total - _below(tree, places[i]) - _below(tree, places[i] - 1))
        for i in range(start, stop):
            _add(tree, places[i], weights[i])
            total += weights[i]
        start = stop
    return net


@jit
def _below(tree: np.ndarray, place: int) -> float:
    """The weight at places up to this one."""
    found = 0.0
    while place > 0:
        found += tree[place]
        place -= place & -place
    return found


@jit
def _add(tree: np.ndarray, place: int, weight: float) -> None:
    while place < len(tree):
        tree[place] += weight
        place += place & -place
