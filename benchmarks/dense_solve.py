"""InfFS against a dense solve of the same system: time, peak memory and agreement, in one run.

Each measurement is a process of its own, the two methods take turns, and the ratio of each pair is printed. Both use
every core BLAS finds. The dense program is what a careful NumPy user writes, n x n matrices and all; its spectral
radius comes from 30 power iterations, which favors it (an eigensolver would take longer than the solve).

    python benchmarks/dense_solve.py --features 10000 --samples 100 --repeats 3
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time

import numpy as np
from methods import dense_numpy, inf_fs


def table(n_samples, n_features):
    return np.random.default_rng(0).standard_normal((n_samples, n_features))


METHODS = {"dense": dense_numpy.solve, "infsel": inf_fs.solve}


def measure(method, n_samples, n_features):
    """Run in a child process: seconds of one fit after a small one, the peak of the process, and the scores."""
    X = table(n_samples, n_features)
    METHODS[method](X[:, :300], None)  # imports, and the compiled kernels from disk
    start = time.perf_counter()
    scores = METHODS[method](X, None)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak, "scores": scores[:1000].tolist()}))


def run(method, arguments):
    command = [sys.executable, __file__, "--method", method]
    command += ["--samples", str(arguments.samples), "--features", str(arguments.features)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--features", type=int, default=10_000)
    parser.add_argument("--samples", type=int, default=100)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--method", choices=METHODS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.method:
        measure(arguments.method, arguments.samples, arguments.features)
        return
    print(f"{arguments.samples} samples x {arguments.features} features, float64")
    print("dense s  infsel s  ratio   dense MB  infsel MB  ratio   difference / spread")
    ratios = []
    run("infsel", arguments)  # compile, once
    for _ in range(arguments.repeats):
        slow, fast = run("dense", arguments), run("infsel", arguments)
        a, b = np.array(slow["scores"]), np.array(fast["scores"])
        ratios.append(slow["seconds"] / fast["seconds"])
        print(
            f"{slow['seconds']:7.2f}  {fast['seconds']:8.3f}  {ratios[-1]:5.1f}   {slow['peak']:8.0f}  "
            f"{fast['peak']:9.0f}  {fast['peak'] / slow['peak']:5.2f}   {np.abs(a - b).max() / np.ptp(a):.1e}"
        )
    print(f"median ratio of times {statistics.median(ratios):.1f}")


if __name__ == "__main__":
    main()
