import numpy as np
import pytest

from infsel._kernels import add_symmetric_product, independence
from infsel._kernels._jit import jit


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_independence_maps_in_place_and_never_below_zero(dtype):
    tile = np.array([[-1.0, 0.25], [1.0000005, 0.0]], dtype=dtype)
    assert independence(tile, 1e-3) == 2
    np.testing.assert_allclose(tile, [[0, 0.75], [0, 1]], atol=1e-6)
    assert tile.min() >= 0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_one_read_of_a_tile_serves_both_halves(rng, dtype):
    tile = rng.random((5, 3)).astype(dtype)
    x, y = rng.random(8), np.ones(8)
    add_symmetric_product(tile, x[:5], x[5:], y[:5], y[5:])
    np.testing.assert_allclose(y, 1 + np.r_[tile @ x[5:], tile.T @ x[:5]], rtol=1e-12)


def test_a_kernel_compiles_where_nothing_can_be_cached(monkeypatch):
    import infsel._kernels._jit as module

    real = module.njit

    def without_a_place(*arguments, cache=False, **options):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return real(*arguments, **options)

    monkeypatch.setattr(module, "njit", without_a_place)
    assert jit(lambda x: x + 1)(2) == 3
