"""How well columns order times, of which some are censored."""

import numpy as np

from infsel._kernels import write_orders


def order_of_times(X: np.ndarray, survival: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """2 C - 1 of each column, C being Harrell's concordance of its values with the times, in [-1, 1].

    A pair of samples is comparable if the one with the shorter time had the event, or both have the same time and only
    one had it, so that the other outlived it. It is concordant if the larger value outlives; equal values count half.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    survival : structured ndarray of shape (n_samples,)
        With the fields event and time.
    weights : ndarray of shape (n_samples,)
        How often each sample counts: a pair does so by the product.

    Returns
    -------
    ndarray of shape (n_features,)
        0 where no pair is comparable.

    Notes
    -----
    O(n_features n_samples log n_samples): the samples enter a tree from the longest time to the shortest.
    """
    event, time = survival["event"], survival["time"]
    order = np.lexsort((event, -time))  # of the same time those censored first
    event, time, weights = event[order], time[order], weights[order]
    ends = _ends_of_runs(time, event)
    places = _places(X[order].T)
    nets = np.empty(len(places))
    write_orders(places, ends, event, weights, np.empty(len(event) + 1), nets)
    pairs = _weight_of_pairs(ends, event, weights)
    return np.clip(nets / pairs, -1, 1) if pairs else np.zeros(len(nets))


def order_of_members(survival: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Numbers whose sum over any samples is 2 C - 1 of a column that is 1 for these and 0 for others, (n_samples,).

    A pair of two values counts for the one that is larger: linear in who is among them.
    """
    event, time = survival["event"], survival["time"]
    order = np.lexsort((event, -time))
    event, w = event[order], weights[order]
    ends, asks = _ends_of_runs(time[order], event), np.where(event, w, 0.0)
    before = np.r_[0.0, np.cumsum(w)][np.searchsorted(ends, ends, side="left")]
    outlived = asks.sum() - np.r_[0.0, np.cumsum(asks)][ends]
    pairs, result = _weight_of_pairs(ends, event, w), np.zeros(len(w))
    result[order] = (w * outlived - asks * before) / pairs if pairs else 0.0
    return result


def _ends_of_runs(time: np.ndarray, event: np.ndarray) -> np.ndarray:
    """Where the samples of the same time and kind end, for each of them."""
    begins = np.flatnonzero(np.r_[True, (time[1:] != time[:-1]) | (event[1:] != event[:-1])])
    lengths = np.diff(begins, append=len(time))
    return np.repeat(begins + lengths, lengths)


def _places(columns: np.ndarray) -> np.ndarray:
    """Places of the values among the different ones of each row, from 1."""
    order = np.argsort(columns, axis=1)
    steps = np.diff(np.take_along_axis(columns, order, axis=1), axis=1) > 0
    places = np.empty(columns.shape, dtype=np.intp)
    np.put_along_axis(places, order, np.cumsum(np.c_[np.ones(len(columns), bool), steps], axis=1), axis=1)
    return places


def _weight_of_pairs(ends: np.ndarray, event: np.ndarray, weights: np.ndarray) -> float:
    """Of all that are comparable."""
    begins = np.searchsorted(ends, ends, side="left")
    before = np.r_[0.0, np.cumsum(weights)][begins]
    return float((weights * before)[event].sum())
