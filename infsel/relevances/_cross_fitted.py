"""Relevances on disjoint halves of the rows: what scores from one half ought to say about the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel.relevances._repeats import picked
from infsel.relevances._resolve import as_relevance, relevance_of
from infsel.tables import LackingTable, Table
from infsel.targets import columns_of, is_continuous, strata_of

_FEWEST = 3  # rows of a half: two always correlate perfectly


@dataclass(frozen=True)
class CrossFitted:
    """Relevances of the same features on halves of the rows, whose noise is independent.

    Each split into halves counts in both directions, one column each.

    Attributes
    ----------
    given : ndarray of shape (n_features, n_columns)
        The relevance on one half, from which scores are made.
    held_out : ndarray of shape (n_features, n_columns)
        The relevance on the other half, which scores are to predict.
    weights : ndarray of shape (n_features,) or None
        How much each feature counts where scores are compared with it; None for alike.
    """

    given: np.ndarray
    held_out: np.ndarray
    weights: np.ndarray | None = None

    def agreement(self, scores: np.ndarray) -> tuple[float, np.ndarray]:
        """Mean correlation of scores with the relevance held out, and its gradient.

        Parameters
        ----------
        scores : ndarray of shape (n_features, n_columns)
            What was made of each column of `given`.

        Returns
        -------
        float in [-1, 1]
            Scores that do not vary correlate with nothing: 0.
        ndarray of shape (n_features, n_columns)
            The derivative by each of the scores.
        """
        weights = np.full(len(scores), 1 / len(scores)) if self.weights is None else self.weights / self.weights.sum()
        u, size = _standardized(scores, weights)
        t, _ = _standardized(self.held_out, weights)
        correlations = weights @ (u * t)
        slope = np.divide(t - correlations * u, size, out=np.zeros_like(u), where=size > 0)
        return float(correlations.mean()), weights[:, np.newaxis] * slope / len(correlations)

    def by_precision(self) -> CrossFitted:
        """The same, where a feature counts the less the more its relevances on the two halves differ.

        Its weight is 1 / d, with d the mean square of the differences, but at least the median of all features, so that
        only the noisier half counts less: where all are alike, weights of their own would be nothing but noise.
        """
        d = np.square(self.given - self.held_out).mean(axis=1)
        least = np.median(d)
        return CrossFitted(self.given, self.held_out, 1 / np.maximum(d, least) if least else None)

    def at(self, columns: np.ndarray) -> CrossFitted:
        """The same of some of the features."""
        weights = None if self.weights is None else self.weights[columns]
        return CrossFitted(self.given[columns], self.held_out[columns], weights)


def cross_fitted(
    relevance: Any, table: Table, y: Any, *, n_splits: int = 8, random_state: int = 0, name: str = "relevance"
) -> CrossFitted:
    """Rate the columns of a table on both halves of several random splits of its rows.

    Parameters
    ----------
    relevance : str, relevance or callable
        As for `relevance_of`, but no vector: it has to read the rows.
    table, y : Table, target
        Rows count as often as their weight says, on the half that they are in.
    n_splits : int, default=8
    random_state : int, default=0
        Draws the splits.
    name : str
        Whose relevance it is, for messages.

    Raises
    ------
    ValueError
        If there is no target, or too few rows for halves, a half has a constant target, or the relevance reads no rows.
    """
    if not as_relevance(relevance).reads:
        raise ValueError(
            f"{name} is one number a feature, the same on both halves of the rows: pass what reads the rows, the name "
            "or an object of a relevance, or a callable (X, y) -> weights."
        )
    rated = []
    for rows in halves(table, y, n_splits=n_splits, random_state=random_state):
        half, target = table.rows(rows), picked(y, rows)
        _refuse_constant(target, len(rows))
        rated.append(relevance_of(relevance, half, target, name))
        if not np.isfinite(rated[-1]).all():
            raise ValueError(
                f"{name}={relevance!r} rates column {np.flatnonzero(~np.isfinite(rated[-1]))[0]} by "
                f"{rated[-1][~np.isfinite(rated[-1])][0]} on a half of the rows: pass one that returns finite numbers."
            )
    first, second = np.stack(rated[::2], axis=1), np.stack(rated[1::2], axis=1)
    return CrossFitted(np.hstack([first, second]), np.hstack([second, first]))


def halves(table: Table, y: Any, *, n_splits: int, random_state: int = 0) -> Iterator[np.ndarray]:
    """Rows of the two halves of each split, one after the other, with the classes of y in equal shares.

    Equal rows that follow each other, as whole weights written out do, stay together: a copy held out is not new.

    Yields
    ------
    ndarray of int
        Increasing numbers of rows.

    Raises
    ------
    ValueError
        If there are too few rows or y cannot be read.
    """
    y = columns_of(y)
    if not table.has_samples or len(table) < 2 * _FEWEST:
        raise ValueError(
            f"X has {len(table)} rows: learning by halves of the rows takes {2 * _FEWEST} or more. Pass weights of "
            "your own instead."
        )
    unit = _units(table, y)
    firsts = np.flatnonzero(np.diff(unit, prepend=-1))
    if len(firsts) < 2 * _FEWEST:
        raise ValueError(f"X has {len(firsts)} different rows: learning by halves takes {2 * _FEWEST} or more.")
    continuous = len(y.outputs) > 1 or is_continuous(y, table.weights)
    strata = None if continuous else strata_of(y[firsts], unless_continuous=True, rare=True)
    rng = np.random.default_rng(random_state)
    for _ in range(n_splits):
        order = rng.permutation(len(firsts))
        if strata is not None:
            order = order[np.argsort(strata[order], kind="stable")]
        in_first = np.zeros(len(firsts), dtype=bool)
        in_first[order[::2]] = True
        yield np.flatnonzero(in_first[unit])
        yield np.flatnonzero(~in_first[unit])


def _units(table: Table, y: Any) -> np.ndarray:
    """Numbers of runs of equal rows, shape (n_samples,)."""
    new = np.ones(len(table), dtype=bool)
    new[1:] = np.any([output.values[1:] != output.values[:-1] for output in y.outputs], axis=0)
    new[1:] |= table.each_block(_changes).total(np.asarray) > 0
    return np.cumsum(new) - 1


def _changes(table: Table) -> np.ndarray:
    """Whether each row but the first differs from the one before, shape (n_samples - 1,)."""
    changes = np.zeros(len(table) - 1, dtype=bool)
    for _, chunk in table.blocks_here() if isinstance(table, LackingTable) else table.chunks():
        one, next_one = chunk[:-1], chunk[1:]
        changes |= ((one != next_one) & ((one == one) | (next_one == next_one))).any(axis=1)  # gaps are the same
    return changes.astype(np.intp)  # which add up over blocks


def _refuse_constant(target: Any, n_rows: int) -> None:
    for column in columns_of(target).outputs:
        if (column.values == column.values[0]).all():
            raise ValueError(
                f"{column.name} is {column.values[0]!s} on a half of the rows ({n_rows}): learning by halves needs a "
                "target that varies on both; pass more rows, or weights of your own."
            )


def _standardized(columns: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Columns of weighted mean 0 and mean square 1, zero where one varies by round-off, and their deviations."""
    centered = columns - weights @ columns
    size = np.sqrt(weights @ np.square(centered))
    size = np.where(size > 8 * np.finfo(np.float64).eps * np.abs(columns).max(axis=0), size, 0.0)
    return np.divide(centered, size, out=np.zeros_like(centered), where=size > 0), size
