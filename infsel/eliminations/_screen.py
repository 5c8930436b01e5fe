"""How much each column says about the target by itself."""

import numpy as np
from scipy.special import chdtri

from infsel._kernels import write_bins_of_positions
from infsel.embeddings import Filled, mapped, row_blocks
from infsel.statistics import Entropies
from infsel.targets import quantile_groups

_LEVEL = 0.05


def binned_information(
    U: Filled, outputs: list[np.ndarray], weights: np.ndarray, bins: int
) -> tuple[np.ndarray, float]:
    """Mutual information, in nats, of each column, cut into bins of equal frequency, with the target.

    Parameters
    ----------
    U : ndarray or FilledRows of shape (n_features, n_samples)
        `places` of the values of each column; equal values share a bin.
    outputs : list of ndarray of shape (n_samples,)
        Class numbers, or numbers, which are cut into as many bins; the information on several outputs adds.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    bins : int
        Number of bins.

    Returns
    -------
    information : ndarray of shape (n_features,)
    by_chance : float
        What one in twenty columns that say nothing exceeds: 2 n I is then about chi-squared (Wilks).
    """
    targets = [quantile_groups(output, weights, bins) for output in outputs]
    information = np.zeros(len(U))
    for where, codes in row_blocks(mapped(lambda numbers: _bins(numbers, bins), U)):
        for groups in targets:
            information[where] += Entropies(codes, bins, groups, weights).relevance
    degrees = sum((bins - 1) * int(groups.max()) for groups in targets)
    return information, float(chdtri(degrees, _LEVEL) / (2 * weights.sum()))


def _bins(U: np.ndarray, bins: int) -> np.ndarray:
    codes = np.empty(U.shape, np.uint8 if bins <= 256 else np.int32)
    write_bins_of_positions(np.atleast_2d(U), bins, np.atleast_2d(codes))
    return codes
