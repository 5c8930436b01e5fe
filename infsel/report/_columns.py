"""Each column with its rank, and a reason for each that is not selected."""

from __future__ import annotations

import numpy as np
import pandas as pd

from infsel.estimators import RecursiveElimination

_SAME = 1 - 1e-9  # correlation of a copy, up to round-off
_CLOSE = 0.9  # from which on a column repeats another rather than resembles it
_HALF = 0.5  # p value from which on a column does no more than chance: half of the shuffled targets have one as good


def column_rows(selector: RecursiveElimination, X: pd.DataFrame) -> pd.DataFrame:
    """One row a column, best first, from what a fitted elimination says."""
    frame = pd.DataFrame(selector.to_frame())
    order = np.argsort(selector.ranking_, kind="stable")
    kinds = getattr(selector, "kinds_", np.full(X.shape[1], "numeric"))
    frame["number"], frame["kind"] = order + 1, np.asarray(kinds)[order]
    frame["missing"] = X.isna().to_numpy().mean(axis=0)[order]
    varying = np.array([X.iloc[:, j].nunique() > 1 for j in range(X.shape[1])])
    n_rounds = len(selector.path_["n_features"])
    frame["reason"] = [
        reason(row, varies, n_rounds) for row, varies in zip(frame.itertuples(), varying[order], strict=True)
    ]
    names = ["number", "feature", "rank", "selected", "reason", "importance", "p_value", "round", "kind", "missing"]
    return frame[names]


def reason(row: object, varies: bool, n_rounds: int) -> str:
    """Why a column is not selected, or what to know of one that is."""
    copied = _copied(row)
    if row.selected:
        return f"selected, though {copied}" if copied else "selected"
    if not varies:
        return "constant"
    if copied:
        return copied
    if np.isnan(row.importance):
        return "says too little by itself to enter"
    if row.p_value >= _HALF:
        return "no more than chance"
    return f"dropped in round {int(row.round)} of {n_rounds}"


def _copied(row: object) -> str:
    """What a column repeats, if it does."""
    size = abs(row.correlation)
    if pd.isna(row.copy_of) or not size >= _CLOSE:
        return ""
    if size >= _SAME:
        return f"copy of {row.copy_of}"
    return f"near copy of {row.copy_of}, r = {decimals(row.correlation)}"


def decimals(value: float) -> str:
    """Two decimals, or as many as tell it from 1.

    >>> decimals(0.984), decimals(-0.9996)
    ('.98', '-.9996')
    """
    places = next((n for n in range(2, 9) if f"{abs(value):.{n}f}" != f"{1:.{n}f}"), 9)
    return f"{value:.{places}f}".replace("0.", ".", 1)
