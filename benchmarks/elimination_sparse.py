"""What does elimination of a sparse table cost, and does it rank as dense? ``python benchmarks/elimination_sparse.py``.

Each method selects 500 words of the same TF-IDF table, in a process of its own. Words follow Zipf's law, and one in
ten is more or less frequent in the second class. Growth is the most memory that the process held in the fit, less
what it held before, in MB and in multiples of the sparse table. Accuracy is that of a linear SVM on the selected words
of as many documents more. ``--data DIR`` adds RELATHE.npz and BASEHOCK.npz of that folder, sparse and dense, and how
many ranks differ; ``--dense`` does the same of the TF-IDF table, which takes some GB.
"""

import argparse
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.feature_selection import RFE, SelectFromModel, SelectKBest, chi2
from sklearn.svm import LinearSVC

from infsel import RecursiveElimination

K = 500
METHODS = {
    "RecursiveElimination": RecursiveElimination(n_features_to_select=K),
    "RecursiveElimination, n_jobs=1": RecursiveElimination(n_features_to_select=K, n_jobs=1),
    "RecursiveElimination, linear": RecursiveElimination(n_features_to_select=K, kernel="linear"),
    "RFE of LinearSVC, step=0.2": RFE(LinearSVC(max_iter=10_000), n_features_to_select=K, step=0.2),
    "SelectFromModel of LinearSVC, l1": SelectFromModel(
        LinearSVC(penalty="l1", dual=False, max_iter=10_000), max_features=K, threshold=-np.inf
    ),
    "SelectKBest, chi2": SelectKBest(chi2, k=K),
}
UNIT = 2**20 if sys.platform == "darwin" else 2**10


def documents(n_documents, n_words, length=80, seed=0):
    """Counts of words in documents of two classes, and the classes."""
    rng = np.random.default_rng(seed)
    popularity = 1 / (np.arange(n_words) + 20.0)
    told = np.exp(rng.standard_normal(n_words) * (rng.random(n_words) < 0.1))
    classes, lengths = rng.integers(0, 2, n_documents), rng.poisson(length, n_documents) + 5
    counts = sp.lil_array((n_documents, n_words)).tocsr()
    for k, shares in enumerate((popularity, popularity * told)):
        mine = np.flatnonzero(classes == k)
        rows = np.repeat(mine, lengths[mine])
        words = rng.choice(n_words, len(rows), p=shares / shares.sum())
        counts += sp.csr_array((np.ones(len(rows)), (rows, words)), shape=counts.shape)
    return counts, classes


def measure(selector, folder, dense=False):
    """Seconds, CPU seconds, MB held and grown by in the fit, and the accuracy and ranks of what it selects."""
    X, y = sp.load_npz(folder / "fit.npz"), np.load(folder / "y.npy")
    some = np.random.default_rng(0).permutation(len(y))[:200]
    selector.fit(X[some], y[some])  # imports and compilers
    X, before = X.toarray() if dense else X, held()
    wall, cpu = time.perf_counter(), time.process_time()
    selector.fit(X, y)
    found = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "grown": peak() - before}
    support = selector.get_support()
    model = LinearSVC(max_iter=10_000).fit(X[:, support], y)
    test, truth = sp.load_npz(folder / "test.npz"), np.load(folder / "truth.npy")
    ranking = getattr(selector, "ranking_", None)
    return found | {"accuracy": model.score(test[:, support], truth), "ranking": ranking}


def held():
    """MB that this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / UNIT


def alone(*arguments):
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, *arguments).result()


def written(folder, X, y, test, truth):
    """The folder, with a table to fit and one to test; and the MB of the first."""
    sp.save_npz(folder / "fit.npz", sp.csr_matrix(X))
    sp.save_npz(folder / "test.npz", sp.csr_matrix(test))
    np.save(folder / "y.npy", y)
    np.save(folder / "truth.npy", truth)
    return (X.data.nbytes + X.indices.nbytes + X.indptr.nbytes) / 2**20


def show(name, found, size):
    grown = found["grown"]
    print(
        f"| {name} | {found['seconds']:.1f} | {found['cpu']:.1f} | {grown:.0f} | {grown / size:.0f} "
        f"| {found['accuracy']:.3f} |",
        flush=True,
    )


def compare(folder, size, methods):
    """A line for each method, and for elimination of the dense table with how many of its ranks differ."""
    ranked = None
    for name in methods:
        found = alone(METHODS[name], folder)
        show(name, found, size)
        ranked = found["ranking"] if name == "RecursiveElimination" else ranked
    return ranked


def compare_dense(folder, size, ranked):
    found = alone(METHODS["RecursiveElimination"], folder, True)
    show(f"RecursiveElimination of X.toarray(): {(found['ranking'] != ranked).sum()} ranks differ", found, size)


def real(path):
    """A table of counts, cut into two halves."""
    parts = np.load(path)
    X, y = sp.csr_array((parts["data"] * 1.0, parts["indices"], parts["indptr"]), shape=parts["shape"]), parts["y"]
    half = np.random.default_rng(0).permutation(len(y)) < len(y) // 2
    return X[half], y[half], X[~half], y[~half]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=20_000)
    parser.add_argument("--methods", nargs="*", choices=METHODS, default=list(METHODS))
    parser.add_argument("--data", type=Path)
    parser.add_argument("--dense", action="store_true")
    arguments = parser.parse_args()
    counts, classes = documents(2 * arguments.documents, arguments.words)
    X, n = sp.csr_array(TfidfTransformer(sublinear_tf=True).fit_transform(counts)), arguments.documents
    tables = {"TF-IDF": (X[:n], classes[:n], X[n:], classes[n:])}
    if arguments.data:
        tables |= {name: real(arguments.data / f"{name}.npz") for name in ("RELATHE", "BASEHOCK")}
    for name, table in tables.items():
        with tempfile.TemporaryDirectory() as folder:
            size = written(Path(folder), *table)
            shape, density = table[0].shape, table[0].nnz / np.prod(table[0].shape)
            print(f"\n{name}, {shape[0]:,} x {shape[1]:,}, {density:.2%} of it not zero, {size:.1f} MB\n")
            print("| method | seconds | CPU seconds | growth, MB | of the table | accuracy |")
            print("| --- | --- | --- | --- | --- | --- |")
            ranked = compare(Path(folder), size, arguments.methods)
            if ranked is not None and (arguments.dense or name != "TF-IDF"):
                compare_dense(Path(folder), size, ranked)


if __name__ == "__main__":
    main()
