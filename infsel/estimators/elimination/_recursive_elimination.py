"""Recursive elimination of columns by what they do for a ridge model between rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar, Self

import numpy as np
from sklearn.utils import check_random_state

from infsel._runtime.ranges import Choice, Count, Number, Or, Range, Seed
from infsel._runtime.threads import at_most
from infsel.estimators.base._callbacks import CallbackSupportMixin, reported_to_callbacks
from infsel.estimators.base._decorators import with_callbacks
from infsel.estimators.base._outputs import whole
from infsel.estimators.base._parallel import threads
from infsel.estimators.base._parameter_checks import JOBS, MISSING, TASK
from infsel.estimators.base._ranking import RankingSelector
from infsel.estimators.base._sample_weight import FEWEST, weighed
from infsel.greedy import (
    KERNELS,
    METRICS,
    REGULARIZATIONS,
    SCALINGS,
    Elimination,
    Rounds,
    beside_chance,
    holds_counts,
    holds_few,
    of_shuffled,
    p_values,
)
from infsel.selection import Choices
from infsel.tables import Table, in_memory
from infsel.targets import Target, read_target

_OF_GIVEN_WEIGHTS = ("bandwidth", "linear_share", "information_power", "relief_power", "temperature")
_FEW = 3  # shuffled targets: their mean moves the choice less than the standard error does
_POSITIVE, _POWER = Number(low=0), Number(low=0, closed=True, hint="; 0 leaves it out")


class RecursiveElimination(CallbackSupportMixin, RankingSelector):
    """Recursive elimination: fit a ridge model of the target, drop the columns that do least for it, and fit again.

    The model is kernel ridge regression between rows with targets Y, one column per class (or number):
    a = (K + lambda I)^-1 Y. The importance of a column is minus the derivative of the least penalized loss
    Y' (K + lambda I)^-1 Y with respect to the weight of the column in the kernel K, so it accounts for what the other
    columns already explain. ``kernel="linear"`` has K = Z' Z, where Z has a row z for each column, and the importance
    |z' a|^2: walks from the relevance through the signed correlation graph, of which each further hop inhibits what
    others repeat. ``kernel="attention"`` has K_ij = exp(-D_ij / mean D) with D the squared distances between rows, and
    sees interactions. ``kernel="sum"`` is the sum of both, so that what adds up is not spent on distances.

    ``metric="l1"`` is attention that learns: each row attends to all others by a softmax of -sum_f w_f^2 |x_if - x_jf|,
    and w maximizes how well that predicts its class (the mean log share of attention that stays in the class) or its
    number (minus the mean squared error). The importance of a column is w_f^2, of which most are 0. It finds
    interactions of three columns and keys that rows share, and adds nothing where columns act one by one.

    A column of labels stays one feature. Inside the models it is a block of rows, one a label, between any two of which
    lies the same distance, and which together vary as ordered values do that are as often tied; the importance of a
    block is that of its rows added up. A gap holds the mean of its column. With ``missing="informative"`` gaps of
    labels are one more label, and gaps of numbers a further row of the block where they say more about the target than
    those of one column in twenty do by chance. Labels that one sample has alone are one, as everywhere
    (docs/behavior.md).

    Parameters
    ----------
    kernel : {"auto", "sum", "attention", "linear"}, default="auto"
        How rows relate. "sum" adds attention and the linear kernel, both centered. "auto" takes "linear" for tables of
        counts, most of whose columns hold one value (mostly 0) in more than nine tenths of the rows, because there
        nearly all distances are equal, and for numbers with more than three columns that vary for each row, among which
        interactions cannot be told from chance; else "sum", or "attention" with metric="l1".
    metric : {"sqeuclidean", "l1"}, default="sqeuclidean"
        Distance between rows: the squared Euclidean one, in which columns count alike, or for attention alone the sum
        of absolute differences with learned weights, for which neither information nor margins are needed:
        `bandwidth`, the powers of both and `temperature` are not read. Learning sees y, as any fit of a model does.
    scaling : {"normal-scores", "standard"}, default=None
        What the columns become first: the normal quantiles of their ranks, or variables of mean 0 and variance 1; None
        for "standard" with kernel="linear" or where "auto" takes it for numbers, and normal scores otherwise, because
        long tails would rule distances and rare counts coefficients.
    regularization : float > 0, default=None
        lambda in units of the mean eigenvalue of the (centered) kernel; None for 3 where every output holds numbers,
        and for labels 3 with attention, 5 with the sum and 10 with linear. With metric="l1" the cost of sum_f w_f^2;
        None for 0.001.
    bandwidth : float > 0, default=1.0
        Scale of the distances in units of their mean, for attention.
    linear_share : float in [0, 1], default=0.3
        Share of the linear kernel in the trace of the sum of both: 0 is attention.
    drop : float in (0, 1), default=0.2
        Share of the columns that each round drops, one at least; a group counts as one.
    screen : float in [0, 1], default=0.2
        Share of the columns that enter the first round: those that say most about the target by themselves, groups by
        their mean and counted as one. The others rank behind, in that order. 1 lets all enter.
    min_screened : int >= 1, default=1000
        How many columns enter at least, as far as there are.
    bins : int >= 2, default=5
        Bins of equal frequency for the mutual information of a column with the target. Labels are bins of their own, of
        which many seem to say more: what they say beyond chance counts.
    information_power : float >= 0, default=0.5
        Power of that information that importance is multiplied by. Columns that say no more than one in twenty does by
        chance count alike, so that interactions are not lost. 0 leaves it out.
    relief_power : float >= 0, default=0.5
        Power of the margin of `infsel.relevances.SoftRelief` that importance is multiplied by; 0 leaves it out.
    temperature : float > 0, default=0.5
        Temperature of that margin.
    part_size : int >= 5, default=1000
        Twice as many different samples or more are dealt into parts of at least so many, each with its share of every
        class or of the range of the target; attention and margins stay inside a part, and those of the parts add up.
        What a sample holds decides its part.
    tol : float >= 0, default=0.05
        What a round may lose because it does not read every part. It reads parts one after the other, from where the
        round before stopped, and stops when no column that goes could be better than one that stays by more than `tol`
        times the mean score, both two standard errors of a difference of means off: a score is importance times the
        prior. It asks after 8 parts, 12, 18, and so on, so that fewer than 9 are all read. Margins are read until
        twice their standard error is at most `tol` times the margin, or the mean margin. Time then hardly grows with
        the samples. Parts are compared in single precision. 0 reads every part in every round, in that of the table.
        With metric="l1" weights learn on as many of the parts as give the slope of the objective at equal weights
        with the precision of the margins. kernel="linear" always reads every sample.
    n_starts : int >= 1, default=11
        From how many starts the weights of metric="l1" learn; the best end counts. The first four hold all columns,
        the next three go by what single columns gain, then four by half of the columns, four by a quarter, and so on.
    task : {"auto", "classification", "regression", "ordinal", "survival"}, default="auto"
        Whether y holds labels, numbers, grades, or in two columns events and times (docs/targets.md). "auto" takes
        numbers for a continuous target if some are fractions, or if more than 10 different ones occur and each does so
        fewer than 5 times on average, or they have tails as counts have (`infsel.targets.is_continuous`); ordered
        categories for grades, an array with the fields event and time for censored times; everything else for labels.
    n_features_to_select : int, float, "auto" or None, default=None
        How many features to keep: a count, a fraction in (0, 1], or None for half. "auto" keeps the fewest of `path_`
        whose share explained, less that by chance, is within one standard error of the largest. The ranking does not
        depend on it.
    n_permutations : int >= 0, default=None
        How often the elimination is repeated with a shuffled target, each as long as the first, to see what chance
        explains: for "auto", and for `p_values_`, of which 19 and more can be as low as .05. None for 3 with
        "auto" and none otherwise.
    random_state : int, RandomState instance or None, default=0
        Shuffles the target.
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
        1 for the last column to be dropped, falling evenly with the rank; 0 for constant and excluded
        columns. They say the order and nothing more: the size of what a column does is in `importances_`.
    importances_ : ndarray of shape (n_features,)
        How much less of the target is explained when the column leaves, given all that stay: the share that the round
        of which it is dropped explains, less that of the next, split evenly over the columns dropped together. They
        sum to the share that all columns explain, ``path_["explained"][0]``; negative where the model does better
        without. NaN for columns that did not enter: copies, constant and excluded columns, and what the screen left.
    path_ : dict of ndarray of shape (n_rounds,)
        How many columns the model of each round has, ``"n_features"``, falling to 1; the share of the target that they
        explain, ``"explained"``, where each row is predicted from all others; and its ``"standard_error"``. The
        selection has seen every row, so that with many columns and few rows even noise seems to explain: with
        `n_permutations`, ``"by_chance"`` is the mean share that as many columns explain of shuffled targets.
    p_values_ : ndarray of shape (n_features,)
        With `n_permutations` only: share of the eliminations, this one included, in which the most important column
        is at least as important as this column is here. If no column said anything, one of them or more would have
        p <= .05 in one of twenty tables at most. NaN where importances are.
    copy_of_ : ndarray of int of shape (n_features,)
        The column that each repeats or mirrors: of a copy the one that it is a copy of, and of near copies, which
        entered, the one of the 256 best ranked above it with which its correlation is largest, if that is .9 or more.
        -1 for none. Labels are copies where they differ in their names alone, and all copies have gaps in
        the same rows.
    correlations_ : ndarray of shape (n_features,)
        Correlation of each column with that one after scaling; NaN for none. Where one of them holds labels it is the
        root of the correlation ratio, and between labels Cramer's V.
    ranking_ : ndarray of int of shape (n_features,)
        Rank of each feature, 1 is best. Columns that repeat another after scaling, or mirror it, come
        after all that do not; constant and excluded columns last. The columns of a group follow each other; copies in
        it only come behind if nothing else in it is new.
    support_ : ndarray of bool of shape (n_features,)
        Which features are selected.
    task_ : {"classification", "regression", "ordinal", "survival"}, or tuple of them
        How y was read; of several outputs one after the other.
    kernel_ : {"sum", "attention", "linear"}
        The kernel that ranked them.
    kinds_ : ndarray of str of shape (n_features,)
        How each column was read, "numeric", "boolean", "ordinal" or "nominal", or that it was "excluded"; only where
        not all are numbers without gaps.
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
    ['flavanoids', 'proline']
    """

    _reads_dask = True
    _scores_are_ranks = True
    _knows_how_many = True
    _rounds: Rounds | None = None
    _ranks_by = "by its own kernel ridge model, a linear or an attention model between rows, or both"
    _ranges: ClassVar[dict[str, Range]] = {
        "kernel": Choice(KERNELS),
        "metric": Choice(METRICS),
        "scaling": Or(None, Choice(SCALINGS)),
        "regularization": Or(None, _POSITIVE),
        "bandwidth": _POSITIVE,
        "linear_share": Number(0, 1, closed=True, hint=", the share of the linear kernel in the sum"),
        "drop": Number(0, 1, hint="; 0.2 drops a fifth a round"),
        "screen": Number(0, 1, closed=True, hint=", the share of the columns that enter; 1 lets all enter"),
        "min_screened": Count(),
        "bins": Count(2),
        "information_power": _POWER,
        "relief_power": _POWER,
        "temperature": _POSITIVE,
        "part_size": Count(FEWEST),
        "tol": Number(low=0, closed=True, hint="; 0 reads every part in every round"),
        "n_starts": Count(),
        "n_permutations": Or(None, Count(0)),
        "random_state": Seed(),
        "task": TASK,
        "missing": MISSING,
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
        linear_share: float = 0.3,
        drop: float = 0.2,
        screen: float = 0.2,
        min_screened: int = 1000,
        bins: int = 5,
        information_power: float = 0.5,
        relief_power: float = 0.5,
        temperature: float = 0.5,
        part_size: int = 1000,
        tol: float = 0.05,
        n_starts: int = 11,
        task: str = "auto",
        n_features_to_select: float | str | None = None,
        n_permutations: int | None = None,
        random_state: Any = 0,
        keep: Any = None,
        exclude: Any = None,
        feature_groups: Any = None,
        feature_costs: Any = None,
        kinds: Any = None,
        missing: str = "pairwise",
        n_jobs: int | None = None,
    ) -> None:
        self.kernel = kernel
        self.metric = metric
        self.scaling = scaling
        self.regularization = regularization
        self.bandwidth = bandwidth
        self.linear_share = linear_share
        self.drop = drop
        self.screen = screen
        self.min_screened = min_screened
        self.bins = bins
        self.information_power = information_power
        self.relief_power = relief_power
        self.temperature = temperature
        self.part_size = part_size
        self.tol = tol
        self.n_starts = n_starts
        self.task = task
        self.n_features_to_select = n_features_to_select
        self.n_permutations = n_permutations
        self.random_state = random_state
        self.keep = keep
        self.exclude = exclude
        self.feature_groups = feature_groups
        self.feature_costs = feature_costs
        self.kinds = kinds
        self.missing = missing
        self.n_jobs = n_jobs

    @with_callbacks
    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Rank the features of X by recursive elimination.

        Parameters
        ----------
        X : array-like, sparse matrix, data frame or stored table of shape (n_samples, n_features)
            At least five samples of finite numbers or labels, of which some may be missing. float32 stays float32,
            everything else becomes float64. A stored table is read into memory, and of one of Dask the columns that
            enter are. A sparse one ranks as the same table written down would: with kernel="linear" it never is, else
            the columns that enter are.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
            Labels, numbers, grades or censored times (docs/targets.md), or several outputs, such as a multilabel
            indicator matrix. A missing value is refused with its row, unless that weighs 0.
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
        table = self._validated_with_target(X, y, min_samples=FEWEST)
        among = self._choices()
        settings = self._settings(among.n_groups)
        table, y = weighed(in_memory(table), y, sample_weight)
        table = table.simplified()
        inside = table.varying() & ~among.excluded
        if not inside.any():
            raise ValueError("every column of X is constant or excluded: there is nothing to rank.")
        with at_most(threads(self.n_jobs)), reported_to_callbacks(self):
            target = read_target(y, table.counts, self.task)
            self.task_ = target.task
            varies = table.columns(inside)
            self.kernel_, usual = self._kernel(varies, target)
            settings |= {"scaling": self.scaling or usual, "regularization": self._penalty(target)}
            procedure = Elimination(kernel=self.kernel_, **settings)
            those, rng = among.of(np.flatnonzero(inside)), check_random_state(self.random_state)
            found = procedure(varies, target, those)
            rounds = lambda other: procedure(varies, other, those).rounds  # noqa: E731
            shuffled = list(of_shuffled(rounds, target, self._n_shuffled(), rng))
            copy_of, correlations = found.repeats()
        columns = np.flatnonzero(inside)
        self._rank_in(columns[found.order])
        self._tell_rounds(found.rounds, shuffled, columns)
        self._tell_repeats(copy_of, correlations, columns)
        return self

    def to_frame(self) -> Any:
        """The ranking as a tidy table, best feature first.

        Returns
        -------
        ranking : data frame
            One row per feature: ``feature`` (its name), ``score``, ``rank`` (1 is best), ``selected``, ``importance``
            (how much less is explained without it), ``round`` (which dropped it, from 1 on), ``copy_of`` (the name of
            what it repeats), ``correlation`` (with that) and, with `n_permutations`, ``p_value``; from ``importance``
            on they are missing where there is none. It is of the library of X, and of pandas where X was no frame.
        """
        return super().to_frame()

    def _told(self) -> dict[str, np.ndarray]:
        names = np.array([*self._names(), None], dtype=object)  # -1 has none
        told = super()._told() | {
            "importance": self.importances_,
            "round": whole(self._dropped_in),
            "copy_of": names[self.copy_of_],
            "correlation": self.correlations_,
        }
        return told | {"p_value": self.p_values_} if hasattr(self, "p_values_") else told

    def _forget(self) -> None:
        super()._forget()
        self._rounds = None
        self.__dict__.pop("p_values_", None)

    def _tell_rounds(self, rounds: Rounds, shuffled: list[Rounds], columns: np.ndarray) -> None:
        """What the elimination of some of the columns says about each of all."""
        rounds = beside_chance(rounds, shuffled)
        self._rounds = rounds = replace(rounds, order=columns[rounds.order])
        self.path_ = {
            "n_features": rounds.sizes,
            "explained": rounds.explained,
            "standard_error": rounds.standard_errors,
        }
        self.importances_, self._dropped_in = np.full((2, self.n_features_in_), np.nan)
        self.importances_[rounds.order], self._dropped_in[rounds.order] = rounds.importances, rounds.dropped_in
        if rounds.by_chance is not None:
            self.path_["by_chance"] = rounds.by_chance
            self.p_values_ = np.full(self.n_features_in_, np.nan)
            self.p_values_[rounds.order] = p_values(rounds, shuffled)

    def _tell_repeats(self, copy_of: np.ndarray, correlations: np.ndarray, columns: np.ndarray) -> None:
        self.copy_of_, self.correlations_ = np.full(self.n_features_in_, -1), np.full(self.n_features_in_, np.nan)
        self.copy_of_[columns], self.correlations_[columns] = np.append(columns, -1)[copy_of], correlations

    def _n_shuffled(self) -> int:
        """How many shuffled targets are eliminated for."""
        if self.n_permutations is not None:
            return self.n_permutations
        return _FEW if isinstance(self.n_features_to_select, str) else 0

    def _most_of(self, among: Choices, asked: Any) -> int:
        most = super()._most_of(among, asked)
        if not isinstance(asked, str):
            return most
        if self.n_permutations == 0 or (self._rounds is not None and self._rounds.by_chance is None):
            raise ValueError(
                f"n_features_to_select={asked!r} compares with shuffled targets, and there are none: fit with "
                f"n_permutations={_FEW}, or pass a count, a fraction, or None for half."
            )
        return most if self._rounds is None else min(most, max(self._n_enough(self._rounds, among), among.n_kept))

    def _n_enough(self, rounds: Rounds, among: Choices) -> int:
        """How many groups hold the columns that are enough, those that are not excluded."""
        enough = rounds.order[: rounds.fewest]
        return max(len(np.unique(among.group[enough[~among.excluded[enough]]])), 1)

    def _kernel(self, table: Table, target: Target) -> tuple[str, str]:
        """The kernel and the scaling that usually goes with it."""
        if self.kernel != "auto":
            return self.kernel, "standard" if self.kernel == "linear" else "normal-scores"
        if self.metric == "l1":
            return "attention", "normal-scores"
        if holds_few(table.shape[1], target):
            return "linear", "standard"
        return "linear" if holds_counts(table) else "sum", "normal-scores"

    def _penalty(self, target: Target) -> float:
        if self.regularization is not None:
            return float(self.regularization)
        return REGULARIZATIONS["l1" if self.metric == "l1" else "numbers" if target.is_numeric else self.kernel_]

    def _settings(self, n_groups: int) -> dict[str, Any]:
        """What the parameters say to the procedure, as far as that does not depend on the table."""
        names = ("metric", "drop", "bins", "part_size", "tol", "n_starts", *_OF_GIVEN_WEIGHTS)
        return {name: getattr(self, name) for name in names} | {
            "n_screened": max(self.min_screened, int(self.screen * n_groups)),
        }

    def _unread(self) -> dict[str, str]:
        # not what a number at the end of its range leaves unread, such as min_screened with screen=1: grids pass there
        if self.kernel == "linear":
            return dict.fromkeys(("bandwidth", "linear_share", "metric", "n_starts"), "by kernel='linear'")
        if self.kernel == "sum":
            return dict.fromkeys(("metric", "n_starts"), "by kernel='sum'")
        if self.metric == "l1":
            return dict.fromkeys(_OF_GIVEN_WEIGHTS, "by metric='l1', which learns weights")
        unread = {"linear_share": "by kernel='attention'"} if self.kernel == "attention" else {}
        return unread | {"n_starts": "by metric='sqeuclidean', which learns no weights"}

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.required = True
        tags.target_tags.multi_output = True
        return tags
