"""Recursive elimination of columns by what they do for a ridge model between rows."""

from typing import Any, ClassVar, Self

import numpy as np

from infsel._runtime.ranges import Choice, Count, Number, Or, Range
from infsel._runtime.threads import at_most
from infsel.estimators.base._callbacks import CallbackSupportMixin, reported_to_callbacks
from infsel.estimators.base._decorators import with_callbacks
from infsel.estimators.base._parallel import threads
from infsel.estimators.base._parameter_checks import JOBS, TASK
from infsel.estimators.base._ranking import RankingSelector
from infsel.estimators.base._sample_weight import FEWEST, weighed
from infsel.greedy import KERNELS, METRICS, REGULARIZATIONS, SCALINGS, Elimination, holds_counts, holds_few
from infsel.tables import in_memory
from infsel.targets import Target, read_target

_OF_GIVEN_WEIGHTS = ("bandwidth", "information_power", "relief_power", "temperature")
_POSITIVE, _POWER = Number(low=0), Number(low=0, closed=True, hint="; 0 leaves it out")


class RecursiveElimination(CallbackSupportMixin, RankingSelector):
    """Recursive elimination: fit a ridge model of the target, drop the columns that do least for it, and fit again.

    The model is kernel ridge regression between rows with targets Y, one column per class (or number):
    a = (K + lambda I)^-1 Y. The importance of a column is minus the derivative of the least penalized loss
    Y' (K + lambda I)^-1 Y with respect to the weight of the column in the kernel K, so it accounts for what the other
    columns already explain. ``kernel="linear"`` has K = Z Z' and the importance |z' a|^2: walks from the relevance
    through the signed correlation graph, of which each further hop inhibits what others repeat. ``kernel="attention"``
    has K_ij = exp(-D_ij / mean D) with D the squared distances between rows, and sees interactions.

    ``metric="l1"`` is attention that learns: each row attends to all others by a softmax of -sum_f w_f^2 |x_if - x_jf|,
    and w maximizes how well that predicts its class (the mean log share of attention that stays in the class) or its
    number (minus the mean squared error). The importance of a column is w_f^2, of which most are 0. It finds
    interactions of three columns and keys that rows share, and adds nothing where columns act one by one.

    Parameters
    ----------
    kernel : {"auto", "attention", "linear"}, default="auto"
        How rows relate. "auto" takes "linear" for tables of counts, most of whose columns hold one value (mostly 0) in
        more than nine tenths of the rows, because there nearly all distances are equal, and for numbers with more than
        three columns that vary for each row, among which interactions cannot be told from chance; else "attention".
    metric : {"sqeuclidean", "l1"}, default="sqeuclidean"
        Distance between rows, for kernel="attention": the squared Euclidean one, in which columns count alike, or
        the sum of absolute differences with learned weights, for which neither information nor margins are needed:
        `bandwidth`, the powers of both and `temperature` are not read. Learning sees y, as any fit of a model does.
    scaling : {"normal-scores", "standard"}, default=None
        What the columns become first: the normal quantiles of their ranks, or variables of mean 0 and variance 1; None
        for "standard" with kernel="linear" or where "auto" takes it for numbers, and normal scores otherwise, because
        long tails would rule distances and rare counts coefficients.
    regularization : float > 0, default=None
        lambda in units of the mean eigenvalue of the (centered) kernel; None for 3 with attention, and with linear for
        3 where every output holds numbers and 10 for labels. With metric="l1" the cost of sum_f w_f^2; None for 0.001.
    bandwidth : float > 0, default=1.0
        Scale of the distances in units of their mean, for kernel="attention".
    drop : float in (0, 1), default=0.2
        Share of the columns that each round drops, one at least; a group counts as one.
    screen : float in [0, 1], default=0.2
        Share of the columns that enter the first round: those that say most about the target by themselves, groups by
        their mean and counted as one. The others rank behind, in that order. 1 lets all enter.
    min_screened : int >= 1, default=1000
        How many columns enter at least, as far as there are.
    bins : int >= 2, default=5
        Bins of equal frequency for the mutual information of a column with the target.
    information_power : float >= 0, default=0.5
        Power of that information that importance is multiplied by. Columns that say no more than one in twenty does by
        chance count alike, so that interactions are not lost. 0 leaves it out.
    relief_power : float >= 0, default=0.5
        Power of the margin of `infsel.relevances.SoftRelief` that importance is multiplied by; 0 leaves it out.
    temperature : float > 0, default=0.5
        Temperature of that margin.
    part_size : int >= 5, default=1000
        Twice as many different samples or more are dealt into parts of at least so many, each with its share of every
        class or of the range of the target; attention and margins stay inside a part, and those of all parts add up.
        Time grows linearly with the samples from there on. What a sample holds decides its part.
    n_starts : int >= 1, default=11
        From how many starts the weights of metric="l1" learn; the best end counts. The first four hold all columns,
        the next three go by what single columns gain, then four by half of the columns, four by a quarter, and so on.
    task : {"auto", "classification", "regression"}, default="auto"
        Whether y holds labels or numbers. "auto" takes numbers for a continuous target if some are fractions,
        or if more than 10 different ones occur and each does so fewer than 5 times on average, or they have tails as
        counts have (`infsel.targets.is_continuous`); everything else for labels.
    n_features_to_select : int, float or None, default=None
        How many features to keep: a count, a fraction in (0, 1], or None for half. The ranking does not depend on it.
    keep : sequence of str or int, default=None
        Columns that are always selected, by name or number, or as a mask; they count among `n_features_to_select`.
        They enter whatever they say by themselves, are never dropped, and rank first.
    exclude : sequence of str or int, default=None
        Columns to leave out of the model and of the selection, as if X did not have them; they rank last.
    feature_groups : mapping or sequence of sequences of str or int, default=None
        Columns that are selected together, such as one-hot blocks, as lists or as a mapping of labels to lists. A
        group is dropped whole, by the mean importance of its columns that vary and the mean of what it is multiplied
        by, and counts as one among `n_features_to_select`.
    feature_costs : mapping or array-like of shape (n_features,), default=None
        What columns cost; of equal importance the cheaper column, or group by its sum, comes first. A mapping prices
        the columns that it does not name at 0.
    n_jobs : int, default=None
        Threads to use; None for as many as BLAS is set to use, -1 for every core.

    Attributes
    ----------
    scores_ : ndarray of shape (n_features,)
        1 for the last column to be dropped, falling evenly with the rank; 0 for constant and excluded
        columns.
    ranking_ : ndarray of int of shape (n_features,)
        Rank of each feature, 1 is best. Columns that repeat another after scaling, or mirror it, come
        after all that do not; constant and excluded columns last. The columns of a group follow each other; copies in
        it only come behind if nothing else in it is new.
    support_ : ndarray of bool of shape (n_features,)
        Which features are selected.
    task_ : {"classification", "regression"}, or tuple of them
        How y was read; of several outputs one after the other.
    kernel_ : {"attention", "linear"}
        The kernel that ranked them.
    n_features_in_ : int
        Number of features seen in `fit`.
    feature_names_in_ : ndarray of str of shape (n_features_in_,)
        Column names seen in `fit`, where X has names.

    See Also
    --------
    InfFS : Walks through a graph of features; with negative damping they inhibit what repeats.

    References
    ----------
    Guyon, Weston, Barnhill, Vapnik (2002). Gene selection for cancer classification using support vector machines.
    Machine Learning 46.
    Yang, Wang, Zuo (2012). Neighborhood component feature selection for high-dimensional data. Journal of Computers 7.
    Saunders, Gammerman, Vovk (1998). Ridge regression learning algorithm in dual variables. ICML.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from infsel import RecursiveElimination
    >>> X, y = load_wine(return_X_y=True, as_frame=True)
    >>> RecursiveElimination(n_features_to_select=2).fit(X, y).get_feature_names_out().tolist()
    ['flavanoids', 'color_intensity']
    """

    _scores_are_ranks = True
    _ranges: ClassVar[dict[str, Range]] = {
        "kernel": Choice(KERNELS),
        "metric": Choice(METRICS),
        "scaling": Or(None, Choice(SCALINGS)),
        "regularization": Or(None, _POSITIVE),
        "bandwidth": _POSITIVE,
        "drop": Number(0, 1, hint="; 0.2 drops a fifth a round"),
        "screen": Number(0, 1, closed=True, hint=", the share of the columns that enter; 1 lets all enter"),
        "min_screened": Count(),
        "bins": Count(2),
        "information_power": _POWER,
        "relief_power": _POWER,
        "temperature": _POSITIVE,
        "part_size": Count(FEWEST),
        "n_starts": Count(),
        "task": TASK,
        "n_jobs": JOBS,
    }

    def __init__(
        self,
        *,
        kernel: str = "auto",
        metric: str = "sqeuclidean",
        scaling: str | None = None,
        regularization: float | None = None,
        bandwidth: float = 1.0,
        drop: float = 0.2,
        screen: float = 0.2,
        min_screened: int = 1000,
        bins: int = 5,
        information_power: float = 0.5,
        relief_power: float = 0.5,
        temperature: float = 0.5,
        part_size: int = 1000,
        n_starts: int = 11,
        task: str = "auto",
        n_features_to_select: float | None = None,
        keep: Any = None,
        exclude: Any = None,
        feature_groups: Any = None,
        feature_costs: Any = None,
        n_jobs: int | None = None,
    ) -> None:
        self.kernel = kernel
        self.metric = metric
        self.scaling = scaling
        self.regularization = regularization
        self.bandwidth = bandwidth
        self.drop = drop
        self.screen = screen
        self.min_screened = min_screened
        self.bins = bins
        self.information_power = information_power
        self.relief_power = relief_power
        self.temperature = temperature
        self.part_size = part_size
        self.n_starts = n_starts
        self.task = task
        self.n_features_to_select = n_features_to_select
        self.keep = keep
        self.exclude = exclude
        self.feature_groups = feature_groups
        self.feature_costs = feature_costs
        self.n_jobs = n_jobs

    @with_callbacks
    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Rank the features of X by recursive elimination.

        Parameters
        ----------
        X : array-like, data frame or stored table of shape (n_samples, n_features)
            At least five samples of finite numbers. float32 stays float32, everything else becomes float64. A stored
            table is read into memory.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
            Labels, numbers, or several outputs of either kind, such as a multilabel indicator matrix.
        sample_weight : array-like of shape (n_samples,), default=None
            How often each sample counts: a weight of 2 acts like the same row twice, 0 like no row. Weights that sum to
            less than the number of samples are scaled to mean 1.

        Returns
        -------
        self : object
            The fitted selector.

        Raises
        ------
        ValueError
            If X, y, the weights or a parameter cannot be used; the message names it and says what to do.
        """
        table, y = self._validated_with_target(X, y, min_samples=FEWEST)
        table.require_dense(
            TypeError("sparse input is not supported: ranks fill a table, pass X.toarray() if it fits.")
        )
        among = self._choices()
        settings = self._settings(among.n_groups)
        table, y = weighed(in_memory(table), y, sample_weight)
        inside, weights = table.varying() & ~among.excluded, table.counts
        if not inside.any():
            raise ValueError("every column of X is constant or excluded: there is nothing to rank.")
        with at_most(threads(self.n_jobs)), reported_to_callbacks(self):
            target = read_target(y, weights, self.task)
            self.task_ = target.task
            varies = table.columns(inside).to_dense()
            self.kernel_, usual = self._kernel(varies, target, weights)
            settings |= {"scaling": self.scaling or usual, "regularization": self._penalty(target)}
            order = Elimination(kernel=self.kernel_, **settings)(
                varies, target, weights, among.of(np.flatnonzero(inside))
            )
        self._rank_in(np.flatnonzero(inside)[order])
        return self

    def _kernel(self, X: np.ndarray, target: Target, weights: np.ndarray) -> tuple[str, str]:
        """The kernel and the scaling that usually goes with it."""
        by_itself = self.kernel == "auto" and self.metric == "sqeuclidean"
        if self.kernel == "linear" or (by_itself and holds_few(X.shape[1], target)):
            return "linear", "standard"
        return "linear" if by_itself and holds_counts(X, weights) else "attention", "normal-scores"

    def _penalty(self, target: Target) -> float:
        if self.regularization is not None:
            return float(self.regularization)
        linear = "linear, numbers" if target.is_numeric else "linear"
        return REGULARIZATIONS["l1" if self.metric == "l1" else linear if self.kernel_ == "linear" else "attention"]

    def _settings(self, n_groups: int) -> dict[str, Any]:
        """What the parameters say to the procedure, as far as that does not depend on the table."""
        names = ("metric", "drop", "bins", "part_size", "n_starts", *_OF_GIVEN_WEIGHTS)
        return {name: getattr(self, name) for name in names} | {
            "n_screened": max(self.min_screened, int(self.screen * n_groups)),
        }

    def _unread(self) -> dict[str, str]:
        # not what a number at the end of its range leaves unread, such as min_screened with screen=1: grids pass there
        if self.kernel == "linear":
            return dict.fromkeys(("bandwidth", "metric", "n_starts"), "by kernel='linear'")
        if self.metric == "l1":
            return dict.fromkeys(_OF_GIVEN_WEIGHTS, "by metric='l1', which learns weights")
        return {"n_starts": "by metric='sqeuclidean', which learns no weights"}

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.required = True
        tags.target_tags.multi_output = True
        tags.input_tags.sparse = False
        return tags
