"""A cut that controls the false discovery rate."""

from typing import Any, ClassVar, Self

import numpy as np
from sklearn.base import clone
from sklearn.covariance import empirical_covariance, ledoit_wolf_shrinkage, shrunk_covariance
from sklearn.utils import check_random_state, get_tags, indexable

from infsel._runtime.progress import stage
from infsel._runtime.ranges import Count, Number, Object, Offers, Or, Range, Seed
from infsel._runtime.threads import at_most
from infsel._runtime.warning import once
from infsel.estimators.base._callbacks import reported_to_callbacks
from infsel.estimators.base._decorators import with_callbacks
from infsel.estimators.base._frames import check_roles
from infsel.estimators.base._sample_weight import of_rows, which_count
from infsel.estimators.base._sklearn import safe_indexing
from infsel.estimators.meta._importances import required_importances
from infsel.estimators.meta._selector import MetaSelector, reseeded
from infsel.selection import Choices, gaussian_knockoffs, knockoff_threshold
from infsel.targets import check_target


class KnockoffSelector(MetaSelector):
    """Selects the features that score above their knockoffs, with the false discovery rate controlled.

    Knockoffs are artificial columns that relate to each other and to the features as the features do, but know nothing
    of the target. The selector scores features and knockoffs side by side; W_j is by how much feature j scores above
    its knockoff, and the features with W_j above a cut are selected, where the cut comes from the count of negative W.

    The expected share of selected features that are independent of the target given all others is at most `fdr` if the
    rows of X are independent draws from one Gaussian distribution and its mean and covariance are known. Nothing is
    assumed of the target. The scores may be any that do not depend on the order of the columns. With an estimated
    covariance, or features that are not Gaussian, control is approximate: docs/false_discoveries.md has simulations.

    Parameters
    ----------
    selector : estimator
        Scores the features: it has `feature_importances_`, `coef_` or `scores_` after `fit`. It must read the target,
        which `InfFS` with its defaults does not; where it is free to, it is fitted once more to find out.
    fdr : float in (0, 1), default=0.1
        The false discovery rate to allow. Either at least 1 / fdr features are selected or none.
    offset : {0, 1}, default=1
        1 controls the rate (knockoff+); 0 selects more and controls only the expectation of
        false discoveries / (discoveries + 1 / fdr).
    covariance : estimator or array-like of shape (n_features, n_features), default=None
        Covariance of the features: an estimator of `sklearn.covariance`, the matrix itself where it is known, or None
        for the sample covariance with half of Ledoit and Wolf's shrinkage, which was chosen by simulation.
    random_state : int, RandomState instance or None, default=None
        Draws the knockoffs, and seeds the selector if it has a `random_state`. Another seed may select other features.

    Attributes
    ----------
    scores_ : ndarray of shape (n_features,)
        W: the score of each feature less that of its knockoff; 0 for constant columns.
    threshold_ : float
        The cut; infinite where nothing is selected.
    ranking_ : ndarray of int of shape (n_features,)
        Rank of each feature by W, 1 is best.
    support_ : ndarray of bool of shape (n_features,)
        Which features are selected; there may be none, of which `transform` warns.
    selector_ : estimator
        The selector, fitted on features and knockoffs.
    n_features_in_ : int
        Number of features seen in `fit`.
    feature_names_in_ : ndarray of str of shape (n_features_in_,)
        Column names seen in `fit`, where X has names.

    See Also
    --------
    StabilitySelector : Bounds the expected number of false selections instead.

    Notes
    -----
    Time and memory of the knockoffs grow with the cube and the square of the number of features: about ten seconds for
    1,000 on one core. A sparse table is refused, because its knockoffs are dense.

    References
    ----------
    Barber, Candes (2015). Controlling the false discovery rate via knockoffs. Annals of Statistics 43.
    Candes, Fan, Janson, Lv (2018). Panning for gold: 'model-X' knockoffs for high dimensional controlled variable
    selection. J. R. Stat. Soc. B 80.
    Barber, Candes, Samworth (2020). Robust inference with knockoffs. Annals of Statistics 48.

    Examples
    --------
    >>> import numpy as np
    >>> from sklearn.linear_model import LassoCV
    >>> from infsel import KnockoffSelector
    >>> rng = np.random.default_rng(0)
    >>> X = rng.standard_normal((300, 40))
    >>> y = X[:, :15].sum(axis=1) + rng.standard_normal(300)
    >>> selected = KnockoffSelector(LassoCV(), fdr=0.1, random_state=0).fit(X, y).get_support()
    >>> int(selected[:15].sum()), int(selected[15:].sum())
    (15, 0)
    """

    _ranges: ClassVar[dict[str, Range]] = {
        "selector": Offers("fit", hint=" that scores features"),
        "fdr": Number(0, 1, hint="; 0.1 lets one in ten selected features be false"),
        "offset": Count(0, 1, hint="; 1 controls the rate"),
        "covariance": Or(None, Object()),
        "random_state": Seed(),
    }

    def __init__(
        self, selector: Any, *, fdr: float = 0.1, offset: int = 1, covariance: Any = None, random_state: Any = None
    ) -> None:
        self.selector = selector
        self.fdr = fdr
        self.offset = offset
        self.covariance = covariance
        self.random_state = random_state

    @with_callbacks
    def fit(self, X: Any, y: Any = None, **fit_params: Any) -> Self:
        """Score features and knockoffs, and find the cut.

        Parameters
        ----------
        X : array-like or data frame of shape (n_samples, n_features)
            At least two samples of finite numbers.
        y : array-like of shape (n_samples,)
            The target, as the selector takes it.
        **fit_params : dict
            Metadata such as ``sample_weight`` for the `fit` of the selector, routed where scikit-learn's metadata
            routing is enabled. Samples of weight 0 are left out; knockoffs are drawn for each of the others alike.

        Returns
        -------
        self : object
            The fitted selector.

        Raises
        ------
        TypeError
            If X is sparse, or the selector scores nothing.
        ValueError
            If X, y or a parameter cannot be used, or the selector does not read y.
        """
        routed = self._routed(fit_params)
        for name, value in getattr(self.selector, "get_params", dict)().items():
            if getattr(value, "placed", False):
                raise ValueError(
                    f"selector has {name}={value!r}, which knows columns by their names or places: knockoffs have "
                    "neither, so that the originals would always win. Use an affinity that reads the table alone."
                )
        if y is None:
            raise ValueError(f"{type(self).__name__} requires y to be passed, but the target y is None.")
        check_roles(X, y)
        table, y = self._validated(X, y), indexable(y)[0]
        counts = which_count(routed.get("sample_weight"), len(table))
        check_target(y, counts)
        if not counts.all():
            rows = np.flatnonzero(counts)
            table, y, routed = table.rows(rows), safe_indexing(y, rows), of_rows(routed, counts)
        table.require_dense(type(self).__name__)
        table.require_plain(type(self).__name__)
        X, inside = table.to_dense(), table.varying()
        if not inside.any():
            raise ValueError("every column of X is constant: there is nothing to rank.")
        rng = check_random_state(self.random_state)
        with once(), reported_to_callbacks(self), stage("steps", 3) as advance:
            both = np.hstack([X[:, inside], self._knockoffs(X[:, inside], inside, rng)])
            advance(1)
            self.selector_ = reseeded(self.selector, rng.randint(2**31 - 1)).fit(both, y, **routed)
            scores = required_importances(self.selector_, both.shape[1])
            advance(1)
            self._check_reads_target(scores, both, y, rng.permutation(len(both)), routed)
            advance(1)
        values, copies = np.split(scores, 2)
        self._rank(values - copies, inside, np.finfo(X.dtype).eps)
        self._recut()
        return self

    @property
    def _cut_parameters(self) -> frozenset[str]:
        return frozenset({"fdr", "offset"})

    def _recut(self) -> None:
        self.threshold_ = knockoff_threshold(self.scores_[self._inside], self.fdr, self.offset)

    def _check_reads_target(
        self, scores: np.ndarray, both: np.ndarray, y: Any, order: np.ndarray, routed: dict[str, Any]
    ) -> None:
        """Scores that do not read the target see how knockoffs differ from features and nothing else."""
        if get_tags(self.selector).target_tags.required:
            return
        shuffled = clone(self.selector_).fit(both, safe_indexing(y, order), **routed)
        if np.array_equal(required_importances(shuffled, both.shape[1]), scores):
            raise ValueError(
                f"selector={self.selector!r} gives the same scores to a shuffled target, so that no feature can be a "
                "discovery: pass one that reads y."
            )

    def _knockoffs(self, X: np.ndarray, inside: np.ndarray, rng: np.random.RandomState) -> np.ndarray:
        noise = rng.standard_normal(X.shape)
        exponents = np.frexp(np.abs(X).max(axis=0))[1]  # in units of a power of two no square overflows or vanishes
        scaled = np.ldexp(X, -exponents)
        with at_most(None):
            mean, covariance = scaled.mean(axis=0, dtype=np.float64), self._covariance(scaled, inside, exponents)
            return np.ldexp(gaussian_knockoffs(scaled, mean, covariance, noise), exponents).astype(X.dtype)

    def _covariance(self, X: np.ndarray, inside: np.ndarray, exponents: np.ndarray) -> np.ndarray:
        if self.covariance is None or hasattr(self.covariance, "fit"):
            scale = X.std(axis=0, dtype=np.float64)  # shrinkage must not depend on units
            Z = (X - X.mean(axis=0)) / scale
            own = _shrunk(Z) if self.covariance is None else clone(self.covariance).fit(Z).covariance_
            return np.outer(scale, scale) * own
        covariance = np.asarray(self.covariance, dtype=float)
        if covariance.shape != (len(inside), len(inside)):
            raise ValueError(f"covariance has shape {covariance.shape}, but X has {len(inside)} columns.")
        return np.ldexp(covariance[np.ix_(inside, inside)], -exponents[:, np.newaxis] - exponents)

    def _select(self, among: Choices, k: int | None = None) -> np.ndarray:
        return self.scores_ >= self.threshold_

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = False
        tags.input_tags.allow_nan = False
        tags.target_tags.required = True
        return tags


def _shrunk(Z: np.ndarray) -> np.ndarray:
    """The sample covariance with half of the shrinkage that estimates it best.

    All of it leaves knockoffs too loosely related to the other features and finds too much; none of it finds nothing
    until samples are many. docs/false_discoveries.md has the numbers.
    """
    return shrunk_covariance(empirical_covariance(Z), ledoit_wolf_shrinkage(Z) / 2)
