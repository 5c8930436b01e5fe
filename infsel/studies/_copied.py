"""Words for a column that repeats another."""

from __future__ import annotations

import numpy as np

_SAME = 1 - 1e-9  # correlation of a copy, up to round-off


def copied(of: object, correlation: float, labels: bool = False) -> str:
    """Say whether a column is a copy of another, or nearly; `labels` is whether either holds some.

    >>> copied("a", -1.0), copied("a", 0.984), copied("a", 0.95, labels=True)
    ('copy of a', 'near copy of a, r = .98', 'near copy of a, association = .95')
    """
    if abs(correlation) >= _SAME:
        return f"copy of {of}"
    return f"near copy of {of}, {'association' if labels else 'r'} = {decimals(correlation)}"


def decimals(value: float) -> str:
    """Two decimals, or as many as tell it from 1, up to five; 1 or -1 for copies.

    >>> decimals(0.984), decimals(-0.9996), decimals(1 - 1e-8), decimals(-1.0)
    ('.98', '-.9996', '.99999', '-1')
    """
    if abs(value) >= _SAME:
        return f"{value:.0f}"
    places = next((n for n in range(2, 6) if f"{abs(value):.{n}f}" != f"{1:.{n}f}"), 0)
    text = f"{value:.{places}f}" if places else f"{np.sign(value) * 0.99999:.5f}"
    return text.replace("0.", ".", 1)
