"""Coverage of the classes by what each feature alone explains."""

from typing import Any, ClassVar, Self

from infsel._runtime.ranges import Range
from infsel.criteria import Coverage, Criterion
from infsel.estimators.base._decorators import with_callbacks
from infsel.estimators.base._parameter_checks import JOBS, MISSING, TASK
from infsel.estimators.forward._selector import ForwardSelector


class CoverageSelector(ForwardSelector):
    """Pick features that cover every class: what a feature explains of a class counts less where much is covered.

    The gain of feature f after the picks S is sum_c sqrt(cov_c + R_fc (1 - max_{j in S} rho_fj^2)) - sqrt(cov_c), where
    R_fc is the squared point-biserial correlation of f with class c against the rest, rho_fj Pearson's correlation and
    cov_c the sum of what the picks before brought to class c. In regression R is the squared correlation with y, and
    every column of a multi-output or multilabel y counts as a class (of labels, each of its classes).

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
    task : {"auto", "classification", "regression", "ordinal", "survival"}, default="auto"
        Whether y holds labels, numbers, grades, or in two columns events and times (docs/targets.md). "auto" takes
        numbers for a continuous target if some are fractions, or if more than 10 different ones occur and each does so
        fewer than 5 times on average, or they have tails as counts have (`infsel.targets.is_continuous`); ordered
        categories for grades, an array with the fields event and time for censored times; everything else for labels.
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
        Gain of each pick when it was picked, and of the others when picking ended; NaN for copies, constant and
        excluded columns.
    ranking_ : ndarray of int of shape (n_features,)
        Rank of each feature, 1 is best: first the picks, then the other columns, then copies of columns (equal to an
        earlier one up to shift, scale and sign) in the order of what they copy, constant and excluded columns last. The
        columns of a group follow each other; copies in it only come behind if nothing else in it is new.
    support_ : ndarray of bool of shape (n_features,)
        Which features are selected.
    task_ : {"classification", "regression", "ordinal", "survival"}, or tuple of them
        How y was read; of several outputs one after the other.
    kinds_ : ndarray of str of shape (n_features,)
        How each column was read, "numeric", "boolean", "ordinal" or "nominal", or that it was "excluded"; only where
        not all are numbers without gaps.
    n_features_in_ : int
        Number of features seen in `fit`.
    feature_names_in_ : ndarray of str of shape (n_features_in_,)
        Column names seen in `fit`, where X has names.

    See Also
    --------
    CriterionSelector : Other criteria on the same statistics, such as JMI and mRMR.
    DeflatedPopularity : Without a target.

    Notes
    -----
    Time O(n_samples n_features) a pick; no matrix of n_features x n_features. Sparse tables are not densified.

    References
    ----------
    Nemhauser, Wolsey, Fisher (1978). An Analysis of Approximations for Maximizing Submodular Set Functions. Math.
    Programming 14: greedy picks under diminishing returns.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from infsel import CoverageSelector
    >>> X, y = load_wine(return_X_y=True, as_frame=True)
    >>> CoverageSelector(n_features_to_select=3).fit(X, y).to_frame().feature[:3].tolist()
    ['proline', 'od280/od315_of_diluted_wines', 'color_intensity']
    """

    _ranges: ClassVar[dict[str, Range]] = {"task": TASK, "missing": MISSING, "n_jobs": JOBS}

    def __init__(
        self,
        *,
        n_features_to_select: float | None = None,
        keep: Any = None,
        exclude: Any = None,
        feature_groups: Any = None,
        feature_costs: Any = None,
        task: str = "auto",
        kinds: Any = None,
        missing: str = "pairwise",
        n_jobs: int | None = None,
    ) -> None:
        self.n_features_to_select = n_features_to_select
        self.keep = keep
        self.exclude = exclude
        self.feature_groups = feature_groups
        self.feature_costs = feature_costs
        self.task = task
        self.kinds = kinds
        self.missing = missing
        self.n_jobs = n_jobs

    @with_callbacks
    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Rank the features of X by what they add to the coverage of y.

        Parameters
        ----------
        X : array-like, sparse matrix or data frame of shape (n_samples, n_features)
            At least five samples of finite numbers; an array or data frame of Dask stays where its workers have it.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
            Labels or numbers.
        sample_weight : array-like of shape (n_samples,), default=None
            How often each sample counts. Weights that sum to less than the number of samples are scaled to mean 1.

        Returns
        -------
        self : object
            The fitted selector.

        Raises
        ------
        ValueError
            If X, y, a weight or a parameter cannot be used; the message names it and says what to do.
        """
        return self._fit(X, y, sample_weight)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.required = True
        return tags

    def _criterion(self) -> Criterion:
        return Coverage()
