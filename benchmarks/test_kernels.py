"""The compiled kernels and the product they serve, beside NumPy's way: pytest benchmarks/test_kernels.py -n0.

Needs pytest-benchmark, which says how long each takes and compares within a group. The results are tested elsewhere.
"""

import numpy as np
import pytest
from scipy.stats import rankdata

from infsel._kernels import add_symmetric_product, independence
from infsel.operators import Gram, Independence, Similarity, exponential
from infsel.tables import as_table

TILE = 256


@pytest.fixture(params=["float32", "float64"])
def dtype(request):
    return request.param


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture
def tile(rng, dtype):
    return (rng.random((TILE, TILE)) * 2 - 1).astype(dtype)


def in_place(operation, tile):
    scratch = tile.copy()

    def run():
        scratch[...] = tile
        operation(scratch)

    return run


@pytest.mark.benchmark(group="1 - |r| of a tile")
def test_independence(benchmark, tile):
    benchmark(in_place(lambda r: independence(r, 2**-10), tile))


@pytest.mark.benchmark(group="1 - |r| of a tile")
def test_independence_by_numpy(benchmark, tile):
    benchmark(in_place(lambda r: np.maximum(1 - np.abs(r), 0, out=r), tile))


@pytest.mark.benchmark(group="both halves of a product with a tile")
def test_symmetric_product(benchmark, tile, rng):
    x, y = rng.random((2, 2, TILE))
    benchmark(lambda: add_symmetric_product(tile, *x, *y))


@pytest.mark.benchmark(group="both halves of a product with a tile")
def test_symmetric_product_by_numpy(benchmark, tile, rng):
    x, y = rng.random((2, 2, TILE))

    def run():
        y[0] += tile @ x[1]
        y[1] += tile.T @ x[0]

    benchmark(run)


@pytest.mark.benchmark(group="ranks of 2,000 columns of 100 samples")
@pytest.mark.parametrize("values", ["different", "ten"])
@pytest.mark.parametrize(
    "rank", [lambda X: as_table(X).ranks(), lambda X: rankdata(X, axis=0)], ids=["infsel", "scipy"]
)
def test_ranks(benchmark, rng, dtype, values, rank):
    X = rng.random((100, 2000)) if values == "different" else rng.integers(0, 10, (100, 2000))
    benchmark(rank, X.astype(dtype))


@pytest.mark.benchmark(group="moments of 2,000 columns of 100 samples")
@pytest.mark.parametrize(
    "statistic",
    [lambda X: as_table(X).standard_deviation(), lambda X: as_table(X).unit_columns(), lambda X: X.std(axis=0)],
)
def test_moments(benchmark, rng, dtype, statistic):
    benchmark(statistic, rng.random((100, 2000)).astype(dtype))


@pytest.mark.benchmark(group="a product with 3,000 features of 100 samples")
@pytest.mark.parametrize("name", ["independence", "exponential"])
def test_streamed_product(benchmark, rng, dtype, name):
    Z = as_table(rng.random((100, 3000)).astype(dtype)).unit_columns()
    f = exponential if name == "exponential" else Independence(np.zeros(3000))
    A = Similarity(Z).map(f, nonnegative=True, diagonal=0.0)
    A.keep(0)
    benchmark(A.matvec, np.ones(3000))


@pytest.mark.benchmark(group="a product with 3,000 features of 100 samples")
def test_kept_product(benchmark, rng, dtype):
    Z = as_table(rng.random((100, 3000)).astype(dtype)).unit_columns()
    A = Gram(Z, Independence(np.zeros(3000)), nonnegative=True, diagonal=0.0)
    benchmark(A.matvec, np.ones(3000))


@pytest.mark.benchmark(group="a product with 3,000 features of 100 samples")
def test_the_matrix_product_alone(benchmark, rng, dtype):
    Z = as_table(rng.random((100, 3000)).astype(dtype)).unit_columns()
    benchmark(lambda: Z @ Z.T)
