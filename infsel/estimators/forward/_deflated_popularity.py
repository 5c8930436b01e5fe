"""Popularity with deflation: the columns that stand for the others."""

from typing import Any, ClassVar, Self

from infsel._runtime.ranges import Range
from infsel.criteria import ColumnSubset, Criterion
from infsel.estimators.base._decorators import with_callbacks
from infsel.estimators.base._parameter_checks import JOBS, MISSING
from infsel.estimators.forward._selector import ForwardSelector


class DeflatedPopularity(ForwardSelector):
    """Pick the most popular feature, take what it explains out of the others, and repeat; no target is read.

    The gain of feature f is (r_f' R R' r_f) / (r_f' r_f), R holding what the picks before leave of each standardized
    column and r_f being one of its columns: the squared correlations of f with all residuals, each times the length of
    that residual. This is exactly the sum of squares that f explains beyond the picks, so that the picks are those of
    forward selection component analysis, also known as greedy column subset selection. After (n_samples - 1) / 2 picks
    little but noise is left, and it starts anew among the columns that are left.

    Parameters
    ----------
    n_features_to_select : int, float or None, default=None
        How many features to keep: a count, a fraction in (0, 1], or None for half. As many are picked greedily; the
        others follow by the gain they have left, so that a smaller number selects the first of the same picks.
    keep : sequence of str or int, default=None
        Columns that are always selected, by name or number, or as a mask; they count among `n_features_to_select`.
        They are picked first, best first, and the other picks complement them.
    exclude : sequence of str or int, default=None
        Columns to leave out of the picks and of the selection, as if X did not have them; they rank last.
    feature_groups : mapping or sequence of sequences of str or int, default=None
        Columns that are selected together, such as one-hot blocks, as lists or as a mapping of labels to lists. A
        group is picked whole by the mean gain of its columns that vary, and counts as one among `n_features_to_select`.
    feature_costs : mapping or array-like of shape (n_features,), default=None
        What columns cost; of equal gains the cheaper column, or group by its sum, comes first. A mapping prices the
        columns that it does not name at 0.
    kinds : mapping of str or int to str or list, default=None
        What columns hold, by name or number, where their types do not say it: "numeric" (also of text that is written
        numbers, and of dates, as days since 1970), "boolean", "ordinal" or a list of categories in their order, or
        "nominal". Other columns hold what the types of a data frame say: numbers, booleans, ordered categories
        (ordinal), and text and categories without an order (nominal).
    missing : {"pairwise", "informative", "error"}, default="pairwise"
        What NaN, None, null and masked entries are: nothing known, so that each statistic takes the samples which have
        what it reads; a value of its own; or an error.
    n_jobs : int, default=None
        Threads to use; None for as many as BLAS is set to use, -1 for every core.

    Attributes
    ----------
    scores_ : ndarray of shape (n_features,)
        Share of the features that come no earlier in the ranking: 1 for the first pick, 0 for constant and excluded
        columns.
    gains_ : ndarray of shape (n_features,)
        Gain of each pick when it was picked, in columns of the table, and of the others when picking ended; NaN for
        copies, constant and excluded columns.
    ranking_ : ndarray of int of shape (n_features,)
        Rank of each feature, 1 is best: first the picks, then the other columns, then copies of columns (equal to an
        earlier one up to shift, scale and sign) in the order of what they copy, constant and excluded columns last. The
        columns of a group follow each other; copies in it only come behind if nothing else in it is new.
    support_ : ndarray of bool of shape (n_features,)
        Which features are selected.
    kinds_ : ndarray of str of shape (n_features,)
        How each column was read, "numeric", "boolean", "ordinal" or "nominal", or that it was "excluded"; only where
        not all are numbers without gaps.
    n_features_in_ : int
        Number of features seen in `fit`.
    feature_names_in_ : ndarray of str of shape (n_features_in_,)
        Column names seen in `fit`, where X has names.

    See Also
    --------
    InfFS : Popularity without deflation, over walks of several hops.
    CoverageSelector : With a target.

    Notes
    -----
    Time O(n_samples n_features) a pick, and O(n_samples n_features min(n_samples, n_features)) at each start: three
    products with the table downdate r_f' R R' r_f and r_f' r_f, and R is not written down. Sparse tables are not
    densified.

    References
    ----------
    Puggini, McLoone (2017). Forward Selection Component Analysis: Algorithms and Applications. IEEE TPAMI 39.
    Farahat, Elgohary, Ghodsi, Kamel (2015). Greedy Column Subset Selection for Large-Scale Data Sets. KAIS 45.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from infsel import DeflatedPopularity
    >>> X, y = load_wine(return_X_y=True, as_frame=True)
    >>> DeflatedPopularity(n_features_to_select=3).fit(X).to_frame().feature[:3].tolist()
    ['flavanoids', 'color_intensity', 'alcalinity_of_ash']
    """

    _ranges: ClassVar[dict[str, Range]] = {"missing": MISSING, "n_jobs": JOBS}

    def __init__(
        self,
        *,
        n_features_to_select: float | None = None,
        keep: Any = None,
        exclude: Any = None,
        feature_groups: Any = None,
        feature_costs: Any = None,
        kinds: Any = None,
        missing: str = "pairwise",
        n_jobs: int | None = None,
    ) -> None:
        self.n_features_to_select = n_features_to_select
        self.keep = keep
        self.exclude = exclude
        self.feature_groups = feature_groups
        self.feature_costs = feature_costs
        self.kinds = kinds
        self.missing = missing
        self.n_jobs = n_jobs

    @with_callbacks
    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Rank the features of X by how well they stand for the others.

        Parameters
        ----------
        X : array-like, sparse matrix or data frame of shape (n_samples, n_features)
            At least five samples of finite numbers; an array or data frame of Dask stays where its workers have it.
        y : ignored
        sample_weight : array-like of shape (n_samples,), default=None
            How often each sample counts. Weights that sum to less than the number of samples are scaled to mean 1.

        Returns
        -------
        self : object
            The fitted selector.

        Raises
        ------
        ValueError
            If X, a weight or a parameter cannot be used; the message names it and says what to do.
        """
        return self._fit(X, y, sample_weight)

    def _criterion(self) -> Criterion:
        return ColumnSubset()
