"""Censored times as numbers."""

import numpy as np


def martingale_residuals(survival: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Martingale residuals of the model without columns: how many events a sample had beyond those expected of it.

    r_i = event_i - H(time_i), where H is the Nelson-Aalen estimate of the cumulative hazard: at each time the events of
    that time, over all samples that are observed so long or longer. Larger ones failed earlier than others do. They
    depend on the order of the times alone, and their weighted sum is 0.

    Parameters
    ----------
    survival : structured ndarray of shape (n_samples,)
        With the fields event and time.
    weights : ndarray of shape (n_samples,), default=None
        How often each sample counts; None for once each.

    Returns
    -------
    ndarray of shape (n_samples,)
        At most 1.

    References
    ----------
    Therneau, Grambsch, Fleming (1990). Martingale-based residuals for survival models. Biometrika 77.
    Aalen (1978). Nonparametric inference for a family of counting processes. Annals of Statistics 6.
    Breslow (1974). Covariance analysis of censored survival data. Biometrics 30. (Events at the same time.)

    Examples
    --------
    >>> y = np.array([(True, 1.0), (False, 2.0), (True, 3.0)], dtype=[("event", bool), ("time", float)])
    >>> martingale_residuals(y).round(3).tolist()
    [0.667, -0.333, -0.333]
    """
    event = survival["event"].astype(np.float64)
    counts = np.ones(len(event)) if weights is None else np.asarray(weights, dtype=np.float64)
    _, when = np.unique(survival["time"], return_inverse=True)
    events, leaving = np.bincount(when, counts * event), np.bincount(when, counts)
    at_risk = np.cumsum(leaving[::-1])[::-1]
    return event - np.cumsum(events / at_risk)[when]
