"""The usual criteria of forward selection."""

from typing import Any, ClassVar, Self

from infsel._runtime.names import unknown
from infsel._runtime.ranges import Object, Range, refuse_class
from infsel.criteria import Criterion, Filter
from infsel.estimators.base._decorators import with_callbacks
from infsel.estimators.base._parameter_checks import JOBS, MISSING, TASK
from infsel.estimators.forward._selector import ForwardSelector
from infsel.relevances import RELEVANCES, Relevance
from infsel.walks._names import CRITERIA


class CriterionSelector(ForwardSelector):
    """Pick features by a usual criterion: JMI, CMIM, mRMR, coverage, partial correlation, linkage, Relief and others.

    Parameters
    ----------
    criterion : str, Criterion or Relevance, default="jmi"
        What a feature f is worth after the picks S:

        * "jmi": sum_{j in S} I(x_f, x_j; y), joint mutual information;
        * "cmim": min_{j in S} I(x_f; y | x_j), conditional mutual information maximization;
        * "mrmr-mid", "mrmr-miq": I(x_f; y) less, or over, mean_{j in S} I(x_f; x_j);
        * "mrmr-fcd", "mrmr-fcq": the F statistic less, or over, mean_{j in S} |rho_fj|;
        * "suppression": the share of variance R2_f that y explains, times 1 - max_{j in S} rho_fj^2;
        * "coverage": see `CoverageSelector`;
        * "partial-correlation" or "omp": |correlation| of x_f and y freed of S, orthogonal least squares; it explains
          rather than predicts, and with "auto" seeks the Markov blanket;
        * "linkage": mean_{j in S} |rho_fj|, region growing from the columns in `keep`; it reads no target;
        * "relieff": margins to the nearest samples, of a numeric target as RReliefF has them, which do not depend on S;
        * "irelief": the iterated form, for labels.

        "mrmr" is "mrmr-fcq", the rule of the package mrmr_selection, and "relief" and "rrelieff" are "relieff",
        of which the target alone decides whether it is ReliefF or RReliefF.
        The case of letters does not matter, nor whether "-", "_" or nothing joins words. A relevance of single features
        by its name, such as "mutual-information", "auc" or "concordance", does not depend on S either. An object of
        `infsel.criteria` such as ``JMI(bins=10)``, or of `infsel.relevances` such as ``ReliefF(n_neighbors=5)``, brings
        its parameters.
    n_features_to_select : int, float, "auto" or None, default=None
        How many features to keep: a count, a fraction in (0, 1], None for half, or for "partial-correlation" also
        "auto", as many as are significant. As many are picked greedily; the
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
        Worth of each pick when it was picked, and of the others when picking ended; NaN for copies, constant and
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
    CoverageSelector : The coverage criterion by itself.
    DeflatedPopularity : Without a target.

    Notes
    -----
    Information is in nats, between features cut into 5 bins of equal frequency (or their values where there are no
    more) and the classes, or up to 10 quantile groups of a numeric target. Of a multi-output target the mean over the
    outputs counts. Relief takes dense tables only.

    References
    ----------
    Brown, Pocock, Zhao, Lujan (2012). Conditional Likelihood Maximisation: A Unifying Framework for Information
    Theoretic Feature Selection. JMLR 13.
    Ding, Peng (2005). Minimum Redundancy Feature Selection from Microarray Gene Expression Data. JBCB 3.
    Kononenko (1994). Estimating Attributes: Analysis and Extensions of RELIEF. ECML.
    Robnik-Sikonja, Kononenko (2003). Theoretical and empirical analysis of ReliefF and RReliefF. Machine Learning 53.
    Sun (2007). Iterative RELIEF for Feature Weighting: Algorithms, Theories, and Applications. IEEE TPAMI 29.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from infsel import CriterionSelector
    >>> X, y = load_wine(return_X_y=True, as_frame=True)
    >>> CriterionSelector("cmim", n_features_to_select=3).fit(X, y).to_frame().feature[:3].tolist()
    ['flavanoids', 'alcohol', 'color_intensity']
    """

    _ranges: ClassVar[dict[str, Range]] = {"criterion": Object(), "task": TASK, "missing": MISSING, "n_jobs": JOBS}

    def __init__(
        self,
        criterion: Any = "jmi",
        *,
        n_features_to_select: float | str | None = None,
        keep: Any = None,
        exclude: Any = None,
        feature_groups: Any = None,
        feature_costs: Any = None,
        task: str = "auto",
        kinds: Any = None,
        missing: str = "pairwise",
        n_jobs: int | None = None,
    ) -> None:
        self.criterion = criterion
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
    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Rank the features of X by the criterion.

        Parameters
        ----------
        X : array-like, sparse matrix or data frame of shape (n_samples, n_features)
            At least five samples of finite numbers; an array or data frame of Dask stays where its workers have it.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs), default=None
            Labels, numbers, grades or censored times (docs/targets.md); a criterion that reads no target needs none.
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
        tags.target_tags.required = getattr(self._kind, "supervised", True)
        tags.input_tags.sparse = getattr(getattr(self._kind, "relevance", self._kind), "separable", True)
        return tags

    @property
    def _knows_how_many(self) -> bool:  # type: ignore[override]
        return getattr(self._kind, "stops", False)

    @property
    def _kind(self) -> Any:
        """What declares how the criterion works: what its name stands for, or the object."""
        name = self.criterion
        if not isinstance(name, str):
            return name
        if name in RELEVANCES:
            return Filter(RELEVANCES[name]())
        return CRITERIA[name]() if name in CRITERIA else None

    def _criterion(self) -> Criterion:
        criterion = self._kind
        if criterion is None:
            raise unknown(f"criterion={self.criterion!r}", self.criterion, [*CRITERIA, *RELEVANCES])
        refuse_class("criterion", criterion)
        if isinstance(criterion, Relevance):
            return Filter(criterion)
        if not isinstance(criterion, Criterion):
            raise TypeError(
                f"criterion={criterion!r}: pass a name or an object of infsel.criteria or infsel.relevances."
            )
        return criterion
