"""Places of lines and cells in pictures, whose colors the style sheet of the page knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

WIDTH, HEIGHT = 480, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 14, 12, 44
_LEVELS = 9  # of an affinity that are told apart
_CROWDED = 34  # units between two labels of an axis, at least
_LOGARITHMIC = 20  # times the first number, from which on an axis of counts is logarithmic

Tick = tuple[float, str]


@dataclass(frozen=True)
class Line:
    """A curve: its name, how it looks, the points of its path, and those of a band around it."""

    name: str
    look: str
    points: str
    band: str = ""


@dataclass(frozen=True)
class Chart:
    """Lines over the number of something."""

    label: str
    text: str
    x_label: str
    y_label: str
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    lines: list[Line]
    mark: tuple[float, float] | None = None
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    top: int = _TOP
    bottom: int = HEIGHT - _BOTTOM


@dataclass(frozen=True)
class Scale:
    """From numbers to places: logarithmic over counts that span much."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = field(default=False)

    def __call__(self, value: float) -> float:
        """Where a number is."""
        low, high, value = np.log([self.low, self.high, value]) if self.logarithmic else (self.low, self.high, value)
        share = (value - low) / (high - low) if high > low else 0.5
        return round(float(self.start + share * (self.end - self.start)), 1)


def chart(
    label: str,
    text: str,
    axes: tuple[str, str],
    counts: Sequence[int],
    curves: Mapping[str, np.ndarray],
    errors: np.ndarray | None = None,
    mark: int | None = None,
    limits: tuple[float, float] | None = None,
    quiet: Sequence[str] = (),
) -> Chart:
    """Curves over counts, some of them in gray; the first has a band of errors and, at one count, a mark."""
    first = next(iter(curves.values()))
    spread = np.zeros(len(first)) if errors is None else np.nan_to_num(errors)
    everything = np.concatenate([first - spread, first + spread, *curves.values()])
    ticks = nice_ticks(*(limits or (float(np.nanmin(everything)), float(np.nanmax(everything)))))
    logarithmic = counts[-1] > _LOGARITHMIC * max(counts[0], 1)
    x = Scale(counts[0], counts[-1], _LEFT + 8, WIDTH - _RIGHT - 8, logarithmic)
    y = Scale(ticks[0], ticks[-1], HEIGHT - _BOTTOM, _TOP)
    loud = [name for name in curves if name not in quiet]
    looks = {name: f"line-{k}" for k, name in enumerate(loud)} | {name: f"quiet-{k}" for k, name in enumerate(quiet)}
    lines = [Line(name, looks[name], _points(x, y, counts, curve)) for name, curve in curves.items()]
    if errors is not None and np.isfinite(errors).all():
        above, below = _points(x, y, counts, first + errors), _points(x, y, counts[::-1], (first - errors)[::-1])
        lines[0] = replace(lines[0], band=f"{above} {below}")
    where = None if mark is None else (x(mark), y(float(first[list(counts).index(mark)])))
    digits = _digits(ticks)
    y_ticks = [(y(tick), f"{tick:.{digits}f}") for tick in ticks]
    return Chart(label, text, *axes, _count_ticks(x, counts, mark), y_ticks, lines, where)


def nice_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers that hold both, equally far apart.

    >>> nice_ticks(0.81, 0.957), nice_ticks(1, 1)
    ([0.8, 0.85, 0.9, 0.95, 1.0], [0.94, 0.96, 0.98, 1.0, 1.02, 1.04, 1.06])
    """
    if high - low < 1e-9:
        low, high = low - 0.05, high + 0.05
    rough = (high - low) / (most - 1)
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough * (1 - 1e-9))
    first, last = np.floor(low / step + 1e-9), np.ceil(high / step - 1e-9)
    return [round(float(k * step), 10) for k in np.arange(first, last + 1)]


def cells(affinity: np.ndarray) -> list[str]:
    """A path for each of nine levels above 0, of the unit squares of the matrix that have it."""
    levels = np.ceil(np.clip(affinity, 0, 1) * _LEVELS - 0.5).astype(int)
    return [
        "".join(f"M{j} {i}h1v1h-1z" for i, j in np.argwhere(levels == level).tolist())
        for level in range(1, _LEVELS + 1)
    ]


def _count_ticks(x: Scale, counts: Sequence[int], mark: int | None) -> list[Tick]:
    """Labels of counts, as many as there is room for, that of the mark in any case."""
    ticks: list[Tick] = []
    for count in dict.fromkeys([mark or counts[-1], counts[-1], *counts]):
        if all(abs(x(count) - place) >= _CROWDED for place, _ in ticks):
            ticks.append((x(count), f"{count:,}"))
    return sorted(ticks)


def _points(x: Scale, y: Scale, counts: Sequence[int], values: np.ndarray) -> str:
    """Points of a path; a single one twice, as its round ends are drawn then."""
    if len(counts) == 1:
        counts, values = [counts[0]] * 2, np.repeat(values, 2)
    return " ".join(f"{x(count)},{y(float(value))}" for count, value in zip(counts, values, strict=True))


def _digits(ticks: Sequence[float]) -> int:
    return next(n for n in range(11) if all(abs(round(tick, n) - tick) < 1e-9 for tick in ticks))
