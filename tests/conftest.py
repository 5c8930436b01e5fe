"""Tables and graphs that several tests share."""

import os
import signal
from pathlib import Path

import naive
import numpy as np
import pandas as pd
import pytest
from hypothesis import settings

settings.register_profile("any machine", deadline=None)  # how long an example takes decides no test
settings.load_profile("any machine")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as of what a shell runs in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)  # tests send it, to themselves and to what they start

GOLDEN = Path(__file__).parent / "golden"
SHARED = Path(__file__).parents[2] / "shared" / "golden"


def pytest_configure(config):
    if config.getoption("numprocesses", None):  # a worker has one core: threads of BLAS would wait for others in a loop
        os.environ.setdefault("OMP_NUM_THREADS", "1")


# Tests of whole estimators and commands: tracing lengthens them by half, and what they reach has tests of its own.
UNTRACED = {
    "test_checks.py",
    "test_criterion_checks.py",
    "test_elimination_order.py",
    "test_joblib_backend.py",
    "test_newcomer.py",
    "test_pictures.py",
    "test_progress.py",
    "test_screens.py",
    "test_search.py",
    "test_selectors.py",
}


def pytest_collection_modifyitems(config, items):
    items.sort(key=lambda item: item.path.name != "test_readme.py")  # the longest first: at the end a worker would wait
    if config.pluginmanager.hasplugin("_cov"):
        for item in items:
            if item.path.name in UNTRACED:
                item.add_marker("no_cover")
    if os.environ.get("NUMBA_DISABLE_JIT", "0") == "1":
        for item in items:
            if item.get_closest_marker("compiled"):
                item.add_marker(pytest.mark.skip(reason="the kernels are interpreted in this run"))


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.fixture
def table(rng):
    """40 x 9 numbers on different scales, with a copy, a mirror image and ties."""
    X = rng.standard_normal((40, 9)) * np.arange(1, 10)
    X[:, 3] = X[:, 1]
    X[:, 5] = -2 * X[:, 0]
    X[:, 6] = np.round(X[:, 6] / 6)
    return X


@pytest.fixture
def small_graph(rng):
    """A dense, positive, asymmetric 8 x 8 matrix."""
    return rng.random((8, 8))


@pytest.fixture
def csv(tmp_path, rng):
    """A function that writes a table of six features and a text target, changed as asked, to a CSV file."""

    def write(change=lambda frame: frame, name="table.csv"):
        frame = pd.DataFrame(rng.standard_normal((60, 6)) * np.arange(1, 7), columns=list("abcdef"))
        frame["y"] = np.where(frame.a + frame.b > 0, "yes", "no")
        change(frame).to_csv(tmp_path / name, index=False)
        return str(tmp_path / name)

    return write


def spread_error(scores, reference):
    """Largest difference in units of the spread of the reference."""
    return np.abs(scores - reference).max() / np.ptp(reference)


def golden(name):
    """The numbers of one original run: from the repository, or for real tables from beside the project."""
    if (GOLDEN / f"{name}.npz").exists():
        numbers = dict(np.load(GOLDEN / f"{name}.npz"))
        return numbers | {"X": numbers["X"].astype(float)}
    if not (SHARED / f"golden_{name}.npz").exists():
        pytest.skip(f"the table {name} is not distributed with the project")
    numbers = np.load(SHARED / f"golden_{name}.npz")
    stored = {key.removesuffix("__w"): numbers[key] for key in numbers.files if key.endswith("__w")}
    table = np.load(SHARED / f"input_{name}.npz")
    return stored | {"X": table["X"].astype(float), "y": table["y"], "y_pm1": table["y_pm1"]}


SYNTHETIC = sorted(path.stem for path in GOLDEN.glob("syn_*.npz"))
REAL = ["colon", "lung_small", "madelon200"]


def dense_affinity(X, alpha, constant=0.0):
    """The classic affinity with vectorized correlations; `constant` is what a constant column's entries of c are."""
    from scipy.stats import rankdata

    with np.errstate(invalid="ignore", divide="ignore"):
        c = 1 - np.abs(np.corrcoef(rankdata(X, axis=0), rowvar=False))
    np.fill_diagonal(c, 0)
    flat = np.ptp(X, axis=0) == 0
    c[flat] = constant
    c[:, flat] = constant
    s = X.std(axis=0, ddof=1)
    spread = np.ptp(s)
    D = naive.max_outer((s - s.min()) / spread) if spread > 1e-6 * s.max() and len(s) < 50 else None
    if D is None:
        D = np.maximum.outer(s - s.min(), s - s.min()) / spread if spread > 1e-6 * s.max() else np.zeros_like(c)
    return alpha * D + (1 - alpha) * c
