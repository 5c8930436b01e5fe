"""Infinite Feature Selection."""

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np

from infsel._runtime import names as _names
from infsel._runtime.ranges import Choice, Count, Number, Or, Range, check, is_number
from infsel.affinities import Affinity, Given
from infsel.estimators.base._parameter_checks import JOBS, MISSING, shown
from infsel.estimators.graph._selector import SOLVER, GraphSelector, cuts, means_of
from infsel.krylov import Krylov
from infsel.normalizations import Normalization
from infsel.propagations import Propagation
from infsel.readouts import Readout
from infsel.walks import Composition, Result, cut_short, held_out, with_scores
from infsel.walks._names import AFFINITIES, NORMALIZATIONS, PROPAGATIONS, READOUTS, named, resolve, settings_of
from infsel.walks._presets import PRESETS

DAMPINGS = (0.0, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99)  # what damping="auto" chooses from
_WITH_START = {"sent": "attended", "received": "seeded"}
_DAMPING = (
    ": the series converges below 1; readout='settled' takes negative numbers too, and propagation='resolvent' goes "
    "beyond 1"
)


class InfFS(GraphSelector):
    """Infinite Feature Selection: score features by the walks of up to infinitely many hops through their affinity.

    The scores are S 1 with S = sum_{k=1}^{n_hops} (r A)^k, where A relates the features and r = damping / unit.
    A = alpha * max(s_i, s_j) + (1 - alpha) * (1 - |Spearman_ij|) is the classic choice, with s the standard deviations
    scaled to [0, 1] over all features. One adaptive Krylov basis evaluates every depth; no n x n matrix is inverted.

    Parameters
    ----------
    affinity : str, Affinity, array-like or callable, default="inf-fs"
        How two features relate: "inf-fs"; "attention" (the logits Q K^T / sqrt(d) of standardized columns);
        "signed-correlation", which with negative damping inhibits what repeats; "squared-correlation", less what chance
        makes of it; "partial-correlation", what a pair shares beside all other features; an object of
        `infsel.affinities`, also a formula such as ``0.3 * Dispersion() + 0.7 * Redundancy("pearson")``; a matrix
        of shape (n_features, n_features), dense, sparse, a LinearOperator, or a pandas frame labeled with column
        names; or a callable ``(X, y) -> matrix``. Entry (i, j) leads from feature i to feature j; it may be asymmetric.
    alpha : float in [0, 1], default=0.5
        Weight of dispersion against independence, for affinity="inf-fs" only. Here and in the next three, a value other
        than the default is refused beside an affinity or a propagation that does not read it.
    correlation : {"spearman", "pearson", "mutual-information"}, default="spearman"
        Correlation that says what is redundant, for affinity="inf-fs", and what is correlated by "signed-correlation"
        and, but for information, "squared-correlation". Columns of labels and with gaps have an association of the
        same scale (docs/notation.md).
    n_hops : int >= 1, inf or "auto", default=inf
        Length of the longest walk; 1 scores by direct relations only. "auto" takes the fewest hops after which longer
        walks certainly leave the selection as it is (bounds of Collatz and Wielandt; no signed affinity).
    damping : float or "auto", default=0.9
        Weight of each further hop in units of 1 / the norm that `normalization` names, in (0, 1). With one hop it only
        scales. "auto", where the start counts among the scores, chooses from 0 (no walks) to 0.99: the least whose
        selection on one half of the rows is worth as much on the other as that of the best, within a standard error.
        For readout="settled" it may be negative: then walks inhibit. In (-1, 0) their series converges;
        propagation="resolvent" is defined for every negative number where the affinity is positive semidefinite, as
        "signed-correlation" is, and for every positive one that is no pole.
    normalization : str or Normalization, default="spectral"
        "spectral" and "sub-stochastic" measure damping by the spectral radius and the largest row sum, and
        "frobenius-relu" cuts negative entries and measures it by the Frobenius norm; "row", "softmax", "entmax" and
        "sparsemax" make each row a distribution, "sinkhorn" each row and column; "top-k" keeps ten entries a row;
        "none" uses A and damping as they are. `infsel.normalizations` has them with their parameters.
    propagation : {"hops", "stationary", "pagerank", "heat", "resolvent"} or Propagation, default="hops"
        What walks count for: `n_hops` and `damping`; the leading eigenvector; PageRank (with normalization="row" and
        readout="received"); heat diffusion; the resolvent, also where the series of hops diverges. An object of
        `infsel.propagations` brings its own parameters.
    readout : {"sent", "received", "total", "attended", "seeded", "settled"} or Readout, default="sent"
        Score of a feature: walks that leave it (row sums of S), that reach it (column sums), or both; "attended", what
        it gathers of `start` where its walks lead (S b, the output of attention); "seeded", walks that reach it from
        `start` (Sᵀ b); or "settled", the absolute value of its start and those walks together. "sent" and "received"
        with a `start` are "attended" and "seeded". Rows that sum to 1 give
        all features the same "sent" score, so that pair is refused. An object of `infsel.readouts` brings its start.
    start : str, relevance, array-like of shape (n_features,) or callable, default=None
        Where the walks start, for a readout by name other than "total": what each feature is worth to the target
        ("fisher", "anova", "auc", "mutual-information", "wasserstein", "monge-gap", "pearson", "spearman",
        "squared-pearson", "signed-pearson", "signed-spearman", or an object of `infsel.relevances`), weights, names of
        columns, a mapping of names or numbers to weights, or a callable ``(X, y) -> weights``. Pearson's and Spearman's
        read labels of classes as numbers: take "anova" for more than two. They may be negative only where
        the affinity is signed too.
    constant_columns : {"outside", "inside"}, default="outside"
        Whether constant columns are nodes of the graph. Inside they take part as in the programs released with the
        papers, some of which rank them first.
    n_features_to_select : int, float, "auto", "dominant" or None, default=None
        How many features to keep: a count, a fraction in (0, 1], "dominant" for the set that replicator dynamics find
        among significant correlations, from the scores on (docs/systems/dominant.md), "auto" for as many as the scores
        set apart (docs/how_many.md), or None for half of them, or for no limit beside a `threshold`.
    threshold : float or str, default=None
        Least score of a selected feature: a number, "mean", "median", or a multiple such as "1.25*mean".
    keep : sequence of str or int, default=None
        Columns that are always selected, by name or number, or as a mask; they count among `n_features_to_select`.
    exclude : sequence of str or int, default=None
        Columns to leave out of the graph and of the selection, as if X did not have them; they rank last.
    feature_groups : mapping or sequence of sequences of str or int, default=None
        Columns that are selected together, such as one-hot blocks, as lists or as a mapping of labels to lists. A
        group has the mean score of its columns that vary, and counts as one among `n_features_to_select`.
    feature_costs : mapping or array-like of shape (n_features,), default=None
        What columns cost; of equal scores the cheaper column, or group by its sum, comes first. A mapping prices the
        columns that it does not name at 0.
    solver : Krylov, default=None
        How closely to compute and with how much work and memory, an object of `infsel.krylov.Krylov`: ``tol``,
        ``max_iter``, ``max_memory``, and ``n_landmarks`` with ``random_state`` for estimated scores of very wide
        tables. None for its defaults.
    memory : str, path or joblib.Memory, default=None
        Where to keep the graph and its products from one fit to the next, found again by the content of the table and
        of the parameters that shape the graph: a search over hops, damping, readout and number of features computes
        the graph once for each fold (docs/tuning.md). None keeps nothing.
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
        Score of each feature, 0 for constant and excluded columns. Scores that differ only by round-off are made equal.
    ranking_ : ndarray of int of shape (n_features,)
        Rank of each feature, 1 is best; equal scores by cost and column, constant and excluded columns last. Groups
        rank by their mean score, the columns of a group by their own.
    support_ : ndarray of bool of shape (n_features,)
        Which features are selected.
    n_hops_, damping_ : float
        Length of the longest walk and weight of a further hop, with what "auto" has chosen.
    hop_gain_ : float
        What longer walks change: 1 - Kendall's tau between the ranking by single hops and `ranking_`.
    signed_scores_ : ndarray of shape (n_features,)
        For readout="settled", the scores before their absolute value is taken: with affinity="signed-correlation",
        correlation="pearson", start="signed-pearson", normalization="none", propagation="resolvent" and
        damping=-n_samples / alpha they are alpha / n_samples times the coefficients of ridge regression with penalty
        alpha on standardized columns and target.
    spectral_radius_ : float
        Spectral radius of the normalized affinity: certified where it sets the unit of damping, elsewhere the largest
        Ritz value of the basis (for symmetric A a lower bound).
    n_iter_ : int
        Products with A that the propagation took.
    error_ : float
        Bound on the error of the scores relative to their norm, round-off included: what walks make of the truncation
        of the basis and of the error of the spectral radius. It is rigorous for infinitely many hops through a
        symmetric affinity; where negative entries leave the radius to a random start, with a probability of 99
        percent; and for other propagations and affinities an estimate by the norms of what the basis holds. A factor
        common to all scores may be uncertain by 1e-8.
    residual_ : float
        The larger of that truncation and the residual of the radius themselves; 0 where the basis is exact.
    hop_profile_ : ndarray
        Share of the scores that walks of 1, 2, ..., at most 1,000 hops bring, where the propagation is a sum over hops;
        what it lacks to 1 is brought by longer ones.
    effective_hops_ : float
        Mean length of the walks of every length.
    score_errors_ : ndarray of shape (n_features,)
        Standard errors of `scores_`; only with ``solver=Krylov(n_landmarks=...)``, like the next two.
    rescored_ : ndarray of bool of shape (n_features,)
        The contenders for selection, whose last hop reads all features.
    expected_recall_ : float
        Expected share of the selected features among those that exact scores would select.
    saturation_depth_ : int
        Length of walks from which on longer ones no longer change the ranking (`hop_path` shows the way there).
    affinity_ : Affinity
        How the features relate, with what was learned or automatic filled in: a formula that prints, and that another
        selector takes as its `affinity`.
    anisotropy_ : float
        Mean cosine between the rows of different columns that the affinity multiplies, their mean correlation, for
        affinities of correlations or tokens: above 0 where all columns share a drift. Components that
        ``SquaredCorrelation(remove_components="auto")`` removed are gone from it.
    graph_ : FeatureOperator
        The normalized affinity among the columns that vary: it lists rows and multiplies, and is not stored
        whole. It holds the table, so a pickle of the selector leaves it behind (docs/behavior.md).
    kinds_ : ndarray of str of shape (n_features,)
        How each column was read, "numeric", "boolean", "ordinal" or "nominal", or that it was "excluded"; only where
        not all are numbers without gaps.
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

    _ranges: ClassVar[dict[str, Range]] = {
        "alpha": Number(0, 1, closed=True, hint=": 0 ranks by independence, 1 by dispersion"),
        "n_hops": Or("auto", Count(infinity=True)),
        "constant_columns": Choice(("outside", "inside")),
        "solver": SOLVER,
        "missing": MISSING,
        "n_jobs": JOBS,
    }

    def __init__(
        self,
        *,
        affinity: Any = "inf-fs",
        alpha: float = 0.5,
        correlation: str = "spearman",
        n_hops: float | str = np.inf,
        damping: float | str = 0.9,
        normalization: str | Normalization = "spectral",
        propagation: str | Propagation = "hops",
        readout: str | Readout = "sent",
        start: Any = None,
        constant_columns: str = "outside",
        n_features_to_select: float | str | None = None,
        threshold: float | str | None = None,
        keep: Any = None,
        exclude: Any = None,
        feature_groups: Any = None,
        feature_costs: Any = None,
        solver: Krylov | None = None,
        memory: Any = None,
        kinds: Any = None,
        missing: str = "pairwise",
        n_jobs: int | None = None,
    ) -> None:
        self.affinity = affinity
        self.alpha = alpha
        self.correlation = correlation
        self.n_hops = n_hops
        self.damping = damping
        self.normalization = normalization
        self.propagation = propagation
        self.readout = readout
        self.start = start
        self.constant_columns = constant_columns
        self.n_features_to_select = n_features_to_select
        self.threshold = threshold
        self.keep = keep
        self.exclude = exclude
        self.feature_groups = feature_groups
        self.feature_costs = feature_costs
        self.solver = solver
        self.memory = memory
        self.kinds = kinds
        self.missing = missing
        self.n_jobs = n_jobs

    @classmethod
    def from_preset(cls, name: str, **parameters: Any) -> "InfFS":
        """A method of the family by name: one composition of affinity, normalization, propagation and readout.

        Parameters
        ----------
        name : str
            One of the names that `infsel.presets` lists.
        **parameters
            Parameters of the preset (such as ``alpha``), and of `InfFS`, which overrule the preset.

        Returns
        -------
        selector : InfFS

        Raises
        ------
        ValueError
            If the name or a parameter is not known.

        Examples
        --------
        >>> InfFS.from_preset("katz", damping=0.5, n_features_to_select=10)
        InfFS(damping=0.5, n_features_to_select=10)
        """
        if name not in PRESETS:
            raise _names.unknown(f"preset {name!r}", name, PRESETS)
        preset = PRESETS[name]
        known = list(dict.fromkeys([*preset.parameters, *cls().get_params(deep=False)]))
        unknown = [key for key in parameters if key not in known]
        if unknown:
            near = _names.did_you_mean(unknown[0], known, most=1) or "."
            raise ValueError(
                f"preset {name!r} has no parameter {unknown[0]!r}: it has {', '.join(map(repr, known))}{near}"
            )
        own = {key: value for key, value in parameters.items() if key in preset.parameters}
        return cls(**(preset.settings(**own) | {key: value for key, value in parameters.items() if key not in own}))

    def _unread(self) -> dict[str, str]:
        unread: dict[str, str] = {}
        for part, table, names in (
            ("affinity", AFFINITIES, ("alpha", "correlation")),
            ("propagation", PROPAGATIONS, ("n_hops", "damping")),
        ):
            spec = getattr(self, part)
            if not isinstance(spec, str) or spec in table:  # another name is refused for itself
                read = settings_of(spec, table)
                reason = f"by {part}={shown(spec)}, which brings its own"
                unread |= {name: reason for name in names if name not in read}
        return unread

    def _composition(self) -> Composition:
        return compose(self)

    @property
    def _cut_parameters(self) -> frozenset[str]:
        automatic = "auto" in (self.n_hops, self.damping)  # by what they make of a selection
        return frozenset() if automatic else super()._cut_parameters

    def _walked(self, composition: Composition, X: Any, y: Any) -> Result:
        _check_automatic(self)
        if self.damping == "auto":
            composition = replace(composition, rule=_rule(self, _chosen_damping(self, composition, X, y)))
        result = super()._walked(composition, X, y)
        if self.n_hops != "auto":
            return result
        sizes = [self.n_features_to_select]
        return cut_short(result, self._choices(), lambda scores: cuts(self, with_scores(result, scores), sizes)[0])

    @property
    def n_hops_(self) -> float:
        """Length of the longest walk."""
        return self._flow().rule.degree

    @property
    def damping_(self) -> float:
        """Weight of a further hop."""
        rule: Any = self._flow().rule
        return float(getattr(rule, "rule", rule).damping)


def compose(selector: InfFS) -> Composition:
    """The parts that the parameters of a selector name, each checked.

    Raises
    ------
    ValueError
        If a parameter cannot be used; the message names it and says what to do. It may be a TypeError, too.
    """
    selector._check_parameters()
    readout = _readout(selector.readout, selector.start)
    _check_damping(selector, readout)
    affinity = resolve(
        "affinity", selector.affinity, AFFINITIES, alpha=selector.alpha, correlation=selector.correlation
    )
    normalization = resolve("normalization", selector.normalization, NORMALIZATIONS)
    rule = _rule(selector, DAMPINGS[0] if selector.damping == "auto" else selector.damping)
    for parameter, part, kind in (
        ("normalization", normalization, Normalization),
        ("propagation", rule, Propagation),
        ("readout", readout, Readout),
    ):
        if not isinstance(part, kind):
            raise TypeError(f"{parameter}={part!r}: pass a name or an object of infsel.{parameter}s, not its class.")
    if not isinstance(affinity, Affinity):
        affinity = Given(affinity)
    inside = selector.constant_columns == "inside"
    return Composition(affinity, normalization, rule, readout, selector.solver or Krylov(), inside)


def _rule(selector: InfFS, damping: float | str) -> Any:
    n_hops = np.inf if selector.n_hops == "auto" else selector.n_hops
    return resolve("propagation", selector.propagation, PROPAGATIONS, n_hops=n_hops, damping=damping)


def _check_automatic(selector: InfFS) -> None:
    """Refuse what cannot be chosen beside the other parameters."""
    automatic = [name for name in ("n_hops", "damping") if getattr(selector, name) == "auto"]
    if automatic and getattr(selector.solver, "n_landmarks", None) is not None:
        raise ValueError(f"{automatic[0]}='auto' needs exact scores: leave n_landmarks out, or pass a number.")
    scored = selector.threshold is not None or isinstance(selector.n_features_to_select, str)
    if selector.n_hops == "auto" and scored:
        raise ValueError(
            "n_hops='auto' certifies which features are selected, not how many: pass n_features_to_select as a count "
            "or a fraction without threshold, or a number of hops."
        )


def _chosen_damping(selector: InfFS, composition: Composition, X: Any, y: Any) -> float:
    """The least of the dampings whose selection is worth as much as any on rows that it has not seen."""
    rules = [_rule(selector, damping) for damping in DAMPINGS]
    admitted = ~selector._choices().excluded
    return DAMPINGS[held_out(composition, rules, X, y, admitted, means_of(selector, composition)).choice()]


def _readout(spec: Any, start: Any) -> Any:
    if not isinstance(spec, str):
        if start is not None:
            raise ValueError(f"start={shown(start)} beside readout={spec!r}, which brings its own: leave start out.")
        return resolve("readout", spec, READOUTS)
    if start is not None:
        spec = _WITH_START.get(named(spec, READOUTS) or spec, spec)
    if spec in READOUTS and ("start" in settings_of(spec, READOUTS)) != (start is not None):
        raise ValueError(
            f"readout={spec!r} with start={shown(start)}: 'attended', 'seeded' and 'settled' need a start vector, one "
            "weight per feature, and 'total' takes none."
        )
    return resolve("readout", spec, READOUTS, start=start)


def _check_damping(selector: InfFS, readout: Any) -> None:
    """Hold damping against what the propagation and the readout by name allow."""
    propagation = named(selector.propagation, PROPAGATIONS)
    idle = getattr(readout, "settles", False) or (getattr(readout, "starts", False) and propagation == "pagerank")
    if isinstance(selector.damping, str) and selector.damping == "auto":
        if not idle:
            raise ValueError(
                f"damping='auto' with readout={shown(selector.readout)} and propagation={shown(selector.propagation)}: "
                "it chooses between walks and none, so the start has to count. Use readout='settled', or "
                "propagation='pagerank' with a start."
            )
        return
    if idle and is_number(selector.damping) and selector.damping == 0:
        return  # pagerank of the start alone
    high = np.inf if propagation == "resolvent" else 1
    low = -high if getattr(readout, "settles", False) and propagation != "pagerank" else 0
    check("damping", selector.damping, Number(low, high, hint=_DAMPING))
