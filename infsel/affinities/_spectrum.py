"""Kernels of a difference by their spectra: what repeats with which period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import nnls

from infsel._runtime.configurable import Configurable
from infsel._runtime.progress import stage
from infsel._runtime.ranges import Count, parameter
from infsel.affinities._positions import Positions
from infsel.relevances import CrossFitted, cross_fitted
from infsel.tables import Table

_FINER = 4  # trial frequencies within the width of a peak, 1 / range
_HARMONICS = 4
_HEIGHT = 64  # of them at a time
_RANK = 1e-10  # of a system whose periods are nearly the same


@dataclass(frozen=True)
class Spectra:
    """Spectra and ways to find one, as a range of a parameter."""

    words: str = "pass 'learned', a LearnedSpectrum or a Spectrum"

    def holds(self, value: Any) -> bool:
        """Whether the value is one."""
        return isinstance(value, LearnedSpectrum | Spectrum) or (isinstance(value, str) and value == "learned")


@dataclass(eq=False)
class Spectrum(Configurable):
    """K(d) = sum_k w_k cos(2 pi d / period_k) for a difference d of positions.

    By Bochner's theorem such a kernel is positive semidefinite for any positions if, and only if, no weight is
    negative.

    Parameters
    ----------
    periods : array-like of shape (n_periods,)
        In the unit of the positions; time differences where these are times.
    weights : array-like of shape (n_periods,)
        None negative, and not all zero.

    Examples
    --------
    >>> Spectrum([24.0, 168.0], [0.75, 0.25])
    Spectrum(periods=[24.0, 168.0], weights=[0.75, 0.25])
    """

    periods: Any
    weights: Any

    def check(self) -> None:
        """Hold the weights and periods against their ranges.

        Raises
        ------
        ValueError
            If a weight is negative, all are zero, a period is not above 0, or their numbers differ.
        """
        super().check()
        periods, weights = np.asarray(self.periods), np.asarray(self.weights)
        if periods.ndim != 1 or periods.shape != weights.shape or not len(periods):
            raise ValueError(
                f"spectrum has periods of shape {periods.shape} and weights of shape {weights.shape}: pass as many "
                "weights as periods."
            )
        above = periods > (np.timedelta64(0) if periods.dtype.kind == "m" else 0)
        for name, values, good in (("periods", periods, above), ("weights", weights, weights >= 0)):
            if not good.all():
                least = "above 0" if name == "periods" else "from 0 up"
                raise ValueError(f"spectrum.{name} holds {values[~good][0]!s}: pass numbers {least}.")
        if not weights.any():
            raise ValueError("spectrum.weights are all 0: at least one period needs a weight above 0.")

    def features(self, positions: Positions) -> np.ndarray:
        """Sines and cosines whose products are the kernel, shape (n_features, 2 n_periods)."""
        lengths = [positions.length("spectrum.periods", period) for period in self.periods]
        points = line(positions)
        angles = np.multiply.outer(points, 2 * np.pi / np.asarray(lengths))
        return np.hstack([np.sin(angles), np.cos(angles)]) * np.tile(np.sqrt(np.asarray(self.weights, float)), 2)


@dataclass
class LearnedSpectrum(Configurable):
    """A non-negative spectrum by which relevance on half of the rows predicts that on the other half.

    With r and q, the centered relevances of the columns on two disjoint halves of the rows, whose noise is independent,
    the weights w >= 0 minimize sum over i != j of (r_i q_j - K_w(t_i - t_j))^2, averaged over splits. Everything that
    takes is a sum over columns: of r_i q_j the cross-periodogram of both halves, of the cosines their own products. So
    the work is linear in the columns for each candidate, and no pair is left out.

    Candidates are `n_periods` bins, equal in the logarithm, from twice the mean distance of neighbors to the whole
    range; in each the highest peak of the cross-periodogram stands for the bin. The periods found are in the order of
    their harmonic sums: what they weigh, plus 1/√h of what their h-th parts do.

    Parameters
    ----------
    relevance : str, relevance or callable, default="pearson"
        How a column is rated on a half of the rows. It sees y, but never the half that is predicted.
    n_periods : int, default=60
    n_splits : int, default=8
    random_state : int, default=0
        Draws the splits.

    References
    ----------
    Xu, Ruan, Korpeoglu, Kumar, Achan (2019). Self-attention with Functional Time Representation Learning. NeurIPS.
    """

    relevance: Any = "pearson"
    n_periods: int = parameter(Count(2), 60)
    n_splits: int = parameter(Count(), 8)
    random_state: int = parameter(Count(0), 0)

    def learn(self, positions: Positions, table: Table, y: Any) -> Spectrum:
        """The spectrum for columns of a table at these positions.

        Raises
        ------
        ValueError
            If positions have several dimensions or fewer than three values, there is no target that varies, there are
            too few rows, or no period predicts anything.
        """
        times = line(positions)
        if len(np.unique(times)) < 3:
            raise ValueError(
                f"spectrum='learned' with {len(np.unique(times))} different positions: a period takes three or more; "
                "pass a Spectrum of your own, or spectrum=None with a scale."
            )
        if y is None:
            raise ValueError("spectrum='learned' takes a target, but y is None: pass y, or a Spectrum of your own.")
        rated = cross_fitted(
            self.relevance, table, y, n_splits=self.n_splits, random_state=self.random_state, name="spectrum"
        )
        rated = CrossFitted(*(each - each.mean(axis=0) for each in (rated.given, rated.held_out)))
        periods = _candidates(times, rated, self.n_periods)
        weights = _nonnegative_weights(times, rated, periods)
        if not weights.any():
            raise ValueError(
                "spectrum='learned': no period in the relevance on one half of the rows shows on the other; pass "
                "spectrum=None with a scale, or more rows."
            )
        periods, weights = periods[weights > 0], weights[weights > 0] / weights.sum()
        order = np.argsort(-_with_harmonics(periods, weights, float(np.ptp(times))), kind="stable")
        return Spectrum(positions.written(periods[order]), weights[order])


def line(positions: Positions) -> np.ndarray:
    """Positions on a line, centered so that angles are small and keep their digits, shape (n_features,).

    Raises
    ------
    ValueError
        If they are points of several dimensions.
    """
    points = positions.points
    if points.shape[1] != 1:
        raise ValueError(
            f"spectrum with positions of {points.shape[1]} dimensions: it takes one number or time a column."
        )
    return points[:, 0] - points.mean()


def _candidates(times: np.ndarray, rated: CrossFitted, n_periods: int) -> np.ndarray:
    """The strongest period of each bin that has a peak, and the middle of those too narrow to look into."""
    extent = float(np.ptp(times))
    shortest = 2 * extent / (len(np.unique(times)) - 1)
    middles = np.geomspace(shortest, extent, n_periods)
    frequencies = np.arange(1 / extent, 1 / shortest, 1 / (_FINER * extent))
    power = np.pad(_cross_periodogram(times, rated, frequencies), 1, constant_values=-np.inf)
    bins = np.searchsorted(np.sqrt(middles[1:] * middles[:-1]), 1 / frequencies)
    peaks = np.flatnonzero((power[1:-1] > power[:-2]) & (power[1:-1] >= power[2:]))  # a flank is another's leakage
    best = {bins[k]: 1 / frequencies[k] for k in peaks[np.argsort(power[1:-1][peaks], kind="stable")]}
    empty = np.setdiff1d(np.arange(n_periods), bins)
    return np.sort(np.concatenate([list(best.values()), middles[empty]]))


def _cross_periodogram(times: np.ndarray, rated: CrossFitted, frequencies: np.ndarray) -> np.ndarray:
    """How far both halves agree at each of the evenly spaced frequencies."""
    step = frequencies[1] - frequencies[0] if len(frequencies) > 1 else 0.0
    steps = np.exp(2j * np.pi * step * np.multiply.outer(np.arange(_HEIGHT), times))  # from the first of a block
    agreement = np.empty(len(frequencies))
    with stage("cross-periodogram", len(frequencies)) as advance:
        for start in range(0, len(frequencies), _HEIGHT):
            block = slice(start, start + _HEIGHT)
            first = np.exp(2j * np.pi * frequencies[start] * times)[:, np.newaxis]
            waves = steps[: len(frequencies[block])]
            products = (waves @ (first * rated.given)) * (waves @ (first * rated.held_out)).conj()
            agreement[block] = products.real.mean(axis=1)
            advance(len(waves))
    return agreement


def _nonnegative_weights(times: np.ndarray, rated: CrossFitted, periods: np.ndarray) -> np.ndarray:
    """Non-negative least squares over all pairs of different columns, by its normal equations."""
    waves = np.exp(2j * np.pi * np.multiply.outer(times, 1 / periods))
    gram = (np.abs(waves.conj().T @ waves) ** 2 + np.abs(waves.T @ waves) ** 2) / 2 - len(times)
    products = (waves.T @ rated.given) * (waves.T @ rated.held_out).conj()
    target = (products.real - (rated.given * rated.held_out).sum(axis=0)).mean(axis=1)
    values, vectors = np.linalg.eigh(gram)
    kept = values > _RANK * values[-1]
    roots, vectors = np.sqrt(values[kept]), vectors[:, kept]
    return nnls(roots[:, np.newaxis] * vectors.T, vectors.T @ target / roots)[0]


def _with_harmonics(periods: np.ndarray, weights: np.ndarray, extent: float) -> np.ndarray:
    """The weight of each period, plus 1/√h of that of its h-th part: a sharp rhythm of a day has periods of 12 and 8 h.

    A period of twice the length gets less of it all, and so comes later.
    """
    total = weights.copy()
    for h in range(2, _HARMONICS + 1):
        apart = np.abs(np.subtract.outer(h / periods, 1 / periods))
        total += (apart < 1 / extent) @ weights / np.sqrt(h)
    return total
