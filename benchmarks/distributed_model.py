"""What a product with A costs on a Dask cluster: ``python benchmarks/distributed_model.py``.

A model of few numbers (operations a second of a core, seconds a task, bytes a second between workers) is fitted to
runs on this machine. A simulation of the task graph, event by event as Dask's scheduler would place it, is checked
against products on clusters of one and of two workers, in CPU seconds of each worker, tasks and bytes, and projects
clusters that are not here. Seconds of a busy machine say little, and CPU seconds a lot: both are printed.

``--project`` leaves the measurements out and takes the numbers that stand in `MEASURED`.
"""

import argparse
import heapq
import math
import time
from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from infsel import InfFS
from infsel._runtime.threads import at_most
from infsel.distributed import DaskTable
from infsel.operators import Gram

AHEAD, FAN = 4, 16  # infsel/distributed/_cluster.py, _scheduler.py
BLOCK_BYTES, BLOCKS = 2**26, 4  # infsel/distributed/_table.py


@dataclass(frozen=True)
class Machine:
    """Numbers of one core and of what is between workers.

    Attributes
    ----------
    operation : float
        Seconds of one multiplication and one addition in a product of two blocks.
    entry : float
        Seconds of one entry of A beside that: its function, and its part in the product.
    read : float
        Seconds to read a byte of a block from memory, which blocks of few columns wait for.
    task : float
        Seconds that a task takes its worker and the scheduler beside its work.
    byte : float
        Seconds to move a byte from one worker to another.
    """

    operation: float
    entry: float
    read: float
    task: float
    byte: float


@dataclass(frozen=True)
class Product:
    """A product with the symmetric matrix of a table: all pairs of blocks of columns, each once.

    Attributes
    ----------
    n_features, n_samples, itemsize : int
    block : int
        Columns of a block.
    """

    n_features: int
    n_samples: int
    block: int
    itemsize: int = 8

    @property
    def widths(self):
        full, rest = divmod(self.n_features, self.block)
        return [self.block] * full + [rest] * (rest > 0)

    @property
    def n_pairs(self):
        b = len(self.widths)
        return b * (b + 1) // 2

    @property
    def n_tasks(self):
        """Pairs, and the sums of their tree."""
        total, level = self.n_pairs, self.n_pairs
        while level > 1:
            level = math.ceil(level / FAN)
            total += level
        return total

    @property
    def block_bytes(self):
        return self.block * self.n_samples * self.itemsize

    def seconds(self, machine, i, j):
        """Of the task of one pair."""
        widths = self.widths
        entries = widths[i] * widths[j] / (2 if i == j else 1)
        n_bytes = (widths[i] + widths[j]) * self.n_samples * self.itemsize
        return entries * (self.n_samples * machine.operation + machine.entry) + n_bytes * machine.read

    def work(self, machine):
        """Seconds of all pairs on one core."""
        entries = self.n_features**2 / 2
        n_bytes = 2 * self.n_pairs * self.block_bytes
        return entries * (self.n_samples * machine.operation + machine.entry) + n_bytes * machine.read


