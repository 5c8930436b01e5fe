"""How far InfFS is from the matrix products it cannot avoid: ``python -m harness.limit FEATURES SAMPLES REPEATS``.

A product with A needs f(Z Z^T), Z of shape (n, T); tiles of one triangle serve both halves, which is n^2 T flops. How
fast those are is measured in the same process, in turns with the fits, in the shape they have in a fit (256 x T times
T x 256, all tiles of one triangle, one thread per core) and in the shape BLAS likes best (one large square).
"""

import json
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from datasets import noise
from threadpoolctl import threadpool_info, threadpool_limits

TILE, SQUARE = 256, 2048


def sweep(Z, n_threads):
    """Compute every tile of one triangle of Z Z^T once, and forget it. Returns the flops."""

    def share(starts):
        scratch, flops = np.empty((TILE, TILE), Z.dtype), 0
        for a in starts:
            for b in range(a, len(Z), TILE):
                rows, columns = Z[a : a + TILE], Z[b : b + TILE]
                np.matmul(rows, columns.T, out=scratch[: len(rows), : len(columns)])
                flops += 2 * len(rows) * len(columns) * Z.shape[1]
        return flops

    starts = range(0, len(Z), TILE)
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(n_threads) as pool:
        return sum(pool.map(share, (starts[k::n_threads] for k in range(n_threads))))


def square(M):
    np.matmul(M, M)
    return 2 * len(M) ** 3


def measure(X, repeats):
    from infsel import InfFS

    n_threads = max((pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"), default=1)
    Z, M = np.ascontiguousarray(X.T), np.ones((SQUARE, SQUARE), X.dtype)
    tasks = {"fit": lambda: InfFS().fit(X).n_iter_, "tile": lambda: sweep(Z, n_threads), "square": lambda: square(M)}
    times = {name: [] for name in tasks}
    result = {name: task() for name, task in tasks.items()}  # warm
    for _ in range(repeats):
        for name, task in tasks.items():
            start = time.perf_counter()
            result[name] = task()
            times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) for name, values in times.items()}
    speeds = {name: result[name] / medians[name] for name in ("tile", "square")}
    flops = len(Z) ** 2 * Z.shape[1]  # of one product
    return {"products": result["fit"], "fit": medians["fit"], "threads": n_threads, "flops": flops} | speeds


if __name__ == "__main__":
    n_features, n_samples, repeats = map(int, sys.argv[1:])
    X = noise.load(n_features, n_samples)[0]
    found = {np.dtype(kind).name: measure(X.astype(kind), repeats) for kind in (np.float64, np.float32)}
    print(json.dumps({"features": n_features, "samples": n_samples, "kinds": found}))
