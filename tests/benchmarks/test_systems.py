"""Every system is measured, explained and up to date, and one of them run as its page was made."""

import importlib.util
import inspect
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def loaded(file):
    specification = importlib.util.spec_from_file_location(f"systems_{file.stem}", file)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


run = loaded(ROOT / "benchmarks" / "systems" / "run.py")
SYSTEMS = run.systems()
FOUND = json.loads(run.RESULTS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_system_states_and_reaches_its_bars(name):
    module, found = SYSTEMS[name], FOUND[name]
    assert found["seeds"] >= 20
    for method, bar in run.bars(module).items():
        assert found["planted"][method][0] >= bar
    assert len(found["planted"]) > 1, "no simple choice beside it"
    assert len(found["counter"]) > 1
    for measured in (module.table, module.planted, module.counter):
        assert len(inspect.signature(measured).parameters) > 1, "sizes are fixed"
        assert measured.__doc__


def test_the_page_is_up_to_date():
    assert set(FOUND) == set(SYSTEMS)
    assert run.page(FOUND) == run.PAGE.read_text(encoding="utf-8")


def test_a_repetition_gives_what_the_page_shows():
    found = run.measured("depth", range(2), 1)
    assert found["planted"].keys() == FOUND["depth"]["planted"].keys()
    assert found["planted"]["n_hops='auto'"] == FOUND["depth"]["planted"]["n_hops='auto'"] == [1, 0]


def test_a_bar_that_is_missed_fails(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["run.py", "depth", "--seeds", "1", "--dry", "--jobs", "1"])
    monkeypatch.setattr(run, "bars", lambda module: {"1 hop": 2.0})
    with pytest.raises(SystemExit) as stopped:
        run.main()
    assert stopped.value.code == 1
    assert "missed: depth: 1 hop" in capsys.readouterr().out
