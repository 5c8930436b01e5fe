"""Tables in formats with types of their own."""

import io
import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from infsel._runtime.extras import install
from infsel._runtime.words import counted, listed
from infsel.files._dialect import titles
from infsel.files._notes import Notes
from infsel.files._unpack import members

_TOP = 500  # rows that show where the table begins
_OTHERS = {
    b"\x89HDF": "an HDF5 file: save the table with pandas.read_hdf(...).to_parquet(...)",
    b"SQLite format 3": "an SQLite database: save the table with pandas.read_sql(...).to_parquet(...)",
    b"RDX": "an R workspace: save the table in R with write.csv(table, 'table.csv', row.names = FALSE)",
    b"RDA": "an R workspace: save the table in R with write.csv(table, 'table.csv', row.names = FALSE)",
    b"X\n\0": "an R object: save the table in R with write.csv(table, 'table.csv', row.names = FALSE)",
    b"\x80\x04": "a pickle, which is not opened because it can run anything: save the table as Parquet",
    b"\x80\x05": "a pickle, which is not opened because it can run anything: save the table as Parquet",
    b"%PDF": "a PDF document: save its table as CSV",
    b"$FL2": "an SPSS file: save the table with pandas.read_spss(...).to_parquet(...)",
    b"<!DOCTYPE": "a web page: save its table as CSV",
    b"<html": "a web page: save its table as CSV",
}


def read_binary(data: bytes, notes: Notes) -> pd.DataFrame | None:
    """The table, by what the file begins with; None if that is text.

    Raises
    ------
    ValueError
        If it holds something else, with what to do about it.
    """
    for beginning, what in _OTHERS.items():
        if data.startswith(beginning):
            raise ValueError(f"it is {what}.")
    if data.startswith(b"PAR1"):
        return _said("as Parquet", _opened("Parquet", pd.read_parquet, data), notes, labels=True)
    if data.startswith((b"ARROW1", b"FEA1")):
        return _said("as Feather", _opened("Feather", pd.read_feather, data), notes, labels=True)
    if data.startswith(b"\x93NUMPY"):
        return _said("as NPY", _of_array(np.load(io.BytesIO(data), allow_pickle=False), None), notes)
    if (names := members(data)) and all(name.endswith(".npy") for name in names):
        return _said("as NPZ", _npz(data, notes), notes)
    if names or data.startswith(b"\xd0\xcf\x11\xe0"):
        return _spreadsheet(data, notes)
    return None


def read_marked(text: str, notes: Notes) -> pd.DataFrame | None:
    """The table of a text that is JSON or ARFF, None of any other.

    Raises
    ------
    ValueError
        If it holds no records, or types that ARFF has and scipy does not read.
    """
    if text.lstrip()[:1] in ("{", "["):
        return _said("as JSON records", _json(text), notes)
    if re.match(r"(\s*%.*\n|\s*\n)*\s*@relation\b", text, re.IGNORECASE):
        return _said("as ARFF", _arff(text), notes)
    return None


def _opened(kind: str, read: Callable[[io.BytesIO], pd.DataFrame], data: bytes) -> pd.DataFrame:
    try:
        return read(io.BytesIO(data))
    except ImportError as missing:
        raise ValueError(f"it is {kind}, which needs pyarrow: {install('cli')}.") from missing
    except Exception as error:  # what the readers raise has no end: KeyError, RecursionError, errors of Arrow
        raise ValueError(f"it begins like {kind}, but is not readable ({type(error).__name__}: {error}).") from error


def _said(how: str, frame: pd.DataFrame, notes: Notes, labels: bool = False) -> pd.DataFrame:
    notes.how.append(how)
    if labels and frame.index.name is not None and len(frame):
        notes.said.append(f"row labels: {frame.index.name!r}")
    return frame


