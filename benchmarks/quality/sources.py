"""Tables: files of a folder, and those in tables/ that scikit-learn brings or generates."""

import zlib
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path

import numpy as np
from quality.columns import is_regression
from quality.protocol import N_FOLDS
from sklearn.model_selection import train_test_split

HOME = Path(__file__).parent
MOST_ROWS = 1000


@dataclass(frozen=True)
class Table:
    """Rows and columns, a target, and for generated tables which columns carry what (0 is noise)."""

    name: str
    origin: str  # "folder", "bundled" or "generated"
    X: np.ndarray
    y: np.ndarray
    groups: np.ndarray | None = None

    @cached_property
    def fingerprint(self):
        """Changes with any number, so that results on another table of the same name do not pass as its own."""
        return zlib.crc32(np.ascontiguousarray(self.y).tobytes(), zlib.crc32(np.ascontiguousarray(self.X).tobytes()))

    @property
    def task(self):
        return "regression" if is_regression(self.y) else "classification"


def load(folder, names=None):
    """The tables that are there, small ones first. `names` may choose some."""
    modules = {path.stem: path for path in (HOME / "tables").glob("[!_]*.py")}
    files = {path.stem: path for path in Path(folder).glob("*.npz")} if folder else {}
    chosen = names or [*modules, *files]
    for name in chosen:
        if name not in modules and name not in files:
            print(f"{name}: skipped, there is no such table")
    tables = [
        _module(name) if name in modules else _file(files[name]) for name in chosen if name in modules or name in files
    ]
    return sorted(tables, key=lambda table: table.X.size)


def _module(name):
    module = import_module(f"quality.tables.{name}")
    X, y = module.load()
    groups = module.groups() if hasattr(module, "groups") else None
    return prepared(name, "generated" if groups is not None else "bundled", X, y, groups)


def _file(path):
    """`X`, or the parts of a CSR matrix; integers divided by `scale` where `codec` says so."""
    from scipy.sparse import csr_matrix

    with np.load(path, allow_pickle=False) as stored:
        if "X" in stored:
            X = stored["X"].astype(float)
            X = X / stored["scale"] if stored["codec"] == "scale" else X
        else:
            parts = (stored[name] for name in ("data", "indices", "indptr"))
            X = csr_matrix(tuple(parts), shape=tuple(stored["shape"])).toarray().astype(float)
        return prepared(path.stem, "folder", X, stored["y"])


def prepared(name, origin, X, y, groups=None):
    """Classes smaller than the number of folds dropped, labels as integers, at most 1,000 rows (stratified)."""
    if not is_regression(y):
        _, codes, counts = np.unique(y, return_inverse=True, return_counts=True)
        large = counts[codes] >= N_FOLDS
        X, y = X[large], np.unique(codes[large], return_inverse=True)[1]
    if len(X) > MOST_ROWS:
        strata = None if is_regression(y) else y
        rows = train_test_split(np.arange(len(X)), train_size=MOST_ROWS, stratify=strata, random_state=0)[0]
        X, y = X[np.sort(rows)], y[np.sort(rows)]
    return Table(name, origin, X, y, groups)
