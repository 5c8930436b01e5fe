"""Attention as feature selection."""

from infsel.affinities import Attention
from infsel.estimators._base import Composition, GraphSelector
from infsel.estimators._parameters import check_number
from infsel.normalizations import Softmax
from infsel.propagations import Hops

# What InfFS weighs a hop with unless told otherwise: with one hop it only scales, and equal scales compare.
_DAMPING = 0.9


class AttentionSelector(GraphSelector):
    """Self-attention among features: the single-hop special case of Infinite Feature Selection.

    Features are tokens, embedded by their standardized columns, and each is scored by the attention that all features
    pay to it: column sums of softmax(Q K^T / (sqrt(d) * temperature)), Q = K the tokens and d the number of samples.
    Bit for bit the scores of ``InfFS(affinity="attention", normalization="softmax", readout="received", n_hops=1)``,
    the damping 0.9 of that one hop included, so they sum to 0.9 times the number of features that vary.

    Parameters
    ----------
    temperature : float > 0, default=1.0
        High temperatures spread attention evenly, low ones focus it on the most similar features.
    exclude_self : bool, default=False
        Whether a feature pays no attention to itself. With many samples and weakly correlated features nearly all
        attention is self-attention, which ranks nothing; then exclude it or raise the temperature.
    n_features_to_select : int, float or None, default=None
        How many features to keep: a count, a fraction in (0, 1], or None for half.

    Attributes
    ----------
    scores_ : ndarray of shape (n_features,)
        Score of each feature, 0 for constant columns. Scores that differ only by round-off are made equal.
    ranking_ : ndarray of int of shape (n_features,)
        Rank of each feature, 1 is best; equal scores in column order, constant columns last.
    support_ : ndarray of bool of shape (n_features,)
        Which features are selected.
    spectral_radius_ : float
        Spectral radius of the attention matrix, 1 because its rows are distributions.
    n_iter_ : int
        Products with the attention matrix: 1.
    residual_ : float
        Error certificate relative to the norm of the scores: 0, because one hop is exact.
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

    def __init__(
        self,
        *,
        temperature: float = 1.0,
        exclude_self: bool = False,
        n_features_to_select: float | None = None,
    ) -> None:
        self.temperature = temperature
        self.exclude_self = exclude_self
        self.n_features_to_select = n_features_to_select

    def _composition(self) -> Composition:
        temperature = check_number(
            "temperature", self.temperature, 0, float("inf"), closed=False, remedy="pass a finite number above 0."
        )
        return Composition(
            affinity=Attention(temperature),
            normalization=Softmax(exclude_self=bool(self.exclude_self)),
            rule=Hops(1, _DAMPING),
            readout="received",
        )
