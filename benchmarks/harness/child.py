"""One measurement, in a process of its own: ``python -m harness.child METHOD DATASET FEATURES SAMPLES``."""

import json
import resource
import sys
import time
from importlib import import_module

import numpy as np

SMALL = 300  # columns of the first fit, which pays for imports and compilers
TOP = 50


def measure(method, dataset, n_features, n_samples):
    X, y = dataset.load(n_features, n_samples)
    X = np.ascontiguousarray(X, dtype=np.float64)
    first = _timed(method, X[:, :SMALL].copy(), y)
    before = _peak()
    fit = _timed(method, X, y)
    scores = np.real(fit.pop("scores")).astype(float)
    found = {"samples": len(X), "features": X.shape[1], "first": first["seconds"], "nan": int(np.isnan(scores).sum())}
    if hasattr(dataset, "relevant"):
        relevant = dataset.relevant(n_features)
        found["hits"] = int(relevant[np.argsort(-scores, kind="stable")[:TOP]].sum())  # NaN comes last
        found["chance"] = float(TOP * relevant.mean())
    return found | fit | {"peak": _peak(), "growth": _peak() - before}


def _timed(method, X, y):
    """Wall and CPU seconds of one fit."""
    wall, cpu = time.perf_counter(), time.process_time()
    scores = method.solve(X, y)
    return {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "scores": scores}


def _peak():
    """Most MB that the process has held so far, or its start-up or its libraries."""
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    method, dataset = import_module(f"methods.{sys.argv[1]}"), import_module(f"datasets.{sys.argv[2]}")
    print(json.dumps(measure(method, dataset, *map(int, sys.argv[3:]))))
