"""How closely scores are computed, and with how much work and memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from infsel._runtime.configurable import Configurable
from infsel._runtime.ranges import Count, Number, Or, Seed, parameter

FEWEST_LANDMARKS = 16


@dataclass
class Krylov(Configurable):
    """One Krylov basis for each direction of the walks, grown until the scores are known to a tolerance.

    What it changes is how closely scores are computed and at what cost, not what they mean. A grid search reaches its
    parameters as ``solver__tol`` and so on, where the selector has ``solver=Krylov()`` and not None.

    Parameters
    ----------
    tol : float in (0, 1), default=1e-11
        Relative residual at which the basis stops growing, once the bound on the error is at most five times as large
        but for a factor common to all scores (`InfFS.error_`); for float32 tables never below 1.2e-7.
    max_iter : int >= 1, default=100
        Most products with the affinity for one basis.
    max_memory : float >= 0, default=None
        MiB of the affinity that may stay in memory from one product to the next instead of being computed anew, beside
        the table, its standardized columns and the basis. None for a quarter of scikit-learn's ``working_memory``
        (256 MiB unless configured); 0 for none.
    n_landmarks : int >= 16, default=None
        How many features, drawn at random, stand for all others in products with a Gram matrix: scores of tables with
        hundreds of thousands of columns in linear time, with standard errors. None for exact scores.
    random_state : int, RandomState or None, default=None
        Draws the landmarks.

    References
    ----------
    Saad (1992). Analysis of some Krylov subspace approximations to the matrix exponential operator. SIAM J. Numer.
    Anal. 29.

    Examples
    --------
    >>> from infsel import InfFS
    >>> InfFS(solver=Krylov(tol=1e-6))
    InfFS(solver=Krylov(tol=1e-06))
    """

    tol: float = parameter(Number(0, 1, hint=": 1e-11 fixes nine digits of the ranking"), 1e-11)
    max_iter: int = parameter(Count(), 100)
    max_memory: float | None = parameter(Or(None, Number(low=0, closed=True)), None)
    n_landmarks: int | None = parameter(Or(None, Count(FEWEST_LANDMARKS)), None)
    random_state: int | np.random.RandomState | None = parameter(Seed(), None)
