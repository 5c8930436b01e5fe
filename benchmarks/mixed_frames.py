"""What it costs to read wide data frames of numbers and text: 300 rows and 3,000 columns, every third one of text.

A frame of each library is fitted by CoverageSelector, beside the table of the same numbers and labels, which needs no
reading, and the numbers alone. Least processor time of a few turns, in which all take part.

    python benchmarks/mixed_frames.py --turns 5
"""

from __future__ import annotations

import argparse
import os
import time
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from infsel import CoverageSelector
from infsel.tables import MixedTable

GAPS, N_LABELS = 0.1, 8


def frames(n_rows: int, n_columns: int, rng: Any) -> dict[str, Any]:
    """The same table in several libraries."""
    codes = rng.integers(0, N_LABELS, (n_rows, n_columns))
    numbers = rng.standard_normal((n_rows, n_columns))
    gone, text = rng.random((n_rows, n_columns)) < GAPS, np.arange(n_columns) % 3 == 0
    levels = np.array([f"level {k}" for k in range(N_LABELS)], dtype=object)
    columns = {
        f"x{j}": pd.Series(np.where(gone[:, j], None, levels[codes[:, j]]), dtype=object)
        if text[j]
        else np.where(gone[:, j], np.nan, numbers[:, j])
        for j in range(n_columns)
    }
    objects, named = pd.DataFrame(columns), [f"x{j}" for j in np.flatnonzero(text)]
    mixed = np.where(gone, np.nan, np.where(text, codes, numbers))
    table = MixedTable(np.asfortranarray(mixed), np.where(text, "nominal", "numeric"))

    def of_type(kind: str) -> pd.DataFrame:
        return objects.astype(dict.fromkeys(named, kind))

    return {
        "a table of codes": table,
        "pandas, numbers alone": objects.drop(columns=named),
        "pandas, objects": objects,
        "pandas, string": of_type("string"),
        "pandas, string[pyarrow]": of_type("string[pyarrow]"),
        "pandas, category": of_type("category"),
        "polars, String": pl.from_pandas(objects),
        "polars, Categorical": pl.from_pandas(objects).with_columns(pl.col(named).cast(pl.Categorical)),
        "pyarrow, string": pa.Table.from_pandas(objects),
        "pyarrow, dictionary": pa.Table.from_pandas(of_type("category")),
    }


def seconds(X: Any, y: np.ndarray) -> float:
    """Processor time of a fit; a table is copied, because it remembers its statistics."""
    X = X.weighted(None) if isinstance(X, MixedTable) else X
    start = time.process_time()
    CoverageSelector(n_features_to_select=10).fit(X, y)
    return time.process_time() - start


def main() -> None:
    """Print a table: milliseconds of a fit by library."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--columns", type=int, default=3000)
    parser.add_argument("--turns", type=int, default=5)
    options = parser.parse_args()
    rng = np.random.default_rng(0)
    found, y = frames(options.rows, options.columns, rng), rng.integers(0, 2, options.rows)
    turns = [[seconds(X, y) for X in found.values()] for _ in range(options.turns + 1)]
    print("| frame | ms |\n| --- | --- |")
    for name, least in zip(found, np.min(turns[1:], axis=0), strict=True):  # the first turn compiles
        print(f"| {name} | {1000 * least:.0f} |")


if __name__ == "__main__":
    main()