def usual_block(n_features, n_samples, n_threads, itemsize=8):
    """Columns of a block, as `DaskTable` chooses them."""
    wide = math.ceil(n_features / (BLOCKS * n_threads))
    return max(1, min(wide, BLOCK_BYTES // (n_samples * itemsize)))


@dataclass
class Run:
    """What a product took: seconds, bytes between workers, and busy seconds of each worker."""

    seconds: float
    n_bytes: float
    busy: list


def simulate(product, machine, n_workers, *, drops=False):
    """The product on workers of one thread each, event by event.

    The client keeps a few tasks a worker under way. The scheduler gives each to the worker that could begin it first,
    of those that have one of its two blocks; the other block is brought while the worker still computes, and stays
    there, or is dropped after use.
    """
    pairs = [(i, j) for i in range(len(product.widths)) for j in range(i, len(product.widths))]
    held = [set(range(w, len(product.widths), n_workers)) for w in range(n_workers)]
    free, link, busy = [0.0] * n_workers, [0.0] * n_workers, [0.0] * n_workers
    ends, now, n_bytes, scheduler = [], 0.0, 0.0, 0.0
    move = product.block_bytes * machine.byte
    for i, j in pairs:
        if len(ends) == AHEAD * n_workers:
            now = max(now, heapq.heappop(ends))
        scheduler = max(scheduler, now) + machine.task
        near = [w for w in range(n_workers) if held[w] & {i, j}]
        begin = {w: max(free[w], scheduler, (max(link[w], scheduler) + move) * (not {i, j} <= held[w])) for w in near}
        worker = min(near, key=lambda w: (begin[w], len(held[w])))
        if absent := {i, j} - held[worker]:
            link[worker] = max(link[worker], scheduler) + move * len(absent)
            n_bytes += product.block_bytes * len(absent)
            if not drops:
                held[worker] |= absent
        took = product.seconds(machine, i, j) + machine.task
        free[worker] = begin[worker] + took
        busy[worker] += took
        heapq.heappush(ends, free[worker])
    sums = (product.n_tasks - len(pairs)) * machine.task
    return Run(max(free) + sums, n_bytes, busy)


def project(product, machine, n_workers):
    """The same where there are too many pairs to simulate: none waits for a block, and nobody for the scheduler."""
    compute = product.work(machine) / n_workers + product.n_pairs * machine.task / n_workers
    n_bytes = product.n_pairs * product.block_bytes * (1 - 1 / n_workers)
    return Run(max(compute, product.n_tasks * machine.task, n_bytes * machine.byte / n_workers), n_bytes, [compute])


def absolute(entries, rows, columns):
    np.abs(entries, out=entries)


def matrix(Q):
    """|Q Q^T|, of which nothing is kept between products."""
    return Gram(Q, absolute, nonnegative=True, kept_bytes=0)


def best(seconds, repeats=5):
    return min(seconds() for _ in range(repeats))


def cpu_of_product(n_features, n_samples):
    """CPU seconds of a product on one core."""
    A, x = matrix(np.random.default_rng(0).standard_normal((n_features, n_samples))), np.ones(n_features)

    def once():
        start = time.thread_time()
        with at_most(1):
            A @ x
        return time.thread_time() - start

    return best(once)


def fitted_core(shapes=((2000, 16), (2000, 250), (2000, 1000), (8, 500_000))):
    """Seconds of an operation, an entry and a byte read: least squares over products, each relative to its time."""
    products = [Product(n_features, n_samples, n_features) for n_features, n_samples in shapes]
    units = [Machine(*unit, 0, 0) for unit in np.eye(3)]
    parts = np.array([[product.work(unit) for unit in units] for product in products])
    seconds = np.array([cpu_of_product(*shape) for shape in shapes])
    return nnls(parts / seconds[:, np.newaxis], np.ones(len(shapes)))[0].tolist()


def nothing(number):
    return number


def fitted_task(client, n_tasks=500):
    """CPU seconds that client and scheduler, which are one process here, take for a task."""

    def once():
        start = time.process_time()
        client.gather(client.map(nothing, range(n_tasks), pure=False))
        return (time.process_time() - start) / n_tasks

    return best(once)


def fitted_byte(client, n_bytes=2**26):
    """Seconds to bring a byte from one worker to another."""
    here, there = client.nthreads()

    def once():
        block = client.submit(np.ones, n_bytes // 8, workers=[here], pure=False)
        block.result()
        start = time.perf_counter()
        client.submit(len, block, workers=[there], pure=False).result()
        return (time.perf_counter() - start) / n_bytes

    return best(once)


def received(dask_worker):
    return sum(entry["total"] for entry in dask_worker.transfer_incoming_log)


def cpu_of_workers(client):
    """CPU seconds that the one thread of each worker has spent in tasks."""
    return {w: client.submit(time.thread_time, workers=[w], pure=False).result() for w in client.nthreads()}


def measured(client, n_features, n_samples):
    """A product on the cluster of a client: what it is, as the model tells of it, and what it took."""
    import dask.array as da

    X = da.random.default_rng(0).standard_normal((n_samples, n_features), chunks=(n_samples, 100))
    rows = DaskTable(X).unit_columns()
    A, x = matrix(rows), np.ones(n_features)
    n_bytes, cpu = sum(client.run(received).values()), cpu_of_workers(client)
    start = time.perf_counter()
    A @ x
    seconds, after = time.perf_counter() - start, cpu_of_workers(client)
    busy = [after[worker] - cpu[worker] for worker in after]
    product = Product(n_features, n_samples, int(rows.bounds[1]))
    return product, Run(seconds, sum(client.run(received).values()) - n_bytes, busy)


def compare(shapes=((1000, 200), (5000, 200), (5000, 2000))):
    """Seconds of a fit in memory and on the cluster that is connected, in turns."""
    import dask.array as da

    for n_features, n_samples in shapes:
        lazy = da.random.default_rng(0).standard_normal((n_samples, n_features), chunks=(n_samples, 500))
        X = lazy.compute()
        seconds = {"memory": math.inf, "cluster": math.inf}
        for _ in range(3):
            for where, table in (("memory", X), ("cluster", lazy)):
                start = time.perf_counter()
                fitted = InfFS().fit(table)
                seconds[where] = min(seconds[where], time.perf_counter() - start)
        print(
            f"InfFS, {n_features} columns x {n_samples} rows, {fitted.n_iter_} products: "
            f"{seconds['memory']:.2f} s in memory, {seconds['cluster']:.2f} s on two workers"
        )


CHECKED = [(4000, 500), (4000, 2000), (8000, 1000)]  # columns and rows
# of one core of a shared machine with AVX2, and between two of its processes
MEASURED = Machine(operation=3.3e-11, entry=8.6e-10, read=4.5e-11, task=5.1e-4, byte=3.5e-10)


def check():
    """Fit the machine, and hold the simulation against products on one and two workers."""
    from distributed import Client, LocalCluster

    core = fitted_core()
    options = {"threads_per_worker": 1, "dashboard_address": ":0", "memory_limit": None}
    runs = []
    for n_workers in (2, 1):
        with LocalCluster(n_workers=n_workers, **options) as cluster, Client(cluster) as client:
            if n_workers == 2:
                machine = Machine(*core, fitted_task(client), fitted_byte(client))
                compare()
            measured(client, 500, 100)  # compiled, and connected
            runs += [(n_workers, *measured(client, *shape)) for shape in CHECKED]
    print(machine)
    print("columns  rows  block  workers |  tasks | CPU s of workers: model, run | MB moved: model, run | seconds")
    for n_workers, product, run in runs:
        model = simulate(product, machine, n_workers)
        print(
            f"{product.n_features:7d} {product.n_samples:5d} {product.block:6d} {n_workers:8d} | "
            f"{product.n_tasks:6d} | {seconds_of(model.busy):>15}, {seconds_of(run.busy):>10} | "
            f"{model.n_bytes / 1e6:11.0f}, {run.n_bytes / 1e6:6.0f} | {model.seconds:.2f}, {run.seconds:.2f}"
        )
    return machine


def seconds_of(busy):
    return " + ".join(f"{seconds:.2f}" for seconds in busy)


def tell(machine, n_workers=64):
    """Project what nobody has measured here."""
    for n_features, n_samples, itemsize in ((10_000_000, 1_000, 8), (100_000, 100_000, 8), (100_000, 10**9, 8)):
        block = usual_block(n_features, n_samples, n_workers, itemsize)
        product = Product(n_features, n_samples, block, itemsize)
        run = project(product, machine, n_workers)
        print(
            f"{n_features:,} columns x {n_samples:,} rows on {n_workers} workers: blocks of {block} columns "
            f"({product.block_bytes / 1e6:,.0f} MB), {product.n_tasks:,} tasks and at most "
            f"{run.n_bytes / 1e12:,.1f} TB a product, {run.seconds / 3600:,.1f} hours"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--project", action="store_true", help="only project, with the numbers measured before")
    tell(MEASURED if parser.parse_args().project else check())


if __name__ == "__main__":
    main()
