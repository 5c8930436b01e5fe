"""Attention as feature selection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Self

import numpy as np
from sklearn.utils.validation import check_is_fitted

from infsel._runtime.ranges import Choice, Count, Flag, Number, Or, Range
from infsel._runtime.warning import warn
from infsel.affinities import Attention, AttentionToTarget
from infsel.estimators.base._outputs import as_labeled_frame
from infsel.estimators.base._parameter_checks import JOBS, MISSING
from infsel.estimators.graph._selector import SOLVER, GraphSelector
from infsel.krylov import Krylov
from infsel.normalizations import Identity, Softmax
from infsel.propagations import Hops
from infsel.readouts import Received
from infsel.walks import Composition

# What InfFS weighs a hop with unless told otherwise: with one hop it only scales, and equal scales compare.
_DAMPING = 0.9
_FEWEST, _EVEN = 3, 1e-6  # features, and the share of the largest score by which others differ
_ASKING = "by target_token=True, where only the target asks"


class AttentionSelector(GraphSelector):
    """Self-attention among features: the single-hop special case of Infinite Feature Selection.

    Features are tokens, embedded by their standardized columns, and each is scored by the attention that all features
    pay to it: column sums of softmax(Q K^T / (sqrt(d) * temperature)), Q = K the tokens and d the number of samples.
    Bit for bit the scores of ``InfFS(affinity="attention", normalization="softmax", readout="received", n_hops=1)``,
    the damping 0.9 of that one hop included, so they sum to 0.9 times the number of features that vary.

    Parameters
    ----------
    temperature : float > 0 or "auto", default=1.0
        High temperatures spread attention evenly, low ones focus it on the most similar features. "auto" makes the
        standard deviation of the logits between different features 1, whatever the number of samples.
    exclude_self : bool, default=False
        Whether a feature pays no attention to itself. With many samples and weakly correlated features nearly all
        attention is self-attention, which ranks nothing; then exclude it or raise the temperature.
    projection : None, "pca" or tuple of two ndarrays, default=None
        Embedding of queries and keys: the tokens; their principal coordinates; or tokens @ W_Q and tokens @ W_K with
        matrices of shape (n_samples, d).
    n_components : int, default=None
        How many principal coordinates "pca" keeps; by default those that hold 95 percent of the variance.
    n_heads : int, default=1
        In how many consecutive parts to split the embedding; without a projection those are blocks of samples.
    pooling : {"mean", "max"}, default="mean"
        What becomes of the heads' attention.
    target_token : bool, default=False
        Whether only the target asks: y joins as a token (one for each class), like the class token of a Transformer,
        and its attention scores the features, with either sign of a correlation alike. Then `temperature` alone shapes
        the graph, the other parameters of the graph are refused, and the scores sum to 0.9.
    memory : str, path or joblib.Memory, default=None
        Where to keep the graph and its products from one fit to the next, found again by the content of the table and
        of the parameters that shape the graph: a search over the number of features computes the graph once for each
        fold (docs/tuning.md). None keeps nothing.
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
    solver : Krylov, default=None
        How closely to compute and with how much work and memory, an object of `infsel.krylov.Krylov`, such as
        ``Krylov(n_landmarks=1000)`` for estimated scores of very wide tables. None for its defaults.

    Attributes
    ----------
    scores_ : ndarray of shape (n_features,)
        Score of each feature, 0 for constant and excluded columns. Scores that differ only by round-off are made equal.
    ranking_ : ndarray of int of shape (n_features,)
        Rank of each feature, 1 is best; equal scores by cost and column, constant and excluded columns last. Groups
        rank by their mean score, the columns of a group by their own.
    support_ : ndarray of bool of shape (n_features,)
        Which features are selected.
    spectral_radius_ : float
        Spectral radius of the attention matrix, 1 because its rows are distributions.
    n_iter_ : int
        Products with the attention matrix: 1.
    residual_ : float
        Truncation of the basis: 0, because one hop is exact.
    error_ : float
        Bound on the error of the scores relative to their norm: round-off.
    hop_profile_ : ndarray
        Share of the scores by walk length: [1.0].
    effective_hops_ : float
        Mean length of the walks: 1.
    score_errors_ : ndarray of shape (n_features,)
        Standard errors of `scores_`; only with ``solver=Krylov(n_landmarks=...)``, like the next two.
    rescored_ : ndarray of bool of shape (n_features,)
        The contenders for selection, whose last hop reads all features.
    expected_recall_ : float
        Expected share of the selected features among those that exact scores would select.
    saturation_depth_ : int
        Length of walks from which on longer ones no longer change the ranking: 1.
    affinity_ : Affinity
        How the features relate, with what was learned or automatic filled in: a formula that prints, and that another
        selector takes as its `affinity`.
    anisotropy_ : float
        Mean cosine between the tokens of different columns, their mean correlation: above 0 where all share a drift.
    graph_ : FeatureOperator
        The attention matrix among the columns that vary: it lists rows and multiplies, and is not stored whole.
        It holds the table, so a pickle of the selector leaves it behind (docs/behavior.md).
    kinds_ : ndarray of str of shape (n_features,)
        How each column was read, "numeric", "boolean", "ordinal" or "nominal", or that it was "excluded"; only where
        not all are numbers without gaps.
    n_features_in_ : int
        Number of features seen in `fit`.
    feature_names_in_ : ndarray of str of shape (n_features_in_,)
        Column names seen in `fit`, where X has names.

    See Also
    --------
    InfFS : Walks of several or infinitely many hops through any affinity.

    References
    ----------
    Vaswani et al. (2017). Attention Is All You Need. NeurIPS.
    Roffo (2025). The Origin of Self-Attention: From Pairwise Affinity Matrices to Transformers. arXiv:2507.14560.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from infsel import AttentionSelector
    >>> X, y = load_wine(return_X_y=True, as_frame=True)
    >>> AttentionSelector(n_features_to_select=2).fit(X).get_feature_names_out().tolist()
    ['alcalinity_of_ash', 'flavanoids']
    """

    _ranges: ClassVar[dict[str, Range]] = {
        "temperature": Or("auto", Number(low=0)),
        "exclude_self": Flag(),
        "n_components": Or(None, Count()),
        "n_heads": Count(),
        "pooling": Choice(("mean", "max")),
        "target_token": Flag(),
        "solver": SOLVER,
        "missing": MISSING,
        "n_jobs": JOBS,
    }

    def __init__(
        self,
        *,
        temperature: float | str = 1.0,
        exclude_self: bool = False,
        projection: Any = None,
        n_components: int | None = None,
        n_heads: int = 1,
        pooling: str = "mean",
        target_token: bool = False,
        memory: Any = None,
        n_features_to_select: float | str | None = None,
        threshold: float | str | None = None,
        keep: Any = None,
        exclude: Any = None,
        feature_groups: Any = None,
        feature_costs: Any = None,
        kinds: Any = None,
        missing: str = "pairwise",
        n_jobs: int | None = None,
        solver: Krylov | None = None,
    ) -> None:
        self.temperature = temperature
        self.exclude_self = exclude_self
        self.projection = projection
        self.n_components = n_components
        self.n_heads = n_heads
        self.pooling = pooling
        self.target_token = target_token
        self.n_features_to_select = n_features_to_select
        self.memory = memory
        self.threshold = threshold
        self.keep = keep
        self.exclude = exclude
        self.feature_groups = feature_groups
        self.feature_costs = feature_costs
        self.kinds = kinds
        self.missing = missing
        self.n_jobs = n_jobs
        self.solver = solver

    def attention_weights(self, features: Sequence[str | int]) -> Any:
        """The attention that chosen features pay to all that vary, computed for them alone.

        Parameters
        ----------
        features : sequence of str or int
            Column names, or numbers of columns.

        Returns
        -------
        weights : data frame of the library of X, of shape (n_chosen, n_varying)
            Rows are distributions, labeled by the chosen features: in the index, or where the library of X has none in
            a first column ``feature``.

        Raises
        ------
        ValueError
            If a feature is not known, constant or excluded, or the target is the one that asks: then read `scores_`.
        AttributeError
            If the selector comes from a pickle, which does not keep the graph.
        """
        check_is_fitted(self)
        if self.target_token:
            raise ValueError("with target_token=True only the target pays attention: read scores_.")
        found = np.array([self._node(feature) for feature in features], dtype=int).reshape(-1, 2)
        names = self._names()
        chosen, inside = names[found[:, 0]], names[self._fitted().inside]
        weights = self.graph_.rows(found[:, 1])
        return as_labeled_frame(weights, chosen, inside, self._library, ("feature", None))

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        by_products = self.projection is None and self.n_heads == 1 and self.temperature != "auto"
        tags.input_tags.sparse = by_products
        tags.input_tags.allow_nan &= by_products and not self.target_token
        return tags

    def _unread(self) -> dict[str, str]:
        # not n_components: scikit-learn's checks set it to 1 wherever an estimator has it
        names = ("exclude_self", "projection", "n_heads", "pooling")
        return dict.fromkeys(names, _ASKING) if self.target_token else {}

    def _composition(self) -> Composition:
        return compose(self)

    def _fit(self, composition: Composition, X: Any, y: Any) -> Self:
        super()._fit(composition, X, y)
        if not self.target_token:
            _warn_of_even(self.scores_[self._inside], self.exclude_self)
        return self


def _warn_of_even(scores: np.ndarray, exclude_self: bool) -> None:
    """Say why all scores are nearly the same, as those of two features always are."""
    if len(scores) < _FEWEST or np.ptp(scores) > _EVEN * scores.max():
        return
    why, remedy = (
        ("attention spreads evenly", "a lower temperature tells features apart")
        if exclude_self
        else ("nearly all attention is that of a feature to itself", "exclude_self=True leaves that out")
    )
    warn(f"All scores are {scores.mean():.3g}, nearly or exactly, and rank nothing: {why}; {remedy}.")


def compose(selector: AttentionSelector) -> Composition:
    """The parts that the parameters of a selector describe, each checked.

    Raises
    ------
    ValueError
        If a parameter cannot be used; the message names it and says what to do. It may be a TypeError, too.
    """
    selector._check_parameters()
    target_asks, solver = selector.target_token, selector.solver or Krylov()
    temperature: Any = selector.temperature
    if target_asks and solver.n_landmarks is not None:
        raise ValueError(f"solver={solver!r} is not read {_ASKING}: leave n_landmarks out.")
    return Composition(
        AttentionToTarget(temperature) if target_asks else _attention(selector, temperature),
        Identity() if target_asks else Softmax(exclude_self=selector.exclude_self),
        Hops(1, _DAMPING),
        Received(),
        solver,
    )


def _attention(selector: AttentionSelector, temperature: Any) -> Attention:
    pooling: Any = selector.pooling
    return Attention(temperature, selector.projection, selector.n_components, selector.n_heads, pooling)
