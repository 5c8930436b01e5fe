"""How far a fit is from the matrix products it cannot avoid, at the speed that BLAS has in the same process."""

import statistics

from harness.limit import sweep
from threadpoolctl import threadpool_info

from infsel import AttentionSelector, InfFS
from works._alone import alone, peak, seconds
from works._tables import noise

WORK = "50,000 x 100 float32, InfFS classic, and 100,000 x 100, AttentionSelector"
BAR = (
    "at most 1.6 times the symmetric GEMM work of its products, memory below 500 MB over X; "
    "attention at most 2.5 times its GEMM work"
)
SELECTORS = {"InfFS": InfFS, "AttentionSelector": AttentionSelector}


def measure(small):
    sizes = (2_000, 4_000) if small else (50_000, 100_000)
    found = []
    for name, n, dtype, repeats in (
        ("InfFS", sizes[0], "float32", 3),
        ("AttentionSelector", sizes[1], "float64", 1),
        ("AttentionSelector", sizes[1], "float32", 2),
    ):
        ratios, seen = alone("limit", "turns", name, n, dtype, repeats)
        found.append(
            f"{name}, {n:,} features, {dtype}: {statistics.median(ratios):.2f} times its GEMM work "
            f"({min(ratios):.2f} to {max(ratios):.2f}; {seen['fit']:.1f} s, {seen['products']} products, BLAS at "
            f"{seen['speed'] / 1e9:.0f} Gflop/s), {seen['memory']:.0f} MB over X and start-up"
        )
    return found


def turns(name, n_features, dtype, repeats):
    X = noise(100, n_features, dtype)
    Z, threads = X.T.copy(), max(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas")
    SELECTORS[name]().fit(X[:, :600])
    before = peak()
    fitted = SELECTORS[name]()
    fit, memory = seconds(lambda: fitted.fit(X)), peak() - before
    ratios = []
    products = fitted.n_iter_ + (name == "AttentionSelector")  # one for the row sums
    flops = n_features**2 * 100  # both halves of a product of one triangle
    for _ in range(repeats):
        done = []
        spent = seconds(lambda done=done: done.append(sweep(Z, threads)))
        ratios.append(fit / (products * spent * flops / done[0]))
        fit = seconds(lambda: fitted.fit(X))
    return ratios, {"fit": fit, "products": products, "speed": done[0] / spent, "memory": memory}
