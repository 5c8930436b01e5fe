"""How much each column says about the target by itself."""

from typing import Any

import numpy as np
from scipy.special import chdtri

from infsel._kernels import write_bins_of_positions
from infsel.embeddings import Filled, are_spread, mapped, row_blocks
from infsel.statistics import Entropies, expected_informations
from infsel.tables import MixedTable
from infsel.targets import quantile_groups

_LEVEL = 0.05


def binned_information(
    U: Filled, outputs: list[np.ndarray], weights: np.ndarray, bins: int
) -> tuple[np.ndarray, float]:
    """Mutual information, in nats, of each column, cut into bins of equal frequency, with the target.

    Parameters
    ----------
    U : ndarray or FilledRows of shape (n_features, n_samples)
        `places` of the values of each column; equal values share a bin.
    outputs : list of ndarray of shape (n_samples,)
        Class numbers, or numbers, which are cut into as many bins; the information on several outputs adds.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    bins : int
        Number of bins.

    Returns
    -------
    information : ndarray of shape (n_features,)
    by_chance : float
        What one in twenty columns that say nothing exceeds: 2 n I is then about chi-squared (Wilks).
    """
    targets = [quantile_groups(output, weights, bins) for output in outputs]
    if are_spread(U):
        information = U.joined(_information_of_places, targets, weights, bins)  # type: ignore[union-attr]
    else:
        information = _information_of_places(U, targets, weights, bins)
    degrees = sum((bins - 1) * int(groups.max()) for groups in targets)
    return information, float(_by_chance(degrees, float(weights.sum())))


def _information_of_places(U: Filled, targets: list[np.ndarray], weights: np.ndarray, bins: int) -> np.ndarray:
    information = np.zeros(len(U))
    for where, codes in row_blocks(mapped(lambda numbers: _bins(numbers, bins), U)):
        for groups in targets:
            information[where] += Entropies(codes, bins, groups, weights).relevance
    return information


def _bins(U: np.ndarray, bins: int) -> np.ndarray:
    codes = np.empty(U.shape, np.uint8 if bins <= 256 else np.int32)
    write_bins_of_positions(np.atleast_2d(U), bins, np.atleast_2d(codes))
    return codes


def informing_gaps(table: MixedTable, outputs: list[np.ndarray], bins: int) -> np.ndarray:
    """Columns of numbers whose gaps say more about the target than those of one in twenty do by chance.

    Parameters
    ----------
    table : MixedTable of shape (n_samples, n_features)
        None where its gaps are not informative.
    outputs, bins
        As for `binned_information`.

    Returns
    -------
    ndarray of bool of shape (n_features,)
    """
    asked = ~table.nominal & (table.gaps() > 0) & table.informative
    if asked.any():
        targets = [quantile_groups(output, table.counts, bins) for output in outputs]
        gaps = _information_of(table.missing.T[asked].astype(np.uint8), 2, targets, table.counts)
        asked[asked] = gaps > _by_chance(sum(int(groups.max()) for groups in targets), table.total_weight)
    return asked


def mixed_information(
    table: MixedTable, U: np.ndarray, informs: np.ndarray, outputs: list[np.ndarray], bins: int
) -> tuple[np.ndarray, float]:
    """`binned_information` of tables with gaps and labels: labels are bins, and gaps are one where they inform.

    Else a column says what it does where it is there, times the share of the samples that have it. More bins seem to
    say more: of what a column of more bins says its own 5 % quantile by chance is taken off and that of `bins` bins
    added, so that one number tells all columns that may say nothing. The quantile is the mean over all orders of the
    target (`expected_information`), plus how far that of chi-squared lies above its mean.

    Parameters
    ----------
    table : MixedTable of shape (n_samples, n_features)
    U : ndarray of shape (n_features, n_samples)
        Its `places`.
    informs : ndarray of bool of shape (n_features,)
        Columns of numbers whose gaps are a bin.
    outputs, bins
        As for `binned_information`.
    """
    weights, n, gap = table.counts, table.total_weight, table.missing.T
    targets = [quantile_groups(output, weights, bins) for output in outputs]
    common = float(_by_chance(sum((bins - 1) * int(groups.max()) for groups in targets), n))
    own, information = np.full(len(U), common), np.zeros(len(U))
    for nominal in (False, True):
        which = np.flatnonzero(table.nominal == nominal)
        if not len(which):
            continue
        codes = table.numbers.T[which] if nominal else _bins(U[which], bins)
        most = max(int(table.n_labels()[which].max()), 1) if nominal else bins
        codes = np.where(gap[which], most, codes).astype(np.uint8 if most < 256 else np.int32)
        information[which] = _information_of(codes, most + 1, targets, weights)
    known = np.flatnonzero(gap.any(axis=1) & ~informs)
    if len(known):
        information[known] -= _information_of(gap[known].astype(np.uint8), 2, targets, weights)
    several = np.flatnonzero(table.nominal | informs)
    if len(several):
        codes, labels, own_gap = np.empty((len(several), len(table))), table.nominal[several], gap[several]
        codes[labels], codes[~labels] = table.numbers.T[several[labels]], _bins(U[several[~labels]], bins)
        codes[own_gap] = -1
        there = ~own_gap | informs[several, np.newaxis]
        own[several] = np.maximum(common, _own_by_chance(codes.astype(np.intp) + 1, there, targets, weights))
    return np.where(own == common, information, information - own + common), common


def _own_by_chance(codes: np.ndarray, there: np.ndarray, targets: list[np.ndarray], weights: np.ndarray) -> np.ndarray:
    """What one in twenty columns such as each exceeds by chance, told by samples that are a part of all."""
    sizes, total = codes.max(axis=1) + 1, float(weights.sum())
    places = codes + (np.cumsum(sizes) - sizes)[:, np.newaxis]
    labels = np.bincount(places[there], np.broadcast_to(weights, there.shape)[there], int(sizes.sum()))
    owner, share = np.repeat(np.arange(len(codes)), sizes)[labels > 0], there @ weights / total
    n_labels, labels = np.bincount(owner, minlength=len(codes)), labels[labels > 0]
    expected, degrees = np.zeros(len(codes)), np.zeros(len(codes))
    for groups in targets:
        classes = there @ (weights[:, np.newaxis] * (groups[:, np.newaxis] == np.arange(groups.max() + 1)))
        expected += expected_informations(labels, owner, classes)
        degrees += (n_labels - 1) * ((classes > 0).sum(axis=1) - 1)
    above = _by_chance(np.maximum(degrees, 1), total) - degrees / (2 * total)
    return np.asarray(expected * share + np.where(degrees > 0, above, 0))


def _information_of(codes: np.ndarray, n_codes: int, targets: list[np.ndarray], weights: np.ndarray) -> np.ndarray:
    return np.sum([Entropies(codes, n_codes, groups, weights).relevance for groups in targets], axis=0)


def _by_chance(degrees: Any, total: float) -> Any:
    return chdtri(degrees, _LEVEL) / (2 * total)
