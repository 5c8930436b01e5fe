"""Labels of pairs of features that their relevance suggests: Affinity from Attention."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from infsel.operators import FeatureOperator

_RELEVANT, _IRRELEVANT = 0.05, 0.5  # shares of the features of which the relevance is taken for sure
_MOST = 1024  # features whose pairs are looked at


@dataclass(frozen=True)
class PseudoLabels:
    """Pairs of features of which the label is believed, and what heads say about them.

    Attributes
    ----------
    logits : ndarray of shape (n_heads, n_pairs)
        Entries of symmetrized heads, standardized over the pairs.
    alike : ndarray of bool of shape (n_pairs,)
        Whether both features are relevant; of the others one is.
    """

    logits: np.ndarray
    alike: np.ndarray

    def loss(self, weights: np.ndarray, bias: float) -> tuple[float, np.ndarray]:
        """Half the mean of 1 - a over pairs that are alike and half that of a over the others, a = sigmoid(b + w.S).

        Each count is one larger than it is, as in the program of the authors.

        Returns
        -------
        loss : float
        gradient : ndarray of shape (n_heads + 1,)
            By the weights w and the bias b.
        """
        a = expit(bias + weights @ self.logits)
        share = np.where(self.alike, -0.5 / (self.alike.sum() + 1), 0.5 / ((~self.alike).sum() + 1))
        by_logit = share * a * (1 - a)
        return float(share @ (a - self.alike)), np.r_[self.logits @ by_logit, by_logit.sum()]


def pseudo_labels(heads: list[FeatureOperator], relevance: np.ndarray) -> PseudoLabels:
    """Believe the 5 percent of the features with the highest relevance to be relevant, and the lower half not to be.

    Pairs of two irrelevant ones tell nothing: they need not be alike.

    Raises
    ------
    ValueError
        If the relevance is flat.
    """
    order = np.argsort(-relevance, kind="stable")
    n_relevant = max(2, round(_RELEVANT * len(order)))
    lower = order[len(order) - int(_IRRELEVANT * len(order)) :]
    room = max(2, min(_MOST, len(order)) - n_relevant)
    lower = lower[np.unique(np.linspace(0, len(lower) - 1, min(room, len(lower))).round().astype(int))]
    believed = np.r_[order[:n_relevant], lower]
    if relevance[believed[0]] == relevance[believed[-1]]:
        raise ValueError("the relevance is the same for every feature: no pair can be told apart by it.")
    first, second = np.triu_indices(len(believed), 1)
    pairs = first < n_relevant
    first, second = first[pairs], second[pairs]
    logits = np.stack([_standardized(_between(head, believed)[first, second]) for head in heads])
    return PseudoLabels(logits, second < n_relevant)


def _between(head: FeatureOperator, features: np.ndarray) -> np.ndarray:
    entries = np.vstack([head.rows(part)[:, features] for part in np.array_split(features, -(-len(features) // 64))])
    return (entries + entries.T).astype(np.float64) / 2


def _standardized(entries: np.ndarray) -> np.ndarray:
    spread = entries.std()
    return (entries - entries.mean()) / spread if spread else np.zeros_like(entries)
