"""Affinity by where columns lie: near ones relate, or those a period apart."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from infsel._runtime.ranges import Count, Number, Object, Or, is_number, parameter, required
from infsel.affinities._base import Affinity
from infsel.affinities._positions import Length, Positions, read_positions
from infsel.affinities._spectrum import LearnedSpectrum, Spectra, Spectrum
from infsel.operators import FeatureOperator, Hadamard, Similarity, gaussian, positive_part
from infsel.relevances import Relevance, relevance_of
from infsel.tables import Table

_ROUNDOFF = 1e-9  # of the deviations within columns: means that differ by less are equal
_SHOWN = 6  # numbers of an array in a formula


@dataclass(eq=False)
class Kernel(Affinity):
    """A kernel of the positions of columns: wavelengths, times, places on a chromosome or a plane.

    Without a spectrum it is Gaussian, exp(-|t_i - t_j|^2 / (2 scale^2)); with a guide g it is bilateral, the Gaussian
    times exp(-(g_i - g_j)^2 / (2 s^2)), s = guide_scale times the standard deviation of g: columns that lie near each
    other and look alike. With a patch the mean of (g_{i+k} - g_{j+k})^2 over neighbors k along the positions takes its
    place, and with ``scale=np.inf`` that alone decides: non-local means. With a spectrum it is
    max(0, sum_k w_k cos(2 pi (t_i - t_j) / period_k)), w_k >= 0: columns a period apart relate, as measurements at the
    same time of day do. After ``normalization="row"``, one hop with ``readout="attended"`` is the Nadaraya-Watson
    smoother of the relevance along the positions.

    A kernel reads where columns lie, not what they hold; times a data affinity (``Correlation() * Kernel(...)``) it
    says how far that affinity reaches. The values of any number of columns are computed tile by tile, from differences
    in double precision.

    Parameters
    ----------
    positions : array-like, mapping, "names", "order" or callable
        One number, one time (datetime64, timedelta64, ``X.columns`` of a frame with datetime columns) or one point
        (shape (n_features, n_dimensions)) a column of X; several may lie at one position. A mapping or a labeled series
        gives them by the names of columns, which may then come in any order. "names" reads them from the names: all
        are dates like 2024-05-31, or each holds one number and the text around it is the same in all. "order"
        takes the columns as evenly spaced in the order of X. A callable (X, y) -> numbers, or a relevance, computes
        them.
    scale : float, timedelta or "auto", default="auto"
        Standard deviation of the Gaussian, in the unit of the positions, a timedelta for times; np.inf for none, beside
        a guide. "auto" is the median distance to the k-th nearest column, k = sqrt(n_features).
    guide : None, "mean", array-like of shape (n_features,), or relevance, default=None
        What else must be alike: the means of the columns, numbers of your own, or a relevance such as "pearson" (the
        bilateral filter of it, which sees y).
    guide_scale : float > 0, default=0.3
        In standard deviations of the guide.
    patch : int, default=0
        How many neighbors on either side, along a line of positions, have to look alike, too. The guide goes on
        beyond both ends as its mirror image.
    spectrum : None, "learned", LearnedSpectrum or Spectrum, default=None
        "learned" finds the periods of a target's relevance, see `LearnedSpectrum`; it sees y, but each half of the rows
        is judged by the other. `resolve`, and ``affinity_`` of a fitted selector, has the `Spectrum` filled in.

    Raises
    ------
    ValueError
        If positions do not fit the table, are not finite or ambiguous, the guide does not vary, a patch has no order
        or no guide, or a scale is given beside a spectrum, which does not read it, or is infinite without a guide.
    TypeError
        If positions are neither numbers nor times, or a scale is not in their unit.

    References
    ----------
    Tomasi, Manduchi (1998). Bilateral Filtering for Gray and Color Images. ICCV.
    Buades, Coll, Morel (2005). A Non-Local Algorithm for Image Denoising. CVPR.
    Roffo (2025). The Origin of Self-Attention: From Pairwise Affinity Matrices to Transformers. arXiv:2507.14560.
    Xu, Ruan, Korpeoglu, Kumar, Achan (2019). Self-attention with Functional Time Representation Learning. NeurIPS.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, 1.0, 5.0], [2.0, 1.5, 5.5]])
    >>> Kernel([0, 1, 2], scale=1.0)(X).to_dense().round(3)
    array([[1.   , 0.607, 0.135],
           [0.607, 1.   , 0.607],
           [0.135, 0.607, 1.   ]])
    >>> Kernel([0, 12, 24], spectrum=Spectrum([24.0], [1.0]))(X).to_dense().round(12)
    array([[1., 0., 1.],
           [0., 1., 0.],
           [1., 0., 1.]])
    """

    positions: Any = required(Object("pass an array, a mapping or a function, no class"))
    scale: Any = parameter(Or("auto", Length()), "auto")
    guide: Any = None
    guide_scale: float = parameter(Number(low=0), 0.3)
    spectrum: Any = parameter(Or(None, Spectra()), None)
    patch: int = parameter(Count(least=0), 0)

    @property
    def placed(self) -> bool:
        return True

    @property
    def reads(self) -> frozenset[str]:
        computed = _is_rule(self.positions) or _is_rule(self.guide) or isinstance(self.guide, str)
        return super().reads if computed or self._is_learned else frozenset()

    @property
    def periods_(self) -> Any:
        """The periods of the spectrum in its order, the leading first, timedelta64 where positions are times.

        Raises
        ------
        AttributeError
            If there is no spectrum, or it is yet to be learned.
        """
        if not isinstance(self.spectrum, Spectrum):
            raise AttributeError("periods_ are known of a Kernel with a Spectrum: see affinity_ of a fitted selector.")
        return np.asarray(self.spectrum.periods)

    @property
    def _is_learned(self) -> bool:
        return isinstance(self.spectrum, str | LearnedSpectrum)

    def check(self) -> None:
        """Hold each field against its range.

        Raises
        ------
        ValueError
            If one is outside, or `scale` is given beside a spectrum, which does not read it, or `patch` or no limit
            without a guide.
        """
        super().check()
        if self.guide is None and self.patch:
            raise ValueError(f"patch={self.patch!r} without a guide, whose patches it compares: pass one, or patch=0.")
        if self.guide is None and is_number(self.scale) and self.scale == np.inf:
            raise ValueError("scale=inf without a guide makes all columns alike: pass a guide, or a finite scale.")
        if self.spectrum is not None and not isinstance(self.scale, str):
            raise ValueError(f"scale={self.scale!r} with a spectrum, which has periods instead: leave scale='auto'.")

    def resolve(self, columns: np.ndarray, table: Table, y: Any = None) -> Kernel:
        """The kernel with its scale or its spectrum as numbers."""
        if self._is_learned:
            learned = LearnedSpectrum() if isinstance(self.spectrum, str) else self.spectrum
            part = table.columns(columns)
            return replace(self, spectrum=learned.learn(self._at(columns, table, y), part, y))
        if self.spectrum is None and isinstance(self.scale, str):
            positions = self._at(columns, table, y)
            return replace(self, scale=positions.written(positions.usual_distance()))
        return self

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        return self.among(np.arange(table.shape[1]), table, y)

    def among(self, columns: np.ndarray, table: Table, y: Any = None) -> FeatureOperator:
        kernel = self.resolve(columns, table, y)
        positions, guide = kernel._at(columns, table, y), kernel._guide(columns, table, y)
        if kernel.spectrum is None:
            near = positions.points / positions.length("scale", kernel.scale)
            return gaussian(near if guide is None else np.hstack([near, guide]), table.dtype)
        waves = np.ascontiguousarray(kernel.spectrum.features(positions), dtype=table.dtype)
        A = Similarity(waves).map(positive_part, nonnegative=True)
        return A if guide is None else Hadamard(A, gaussian(guide, table.dtype))

    def _at(self, columns: np.ndarray, table: Table, y: Any) -> Positions:
        """The positions of some columns."""
        if _is_rule(self.positions):
            return Positions(relevance_of(self.positions, table.columns(columns), y, "positions")[:, np.newaxis])
        return read_positions(self.positions, table.names, table.shape[1]).at(columns)

    def _guide(self, columns: np.ndarray, table: Table, y: Any) -> np.ndarray | None:
        """The guide, or its patches, in units of its scale, shape (n_features, 2 patch + 1)."""
        if self.guide is None:
            return None
        if isinstance(self.guide, str) and self.guide == "mean":
            table.require_plain(f"{self!r}", ", or pass the guide as numbers")
            guide, least = _means(table.columns(columns))
        elif isinstance(self.guide, str) or _is_rule(self.guide):
            guide, least = relevance_of(self.guide, table.columns(columns), y, "guide"), 0.0
        else:
            guide, least = relevance_of(self.guide, table, y, "guide")[columns], 0.0
        _refuse_nonfinite(guide, columns)
        deviation = float(guide.std())
        if deviation <= max(least, 1e-14 * float(np.abs(guide).max())):
            raise ValueError(
                f"guide={_shown(self.guide)} is the same for all columns but for round-off (are they standardized?): "
                "pass columns in their own units, a guide that varies, or None."
            )
        if not self.patch:
            return guide[:, np.newaxis] / (self.guide_scale * deviation)
        patches = self._at(columns, table, y).windows(guide, self.patch)
        return patches / (self.guide_scale * deviation * np.sqrt(patches.shape[1]))

    def __repr__(self) -> str:
        defaults = {field.name: field.default for field in fields(self)}
        told = {name: value for name, value in self.get_params(deep=False).items() if value is not defaults[name]}
        told = {name: value for name, value in told.items() if name != "guide_scale" or value != 0.3}
        return f"Kernel({', '.join(f'{name}={_shown(value)}' for name, value in told.items())})"


def _is_rule(value: Any) -> bool:
    """Whether it computes numbers from the table."""
    return callable(value) or isinstance(value, Relevance)


def _means(table: Table) -> tuple[np.ndarray, float]:
    """The means of the columns, and how far apart round-off alone may set them."""
    return table.by_blocks(_means_of_block), _ROUNDOFF * float(table.standard_deviation().mean())


def _means_of_block(table: Table) -> np.ndarray:
    means, shares = np.empty(table.shape[1]), table.relative_counts / table.relative_counts.sum()

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        means[where] = np.multiply(rows, shares, out=work).sum(axis=1)

    table.blocks(process)
    return means


def _refuse_nonfinite(guide: np.ndarray, columns: np.ndarray) -> None:
    bad = np.flatnonzero(~np.isfinite(guide))
    if len(bad):
        raise ValueError(f"guide[{columns[bad[0]]}] is {guide[bad[0]]}: pass a finite number for every column.")


def _shown(value: Any) -> str:
    """How a value stands in a formula: long arrays by their ends."""
    if isinstance(value, str) or not hasattr(value, "__len__") or len(value) <= _SHOWN:
        return repr(value)
    if hasattr(value, "items"):
        return f"<{len(value)} by name>"
    return f"[{value[0]!s}, ..., {value[-1]!s}]"
