"""The sum of attention between rows and the linear kernel: ridge regression that sees interactions and what adds up."""

import numpy as np

from infsel.eliminations._attention import AttentionRidge


class SumRidge(AttentionRidge):
    """Kernel ridge regression of every target column with the sum of two kernels between the samples.

    They are K, the attention of `AttentionRidge`, and G = Z' Z, each centered and with its share of the trace:
    S = (1 - s) Kc + s tr(Kc) / tr(Gc) Gc, and a = (S + lambda I)^-1 Y with lambda = regularization tr(S) / n. Both are
    functions of the distances D2, as Gc = -H D2 H / 2. With M = (a a') o ((1 - s) K + s bandwidth tr(Kc) / n) the
    importance of a column z is z' M z - sum_i z_i^2 (M 1)_i: minus the derivative of the loss for a kernel that weighs
    the column's distances, in the units of `AttentionRidge`, which s = 0 is; s = 1 orders columns as `LinearRidge`.

    Parameters
    ----------
    Z, Y, weights, regularization, bandwidth, stored, signs
        As of `AttentionRidge`.
    linear_share : float in [0, 1], default=0.3
        s.

    References
    ----------
    Lanckriet, Cristianini, Bartlett, El Ghaoui, Jordan (2004). Learning the kernel matrix with semidefinite
    programming. Journal of Machine Learning Research 5.
    """

    def __init__(
        self,
        Z: np.ndarray,
        Y: np.ndarray,
        weights: np.ndarray,
        regularization: float,
        bandwidth: float,
        stored: bool = True,
        signs: np.ndarray | None = None,
        linear_share: float = 0.3,
    ) -> None:
        super().__init__(Z, Y, weights, regularization, bandwidth, stored, signs)
        self._linear_share = linear_share

    def relation(self, K: np.ndarray, G: np.ndarray, distance: float) -> np.ndarray:
        """(1 - s) K + s tr(Kc) / tr(Gc) G; tr(Gc) is half of n mean D2."""
        S = G * (self._linear_share * 2 * self._mean_eigenvalue(K) / distance)
        S += (1 - self._linear_share) * K
        return S

    def slope(self, K: np.ndarray) -> np.ndarray:
        """(1 - s) K + s bandwidth tr(Kc) / n."""
        level = self._linear_share * self._bandwidth * self._mean_eigenvalue(K)
        K *= 1 - self._linear_share
        K += level
        return K

    def _mean_eigenvalue(self, K: np.ndarray) -> float:
        """tr(Kc) / n, of a K with ones on its diagonal."""
        return 1 - float(self._shares @ (K @ self._shares))
