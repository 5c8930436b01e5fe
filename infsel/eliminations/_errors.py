"""How well ridge models predict each sample from the others."""

import numpy as np

from infsel.eliminations._solve import Penalized

_ULPS = 64


def left_out(residuals: np.ndarray, leverages: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Squared error of each sample when it is left out, summed over the target columns, shape (n_samples,).

    A ridge model with a free mean that has not seen sample i misses it by r_i / (1 - h_i - 1 / n), where r_i is what
    the model that has seen it misses it by and h_i how far its prediction follows its own value. Of a sample that
    weighs more than 1 one repetition is left out.

    Parameters
    ----------
    residuals : ndarray of shape (n_samples, n_targets)
    leverages : ndarray of shape (n_samples,)
        h, of all that a sample weighs.
    weights : ndarray of shape (n_samples,)

    References
    ----------
    Allen (1974). The relationship between variable selection and data augmentation and a method for prediction.
    Technometrics 16.
    """
    follows = (leverages + weights / weights.sum()) / np.maximum(weights, 1)
    left = np.maximum(1 - follows, _ULPS * np.finfo(residuals.dtype).eps)
    squares: np.ndarray = np.square(residuals / left[:, np.newaxis]).sum(axis=1)
    return squares


def leverages(system: Penalized, signs: np.ndarray | None, weights: np.ndarray) -> np.ndarray:
    """The diagonal of H = A (A + ridge I)^-1 for a matrix A between samples, or with signs its mean."""
    if signs is None:
        return 1 - system.ridge * system.forms(np.eye(len(weights), dtype=weights.dtype))
    return mean_leverages(len(weights) - system.ridge * system.forms(signs), weights)


def mean_leverages(forms: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """In place of each leverage their mean, from draws v' H v of tr(H) with random signs v; shape (n_samples,).

    Parameters
    ----------
    forms : ndarray of shape (n_draws,)
        v' H v.
    weights : ndarray of shape (n_samples,)

    References
    ----------
    Golub, Heath, Wahba (1979). Generalized cross-validation as a method for choosing a good ridge parameter.
    Technometrics 21.
    Hutchinson (1990). A stochastic estimator of the trace of the influence matrix for Laplacian smoothing splines.
    Communications in Statistics 19.
    """
    return np.asarray(weights * (forms.mean() / weights.sum()))
