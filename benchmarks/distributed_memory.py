"""A table larger than the memory of the workers: ``python benchmarks/distributed_memory.py --gigabytes 20 --memory 2``.

The table is drawn where it is read and exists nowhere as a whole: 2,500,000 samples of 1,000 columns, or with
``--samples 1000`` as many columns as make up the size. The first table says what a fit takes: its time, the
largest memory of a worker, the bytes that workers have sent each other, and how many tasks of each kind have run. With
``--speed`` the second compares one worker with two on a product that computes (`Redundancy` among many columns); only
where two cores are free does it say something.
"""

import argparse
import resource
import statistics
import time
from collections import Counter
from contextlib import contextmanager

import dask
import dask.array
import distributed
import numpy as np

from infsel import InfFS
from infsel.affinities import Correlation, Redundancy
from infsel.distributed import DaskTable


@contextmanager
def cluster(n_workers, memory=None):
    """A client of a local cluster, and the counter of its tasks."""
    with (
        distributed.LocalCluster(
            n_workers=n_workers, threads_per_worker=1, processes=True, dashboard_address=":0", memory_limit=memory
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


class Tasks(distributed.SchedulerPlugin):
    """How many tasks of each kind have come to an end."""

    name = "tasks"

    def __init__(self):
        self.done = Counter()

    def transition(self, key, start, finish, *args, **kwargs):
        if finish == "memory":
            self.done[distributed.utils.key_split(key)] += 1


def sent(dask_worker):
    return dask_worker.transfer_outgoing_bytes_total


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def drawn(n_samples, n_features):
    """Columns that share a few directions, drawn in blocks of 32 MB along the longer side."""
    size, tall = 2**22, n_samples > n_features
    height, width = (size // n_features, n_features) if tall else (n_samples, max(1, size // n_samples))
    chunks = dask.array.core.normalize_chunks((height, width), (n_samples, n_features))
    return dask.array.map_blocks(block_of, chunks=chunks, dtype=float, meta=np.empty((0, 0)))


def block_of(block_info):
    (top, bottom), (left, right) = block_info[None]["array-location"]
    common = np.random.default_rng([0, top]).standard_normal((bottom - top, 3))
    loadings = np.random.default_rng([1, left]).standard_normal((3, right - left))
    return np.random.default_rng([2, top, left]).standard_normal((bottom - top, right - left)) + common @ loadings


def larger_than_memory(gigabytes, memory, n_samples, correlation):
    n_features = int(gigabytes * 1e9 / 8 / n_samples)
    with cluster(2, f"{memory}GB") as client:
        client.register_plugin(Tasks())
        X = drawn(n_samples, n_features)
        start = time.perf_counter()
        fitted = InfFS(affinity=Correlation(correlation), n_hops=1, readout="total").fit(X)
        seconds = time.perf_counter() - start
        print(f"{n_samples:,} x {n_features:,}, {X.nbytes / 1e9:.1f} GB, 2 workers of {memory} GB, {correlation}")
        print(f"seconds {seconds:.0f}, best columns {np.argsort(fitted.ranking_)[:5].tolist()}")
        print(f"peak memory of a worker {max(client.run(peak).values()):.2f} GiB, of the client {peak():.2f} GiB")
        print(f"sent between workers {sum(client.run(sent).values()) / 1e9:.2f} GB")
        done = client.run_on_scheduler(lambda dask_scheduler: dict(dask_scheduler.plugins["tasks"].done))
        print("tasks", sum(done.values()), {kind: n for kind, n in done.items() if kind.startswith("infsel")})


def one_against_two(n_samples=2000, n_features=16000, repeats=3):
    """Seconds of a product that keeps nothing, after the rows are where they are."""
    X, x, seconds = np.random.default_rng(0).standard_normal((n_samples, n_features)), np.ones(n_features), {}
    for n_workers in (1, 2):
        with cluster(n_workers):
            A = Redundancy("pearson")(DaskTable(dask.array.from_array(X, chunks=(n_samples, 500))))
            A.keep(0)
            A @ x
            times = []
            for _ in range(repeats):
                start = time.perf_counter()
                A @ x
                times.append(time.perf_counter() - start)
            seconds[n_workers] = statistics.median(times)
    print(f"one worker {seconds[1]:.2f} s, two {seconds[2]:.2f} s, {seconds[1] / seconds[2]:.2f} times")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=20)
    parser.add_argument("--memory", type=float, default=2, help="of a worker, in GB")
    parser.add_argument("--samples", type=int, default=2_500_000)
    parser.add_argument("--correlation", choices=["pearson", "spearman"], default="pearson")
    parser.add_argument("--speed", action="store_true")
    arguments = parser.parse_args()
    if arguments.speed:
        one_against_two()
    else:
        larger_than_memory(arguments.gigabytes, arguments.memory, arguments.samples, arguments.correlation)