def _spreadsheet(data: bytes, notes: Notes) -> pd.DataFrame:
    try:
        with pd.ExcelFile(io.BytesIO(data)) as book:
            sheets = [str(name) for name in book.sheet_names]
            cells = pd.read_excel(book, sheet_name=sheets[0], header=None)
    except ImportError as missing:
        raise ValueError(f"it is a spreadsheet, which needs a package: {install('excel')} ({missing}).") from missing
    if len(sheets) > 1:
        notes.said.append(f"the first of {len(sheets)} sheets is read, {sheets[0]!r}")
    if cells.empty:
        raise ValueError("the first sheet is empty.")
    head = titles([["" if pd.isna(cell) else str(cell) for cell in row] for row in cells.head(_TOP).to_numpy()])
    if head:
        notes.how.append(f"without {counted(head, 'line')} above the header")
    frame = cells.iloc[head + 1 :].reset_index(drop=True).infer_objects()
    frame.columns = pd.Index(["" if pd.isna(name) else str(name).strip() for name in cells.iloc[head]])
    return _said("as a spreadsheet", frame, notes)


def _npz(data: bytes, notes: Notes) -> pd.DataFrame:
    arrays = dict(np.load(io.BytesIO(data), allow_pickle=False))
    X = arrays.get("X", next((array for array in arrays.values() if array.ndim == 2), None))
    if X is None or X.ndim != 2:
        raise ValueError(f"it is NPZ without an array X of rows and columns; it has {listed(arrays)}.")
    names = next((arrays[key] for key in ("names", "feature_names", "columns") if key in arrays), None)
    frame = _of_array(X, names)
    y = arrays.get("y")
    if y is not None and y.ndim in (1, 2) and len(y) == len(X):
        outputs = y.reshape(len(y), -1).T
        for k, output in enumerate(outputs):
            frame["y" if len(outputs) == 1 else f"y {k + 1}"] = output
    other = [key for key in arrays if key not in ("X", "y", "names", "feature_names", "columns")]
    if other:
        notes.said.append(f"arrays that are not read: {listed(other)}")
    return frame


def _of_array(X: np.ndarray, names: np.ndarray | None) -> pd.DataFrame:
    if X.ndim != 2:
        raise ValueError(f"it holds an array of shape {X.shape}: a table has rows and columns.")
    if names is None or names.shape != X.shape[1:]:
        names = np.array([f"x{k}" for k in range(X.shape[1])])
    return pd.DataFrame(X, columns=[str(name) for name in names])


def _json(text: str) -> pd.DataFrame:
    try:
        records = json.loads(text)
    except json.JSONDecodeError:
        try:
            records = [json.loads(line) for line in text.splitlines() if line.strip()]
        except json.JSONDecodeError as error:
            raise ValueError(f"it begins like JSON, but is not ({error}).") from error
    if isinstance(records, dict) and all(isinstance(values, list) for values in records.values()):
        return pd.DataFrame(records)
    if isinstance(records, list) and records and all(isinstance(record, dict) for record in records):
        return pd.DataFrame.from_records(records)
    kind = "an object" if isinstance(records, dict) else "a list"
    raise ValueError(
        f'it is JSON, but {kind} of something else than rows: write records, [{{"a": 1, "b": 2}}, ...], as '
        "pandas.DataFrame.to_json(path, orient='records') does."
    )


def _arff(text: str) -> pd.DataFrame:
    from scipy.io import arff

    try:
        rows, meta = arff.loadarff(io.StringIO(text))
    except NotImplementedError as error:
        raise ValueError(f"it is ARFF with what is not read ({error}): save it as CSV.") from error
    frame: dict[str, Any] = {}
    for name in meta.names():
        kind, levels = meta[name]
        values = rows[name]
        frame[name] = _nominal(values, levels) if kind == "nominal" else values
    return pd.DataFrame(frame)


def _nominal(values: np.ndarray, levels: tuple[str, ...]) -> pd.Categorical:
    text = [value.decode() for value in values]
    return pd.Categorical([None if value == "?" else value for value in text], categories=list(levels))
