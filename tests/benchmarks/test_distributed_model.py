"""The simulation of a product on a cluster against what can be worked out by hand."""

import importlib.util
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parents[2] / "benchmarks" / "distributed_model.py"


@pytest.fixture(scope="module")
def model():
    specification = importlib.util.spec_from_file_location("distributed_model", PROGRAM)
    module = sys.modules[specification.name] = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def product(model):
    return model.Product(n_features=1000, n_samples=50, block=100)


@pytest.fixture
def machine(model):
    return model.Machine(operation=1e-6, entry=1e-6, read=0, task=0, byte=0)


def test_one_worker_does_all_the_work_and_moves_nothing(model, product, machine):
    run = model.simulate(product, machine, 1)
    assert run.seconds == pytest.approx(1000**2 / 2 * 51e-6) == pytest.approx(product.work(machine))
    assert run.n_bytes == 0


def test_free_transfers_halve_the_time_on_two_workers_and_no_more(model, product, machine):
    one, two = (model.simulate(product, machine, n_workers) for n_workers in (1, 2))
    assert sum(two.busy) == pytest.approx(one.seconds)
    assert one.seconds / 2.001 < two.seconds < 0.55 * one.seconds


def test_each_worker_gets_each_block_once_at_most(model, product, machine):
    for n_workers in (2, 3, 5):
        n_bytes = model.simulate(product, machine, n_workers).n_bytes
        assert 0 < n_bytes <= 1000 * 50 * 8 * (n_workers - 1)
        assert n_bytes <= model.simulate(product, machine, n_workers, drops=True).n_bytes


def test_pairs_and_sums_are_counted(model):
    assert model.Product(100, 10, 100).n_tasks == 1
    assert model.Product(160, 10, 10).n_pairs == 136
    assert model.Product(160, 10, 10).n_tasks == 136 + 9 + 1


def test_a_slow_link_costs_time_and_changes_no_work(model, product, machine):
    slow = model.Machine(**vars(machine) | {"byte": 1e-4})
    fast, held_up = (model.simulate(product, each, 2) for each in (machine, slow))
    assert held_up.seconds > fast.seconds
    assert sum(held_up.busy) == pytest.approx(sum(fast.busy))


def test_the_projection_is_the_limit_of_the_simulation(model, machine):
    product = model.Product(n_features=20_000, n_samples=50, block=200)
    assert model.simulate(product, machine, 8).seconds == pytest.approx(
        model.project(product, machine, 8).seconds, rel=0.05
    )


def test_tasks_are_cut_as_the_table_cuts_them(model):
    from infsel.distributed import _cluster, _scheduler, _table

    assert (model.AHEAD, model.FAN) == (_cluster._AHEAD, _scheduler.FAN)
    assert (model.BLOCK_BYTES, model.BLOCKS) == (_table.BLOCK_BYTES, _table._BLOCKS)
