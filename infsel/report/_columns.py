"""Each column with its rank, and a reason for each that is not selected."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from infsel.estimators import RecursiveElimination
from infsel.studies._copied import copied

_HALF = 0.5  # p value from which on a column does no more than chance: half of the shuffled targets have one as good


def column_rows(selector: RecursiveElimination, X: pd.DataFrame) -> pd.DataFrame:
    """One row a column, best first, from what a fitted elimination says."""
    frame = pd.DataFrame(selector.to_frame())
    order = np.argsort(selector.ranking_, kind="stable")
    kinds = getattr(selector, "kinds_", np.full(X.shape[1], "numeric"))
    frame["number"], frame["kind"] = order + 1, np.asarray(kinds)[order]
    frame["missing"] = X.isna().to_numpy().mean(axis=0)[order]
    frame["constant"] = (X.nunique() < 2).to_numpy()[order]  # no array has labels and gaps
    frame["labels"] = _with_labels(frame)
    n_rounds = len(selector.path_["n_features"])
    frame["reason"] = [reason(row, n_rounds) for row in frame.itertuples()]
    names = ["number", "feature", "rank", "selected", "reason", "importance", "p_value", "round", "kind", "missing"]
    return frame[names]


def reason(row: Any, n_rounds: int) -> str:
    """Why a column is not selected, or what to know of one that is."""
    copied = _copied(row)
    if row.selected:
        return f"selected, though {copied}" if copied else "selected"
    if row.constant:
        return "constant"
    if copied:
        return copied
    if np.isnan(row.importance):
        return "says too little by itself to enter"
    if row.p_value >= _HALF:
        return "no more than chance"
    return f"dropped in round {int(row.round)} of {n_rounds}"


def _with_labels(frame: pd.DataFrame) -> np.ndarray:
    """Whether a column or what it repeats holds labels, so that their association has no sign."""
    kinds = dict(zip(frame["feature"], frame["kind"], strict=True))
    return np.array(["nominal" in (row.kind, kinds.get(row.copy_of)) for row in frame.itertuples()], dtype=bool)


def _copied(row: Any) -> str:
    """What a column repeats, if it does."""
    return "" if pd.isna(row.copy_of) else copied(row.copy_of, row.correlation, row.labels)
