"""Numbers that make an objective as large as it gets."""

from collections.abc import Callable

import numpy as np
from scipy.optimize import minimize

from infsel._runtime.progress import stage

_STEPS = 100


def ascend(objective: Callable[[np.ndarray], tuple[float, np.ndarray]], start: np.ndarray, what: str) -> np.ndarray:
    """Where L-BFGS-B finds a maximum from `start`.

    Parameters
    ----------
    objective : callable
        Returns its value and its gradient.
    start : ndarray of shape (n_parameters,)
    what : str
        What is learned, for those who watch.

    References
    ----------
    Byrd, Lu, Nocedal, Zhu (1995). A limited memory algorithm for bound constrained optimization. SIAM J. Sci. Comput.
    """
    with stage(f"learning {what}", _STEPS) as advance:

        def descending(parameters: np.ndarray) -> tuple[float, np.ndarray]:
            value, slope = objective(parameters)
            advance(1)
            return -value, -slope

        limits = {"maxiter": _STEPS, "ftol": 1e-9, "gtol": 1e-7}
        return np.asarray(minimize(descending, start, jac=True, method="L-BFGS-B", options=limits).x)
