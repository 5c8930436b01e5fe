"""The classic affinity of Infinite Feature Selection."""

from typing import Literal

from infsel.affinities._base import Sum
from infsel.affinities._dispersion import Dispersion
from infsel.affinities._redundancy import Redundancy


def inf_fs(alpha: float = 0.5, correlation: Literal["spearman", "pearson"] = "spearman") -> Sum:
    """alpha * Dispersion() + (1 - alpha) * Redundancy(correlation).

    Parameters
    ----------
    alpha : float in [0, 1], default=0.5
        Weight of the spread of features against their independence.
    correlation : {"spearman", "pearson"}, default="spearman"
        The correlation that says what is redundant.

    References
    ----------
    Roffo, Melzi, Cristani (2015). Infinite Feature Selection. ICCV.
    Roffo, Melzi, Castellani, Vinciarelli, Cristani (2020). Infinite Feature Selection: A Graph-based Feature Filtering
    Approach. IEEE TPAMI.

    Examples
    --------
    >>> inf_fs(alpha=0.3)
    0.3 * Dispersion() + 0.7 * Redundancy()
    """
    return alpha * Dispersion() + (1 - alpha) * Redundancy(correlation)
