"""Tables: files of folders, and those in tables/ that scikit-learn brings or generates."""

import zlib
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from pathlib import Path

import numpy as np
from quality.columns import is_regression
from quality.protocol import N_FOLDS
from scipy.sparse import csr_matrix
from sklearn.model_selection import train_test_split

HOME = Path(__file__).parent
MOST_ROWS = 1000
TARGETS = {"liver_toxicity": "ALT.IU.L.", "hiv_nrti": "X3TC", "hiv_pi": "APV"}  # of several, the one that is predicted
LOGARITHMS = ("permeability", "liver_toxicity")  # targets of over two decades, as their authors take them
ORDERS = {"date": "time", "subject": "subjects"}  # arrays of a file that say which rows belong together


@dataclass(frozen=True)
class Table:
    """Rows and columns, a target, and for generated tables which columns carry what (0 is noise)."""

    name: str
    origin: str  # "folder", "bundled", "generated" or "extended"
    X: np.ndarray
    y: np.ndarray
    groups: np.ndarray | None = None
    order: str = ""  # "time" if rows follow each other, "subjects" if `units` says which belong together
    units: np.ndarray | None = None
    judged: str = "models"  # "order" if only the order of the columns counts

    @cached_property
    def fingerprint(self):
        """Changes with any number, so that results on another table of the same name do not pass as its own."""
        return zlib.crc32(np.ascontiguousarray(self.y).tobytes(), zlib.crc32(np.ascontiguousarray(self.X).tobytes()))

    @property
    def task(self):
        return "regression" if is_regression(self.y) else "classification"


def load(folders, names=None):
    """The tables that are there, small ones first. `names` may choose some."""
    modules = {path.stem: path for path in (HOME / "tables").glob("[!_]*.py")}
    files = {path.stem: path for folder in folders or () for path in Path(folder).glob("*.npz")}
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
    return prepared(Table(name, "generated" if groups is not None else "bundled", X, y, groups))


def _file(path):
    """`X`, or the parts of a CSR matrix; what else a file may hold is said in benchmarks/README.md."""
    with np.load(path, allow_pickle=False) as stored:
        X, y, order = _columns(stored), _target(path.stem, stored), next(filter(stored.__contains__, ORDERS), None)
        groups = np.where(stored["truth"], 1 + np.arange(X.shape[1]), 0) if "truth" in stored else None
        units = None if order is None else stored[order]
    return prepared(Table(path.stem, "folder", X, y, groups, ORDERS.get(order, ""), units))


def _columns(stored):
    """Floats; integers divided by `scale` where `codec` says so."""
    if "X" not in stored:
        parts = (stored[name] for name in ("data", "indices", "indptr"))
        return csr_matrix(tuple(parts), shape=tuple(stored["shape"])).toarray().astype(float)
    X = stored["X"].astype(float)
    return X / stored["scale"] if "codec" in stored and stored["codec"] == "scale" else X


def _target(name, stored):
    y = stored["y"]
    if name in TARGETS:
        y = y[:, stored["targets"].tolist().index(TARGETS[name])]
    return np.log10(y) if name in LOGARITHMS else y


def prepared(table):
    """Rows without a target and classes smaller than the number of folds dropped, labels as integers, 1,000 rows."""
    y = table.y
    rows = np.flatnonzero(~np.isnan(y)) if is_regression(y) else _of_large_classes(y)
    if not is_regression(y):
        y = np.unique(y, return_inverse=True)[1]
    if len(rows) > MOST_ROWS:
        strata = None if is_regression(y) else y[rows]
        rows = np.sort(train_test_split(rows, train_size=MOST_ROWS, stratify=strata, random_state=0)[0])
    y = y[rows] if is_regression(y) else np.unique(y[rows], return_inverse=True)[1]
    return replace(table, X=table.X[rows], y=y, units=None if table.units is None else table.units[rows])


def _of_large_classes(y):
    _, codes, counts = np.unique(y, return_inverse=True, return_counts=True)
    return np.flatnonzero(counts[codes] >= N_FOLDS)
