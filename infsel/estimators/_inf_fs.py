"""Infinite Feature Selection."""

from typing import Any

import numpy as np

from infsel._registry import AFFINITIES, NORMALIZATIONS, resolve
from infsel.affinities import Affinity, Given
from infsel.estimators._base import Composition, GraphSelector, check_readout
from infsel.estimators._parameters import check_count, check_number
from infsel.estimators._tables import align_affinity
from infsel.normalizations import Normalization
from infsel.propagations import Hops


class InfFS(GraphSelector):
    """Infinite Feature Selection: score features by the walks of up to infinitely many hops through their affinity.

    The scores are S 1 with S = sum_{k=1}^{n_hops} (r A)^k, where A relates the features and r = damping / unit.
    A = alpha * max(s_i, s_j) + (1 - alpha) * (1 - |Spearman_ij|) is the classic choice, with s the standard deviations
    scaled to [0, 1] over all features. One adaptive Krylov basis evaluates every depth; no n x n matrix is inverted.

    Parameters
    ----------
    affinity : str, Affinity, array-like or callable, default="inf-fs"
        How two features relate: "inf-fs"; "attention" (the logits Q K^T / sqrt(d) of standardized columns); an object
        of `infsel.affinities`, also a formula such as ``0.3 * Dispersion() + 0.7 * Redundancy("pearson")``; a matrix
        of shape (n_features, n_features), dense, sparse, a LinearOperator, or a pandas frame labeled with column
        names; or a callable ``(X, y) -> matrix``. Entry (i, j) leads from feature i to feature j; it may be asymmetric.
    alpha : float in [0, 1], default=0.5
        Weight of dispersion against independence, for affinity="inf-fs" only.
    correlation : {"spearman", "pearson"}, default="spearman"
        Correlation that says what is redundant, for affinity="inf-fs" only.
    n_hops : int >= 1 or inf, default=inf
        Length of the longest walk; 1 scores by direct relations only.
    damping : float in (0, 1), default=0.9
        Weight of each further hop in units of 1 / the norm that `normalization` names. With one hop it only scales.
    normalization : {"spectral", "sub-stochastic", "row", "softmax", "none"} or Normalization, default="spectral"
        "spectral" and "sub-stochastic" measure damping by the spectral radius and the largest row sum; "row" and
        "softmax" make each row a distribution; "none" uses A and damping as they are.
    readout : {"sent", "received", "seeded"}, default="sent"
        Score of a feature: walks that leave it (row sums of S), that reach it (column sums), or that reach it from
        `start`. Rows that sum to 1 give all features the same "sent" score, so that pair is refused.
    start : array-like of shape (n_features,) or callable, default=None
        Where the walks start, for readout="seeded": non-negative weights, or a callable ``(X, y) -> weights``.
    n_features_to_select : int, float or None, default=None
        How many features to keep: a count, a fraction in (0, 1], or None for half.
    tol : float, default=1e-10
        Relative residual at which the basis stops growing; for float32 tables never below 1.2e-7.
    max_iter : int, default=100
        Most products with A for one basis.

    Attributes
    ----------
    scores_ : ndarray of shape (n_features,)
        Score of each feature, 0 for constant columns. Scores that differ only by round-off are made equal.
    ranking_ : ndarray of int of shape (n_features,)
        Rank of each feature, 1 is best; equal scores in column order, constant columns last.
    support_ : ndarray of bool of shape (n_features,)
        Which features are selected.
    spectral_radius_ : float
        Spectral radius of the normalized affinity: certified where it sets the unit of damping, elsewhere the largest
        Ritz value of the basis (for symmetric A a lower bound).
    n_iter_ : int
        Products with A that the propagation took.
    residual_ : float
        Error certificate of the scores relative to their norm; 0 where the basis is exact.
    n_features_in_ : int
        Number of features seen in `fit`.
    feature_names_in_ : ndarray of str of shape (n_features_in_,)
        Column names seen in `fit`, where X has names.

    See Also
    --------
    AttentionSelector : The single hop through a softmax of token similarities.

    Notes
    -----
    Constant columns stand outside the graph. A table whose standard deviations all agree, as after a `StandardScaler`,
    has no dispersion to rank by: the term is zero and a warning says so.

    References
    ----------
    Roffo, Melzi, Cristani (2015). Infinite Feature Selection. ICCV.
    Roffo, Melzi, Castellani, Vinciarelli, Cristani (2020). Infinite Feature Selection: A Graph-based Feature Filtering
    Approach. IEEE TPAMI.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from infsel import InfFS
    >>> X, y = load_wine(return_X_y=True, as_frame=True)
    >>> selector = InfFS(alpha=0.5, n_features_to_select=2).fit(X)
    >>> selector.get_feature_names_out().tolist()
    ['ash', 'proline']
    >>> selector.to_frame().feature[0]
    'proline'
    """

    def __init__(
        self,
        *,
        affinity: Any = "inf-fs",
        alpha: float = 0.5,
        correlation: str = "spearman",
        n_hops: float = np.inf,
        damping: float = 0.9,
        normalization: str | Normalization = "spectral",
        readout: str = "sent",
        start: Any = None,
        n_features_to_select: float | None = None,
        tol: float = 1e-10,
        max_iter: int = 100,
    ) -> None:
        self.affinity = affinity
        self.alpha = alpha
        self.correlation = correlation
        self.n_hops = n_hops
        self.damping = damping
        self.normalization = normalization
        self.readout = readout
        self.start = start
        self.n_features_to_select = n_features_to_select
        self.tol = tol
        self.max_iter = max_iter

    def _composition(self) -> Composition:
        alpha = check_number("alpha", self.alpha, 0, 1, closed=True, remedy="0 ranks by independence, 1 by dispersion.")
        n_hops = check_count("n_hops", self.n_hops, infinity=True, remedy="pass 1, 2, 3, ... or numpy.inf.")
        damping = check_number("damping", self.damping, 0, 1, closed=False, remedy="the series converges below 1.")
        affinity = resolve("affinity", self.affinity, AFFINITIES, alpha=alpha, correlation=self.correlation)
        normalization = resolve("normalization", self.normalization, NORMALIZATIONS)
        if not isinstance(normalization, Normalization):
            raise TypeError(
                f"normalization={normalization!r}: pass a name or an object of infsel.normalizations, not its class."
            )
        return Composition(
            affinity=affinity if isinstance(affinity, Affinity) else Given(self._aligned(affinity)),
            normalization=normalization,
            rule=Hops(n_hops, damping),
            readout=check_readout(self.readout, normalization, self.start),
            start=self.start,
            tol=check_number("tol", self.tol, 0, 1, closed=False, remedy="1e-10 fixes ten digits of the scores."),
            max_iter=int(
                check_count("max_iter", self.max_iter, infinity=False, remedy="100 is ample for most tables.")
            ),
        )

    def _aligned(self, affinity: Any) -> Any:
        return align_affinity(affinity, getattr(self, "feature_names_in_", None))
