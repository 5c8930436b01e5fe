"""Relevance as a latent factor behind a feature's tokens."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, NamedTuple

import numpy as np

from infsel._runtime.ranges import Choice, Count, Or, parameter
from infsel.relevances._base import Relevance
from infsel.relevances._tokens import spaced, token_counts
from infsel.tables import Table, as_table
from infsel.targets import classes_of

_STEEPNESS = 5000.0


class _Release(NamedTuple):
    n_tokens: int
    squared: bool
    floored: bool
    prior: Callable[[int], slice]  # the tokens whose mass is where the iteration starts
    learns_tokens: bool
    n_steps: int


_RELEASES = {
    "2017": _Release(4, True, True, lambda n: slice(0, int(0.2 * n + 0.5)), False, 15),
    "2018": _Release(3, False, True, lambda n: slice(n - int(0.35 * n + 0.5) - 1, n), True, 15),
    "auto": _Release(4, True, False, lambda n: slice(n - 3, n), False, 1000),
}


@dataclass
class LatentFactor(Relevance):
    """P(relevant | feature) of infinite latent feature selection, found by expectation maximization: in [0, 1].

    Each sample bears a token that says how near it lies to the mean of its own class. Two latent factors, one expecting
    low tokens and one high ones, explain the tokens of each feature; the share of the first is the relevance. A
    constant column gets 0.

    Parameters
    ----------
    variant : {"2018", "2017", "auto"}, default="2018"
        Three releases of the original disagree. "2017" starts from the share of low tokens, "2018" and "auto" from the
        share of high ones. "2018" learns what the factors expect, so its features depend on each other. "auto" divides
        [0, 1] into tokens instead of each feature's own range and iterates for longer; a feature without high tokens,
        one that separates the classes, stays at 0, so it often ranks features in reverse.
    n_tokens : int >= 3 or None, default=None
        None takes the release's own number: 3 for "2018", else 4. With 3 tokens "2018" tends to 1 for every feature; 6
        tell features apart.

    Notes
    -----
    With this relevance r the affinity of the original is the outer product r r^T. It has rank one, so infinitely many
    hops rank the features as r itself does.

    References
    ----------
    Roffo, Melzi, Castellani, Vinciarelli (2017). Infinite Latent Feature Selection: A Probabilistic Latent Graph-Based
    Ranking Approach. ICCV.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[0.0, 1.0, 1.0, 2.0, 6.0, 7.0, 7.0, 8.0], [0.0, 6.0, 1.0, 7.0, 1.0, 7.0, 2.0, 8.0], [5.0] * 8]).T
    >>> LatentFactor("2017")(X, [0, 0, 0, 0, 1, 1, 1, 1]).round(2).tolist()
    [0.71, 0.61, 0.0]
    """

    variant: Literal["2018", "2017", "auto"] = parameter(Choice(("2018", "2017", "auto")), "2018")
    n_tokens: int | None = parameter(Or(None, Count(3)), None)

    separable: ClassVar[bool] = False
    takes_tables: ClassVar[bool] = True
    classes_only: ClassVar[bool] = True

    def rate(self, X: Any, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        release = _RELEASES[self.variant]
        n_tokens = release.n_tokens if self.n_tokens is None else self.n_tokens
        classes, codes = classes_of(y)
        descending = len(classes) - 1 - codes  # the original's order of classes, which decides the last digit
        counts = as_table(X).by_blocks(_counts, descending, int(n_tokens), release.squared, release.floored).T
        with np.errstate(all="ignore"):
            relevance = _share_of_first_factor(counts, release)
        return np.where(np.isfinite(relevance), relevance, 0.0)


def _counts(table: Table, *settings: Any) -> np.ndarray:
    with np.errstate(all="ignore"):
        return token_counts(table.to_dense(), *settings).T


def _share_of_first_factor(counts: np.ndarray, release: _Release) -> np.ndarray:
    """P(factor | feature) after the iteration, for the first of the two factors, shape (n_features,)."""
    n_tokens = len(counts)
    totals = np.where(counts.any(axis=0), counts.sum(axis=0), 1e-5)
    prior = counts[release.prior(n_tokens)].sum(axis=0) / counts.sum(axis=0)
    shares = np.stack([100 * prior, 100 - 100 * prior])
    shares /= shares.sum(axis=0)
    falling, rising = np.array(_STEEPNESS), np.array(1.0)
    tokens = np.stack([spaced(falling, rising, n_tokens), spaced(rising, falling, n_tokens)])
    tokens /= tokens.sum(axis=1, keepdims=True)
    likelihood = -999.0
    for _ in range(release.n_steps):
        posterior = tokens[:, :, np.newaxis] * shares[:, np.newaxis] / _mixture(tokens, shares)
        posterior[:, counts == 0] = 0
        shares = (counts * posterior).sum(axis=1) / totals
        if release.learns_tokens:
            tokens = posterior.sum(axis=2)
            tokens /= tokens.sum(axis=1, keepdims=True)
        previous, likelihood = likelihood, _log_likelihood(counts, _mixture(tokens, shares))
        if abs(likelihood - previous) < 1e-6:
            break
    return shares[0]


def _mixture(tokens: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """P(token | feature)."""
    return tokens[0][:, np.newaxis] * shares[0] + tokens[1][:, np.newaxis] * shares[1]


def _log_likelihood(counts: np.ndarray, mixture: np.ndarray) -> float:
    seen = counts > 0
    return float(np.nansum(counts[seen] * np.log(mixture[seen])))
