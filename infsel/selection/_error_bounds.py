"""How many features that are rarely selected stability selection may let through."""

import numpy as np
from scipy.optimize import brentq, minimize_scalar

_STEEPEST, _FLATTEST = 1e-12, 1e5  # range of the offset a of the extremal densities (a + i)^(1/r)


def error_bounds(n_selected: float, n_features: int, threshold: float, n_pairs: int) -> dict[str, float]:
    """Bounds on the expected number of features that complementary pairs select although the base selector rarely does.

    Rarely means with a probability of at most theta = n_selected / n_features on half of the samples. If noise features
    are exchangeable and the base selector does no worse than chance, all of them are such.

    Parameters
    ----------
    n_selected : float
        Mean number q of features that the base selector selects on half of the samples.
    n_features : int
    threshold : float in (0, 1]
        Share of the 2 * n_pairs subsamples from which on a feature is selected.
    n_pairs : int
        Number of complementary pairs of halves.

    Returns
    -------
    dict of str to float
        "worst-case" (Meinshausen and Buhlmann; Shah and Samworth, theorem 1): q theta / (2 threshold - 1);
        "unimodal" (Shah and Samworth, theorem 2), if the share of pairs that select a feature in both halves is
        unimodal, and theta <= 1 / sqrt(3); "r-concave" (equation 8), if that share is r-concave with r = -1/2 and the
        share of halves with r = -1/4. A bound that does not apply is n_features, and none is larger.

    References
    ----------
    Meinshausen, Buhlmann (2010). Stability selection. J. R. Stat. Soc. B 72.
    Shah, Samworth (2013). Variable selection with error control: another look at stability selection. J. R. Stat. Soc.
    B 75.

    Examples
    --------
    >>> {name: round(bound, 4) for name, bound in error_bounds(10, 100, 0.6, 50).items()}
    {'worst-case': 5.0, 'unimodal': 2.6316, 'r-concave': 1.1413}
    """
    theta = min(n_selected / n_features, 1.0)
    count = int(np.ceil(2 * n_pairs * threshold - 1e-9))  # a share of 2 n_pairs halves reaches it from here on
    tau = count / (2 * n_pairs)
    worst_case = theta**2 / (2 * tau - 1) if tau > 0.5 else 1.0
    unimodal = theta**2 * _unimodal(tau, n_pairs) if tau > 0.5 + 1 / (2 * n_pairs) and theta <= 3**-0.5 else 1.0
    # of count fits at least count - n_pairs are pairs in which both halves select
    in_both = _concave_tail(theta**2, count - n_pairs, n_pairs, -1 / 2) if tau > 0.5 else 1.0
    concave = min(in_both, _concave_tail(theta, count, 2 * n_pairs, -1 / 4), worst_case)
    shares = {"worst-case": worst_case, "unimodal": unimodal, "r-concave": concave}
    # a share far below round-off is the difference of two ones, and may come out below 0
    return {name: float(n_features * min(max(share, 0.0), 1.0)) for name, share in shares.items()}


def _unimodal(tau: float, n_pairs: int) -> float:
    """C(tau, B) of theorem 2."""
    step = 1 / (2 * n_pairs)
    return 1 / (2 * (2 * tau - 1 - step)) if tau <= 0.75 else 4 * (1 - tau + step) / (1 + 2 * step)


def _concave_tail(mean: float, count: int, n: int, r: float) -> float:
    """The largest P(N >= count) of a variable N on 0..n whose density is r-concave and whose mean is at most `mean` n.

    The extremal densities are (a + i)^(1/r) for i = 0..k, with the mass at k + 1 set by the mean. For each k the offset
    a lies between those that would give the mean on 0..k + 1 and on 0..k.
    """
    if mean == 0:
        return 0.0
    centre = mean * n
    first = int(np.ceil(2 * centre)) + 1  # below, a flat density has too small a mean
    if count < first or first > n:
        return 1.0
    offsets = {k: _offset(k, centre, r) for k in range(first, n + 1)}

    def tail(a: float, k: int) -> float:
        i = np.arange(k + 1)
        density = (a + i) ** (1 / r)
        return float(1 - (k + 1 - centre) * density[:count].sum() / ((k + 1 - i) @ density))

    best = max(tail(offsets[k], k) for k in range(max(count, first), n + 1))
    for k in range(max(count - 1, first), n):
        bounds = sorted((offsets[k + 1], offsets[k]))  # of means far below round-off neither is the lower by much
        best = max(best, -minimize_scalar(lambda a, k=k: -tail(a, k), bounds=bounds, method="bounded").fun)
    return min(best, 1.0)


def _offset(k: int, centre: float, r: float) -> float:
    """The a for which the density (a + i)^(1/r) on 0..k has the mean `centre`."""
    i = np.arange(k + 1)

    def excess(a: float) -> float:
        density = (a + i) ** (1 / r)
        return float(i @ density / density.sum() - centre)

    if excess(_STEEPEST) >= 0:
        return _STEEPEST
    return float(brentq(excess, _STEEPEST, _FLATTEST, xtol=1e-12)) if excess(_FLATTEST) > 0 else _FLATTEST
