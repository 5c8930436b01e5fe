"""What lies in the folder of a memory may be damaged, and the disk may fail: the scores stay."""

import errno
import os
import pickle
import subprocess
import sys
import warnings
from pathlib import Path

import joblib
import numpy as np
import pytest

from infsel import AttentionSelector, InfFS
from infsel.estimators.graph._store import Store

DAMAGED = "entries in .* are damaged .* computed anew"
UNUSABLE = "memory: .* cannot be used .* goes on without it"


@pytest.fixture
def filled(table, tmp_path):
    """A folder with the entries of one fit, and what the fit found."""
    return tmp_path, InfFS(memory=tmp_path).fit(table).scores_


def entries(folder):
    return sorted(Path(folder).rglob("output.pkl"))


def flipped(content, position, bit):
    changed = bytearray(content)
    changed[position] ^= 1 << bit
    return bytes(changed)


def refit(table, folder):
    """Scores of a fit from the folder, and whether it warned."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        scores = InfFS(memory=folder).fit(table).scores_
    return scores, [str(warning.message) for warning in caught]


@pytest.mark.parametrize("share", np.linspace(0, 1, 12))
def test_a_flipped_bit_changes_no_score(table, filled, share):
    folder, expected = filled
    for path in entries(folder):
        content = path.read_bytes()
        path.write_bytes(flipped(content, round(share * (len(content) - 1)), round(7 * share)))
    scores, messages = refit(table, folder)
    np.testing.assert_array_equal(scores, expected)
    assert len(messages) <= 1  # a bit of padding is none of the value
    np.testing.assert_array_equal(refit(table, folder)[0], expected)
    assert refit(table, folder)[1] == [] or not messages


def test_every_bit_of_an_entry_is_covered(tmp_path):
    value = {"a": np.arange(3.0), "b": "text"}
    store, key = Store(str(tmp_path)), 32 * "a"
    store.recall(key, lambda: value)
    (path,) = entries(tmp_path)
    content = path.read_bytes()
    for position in range(len(content)):
        path.write_bytes(flipped(content, position, position % 8))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = Store(str(tmp_path)).recall(key, lambda: value)
        assert found.keys() == value.keys()
        np.testing.assert_array_equal(found["a"], value["a"])
        assert found["b"] == "text"


def write_nothing(path):
    path.write_bytes(b"")


def truncate(path):
    path.write_bytes(path.read_bytes()[:-5])


def scramble(path):
    path.write_bytes(np.random.default_rng(0).bytes(200))


def none(path):
    joblib.dump(None, path)


def scale_arrays(path):
    digest, parts = joblib.load(path)
    joblib.dump((digest, [parts[0], *(0 * part + 1 for part in parts[1:])]), path)


def plain_pickle(path):
    path.write_bytes(pickle.dumps({"not": "an entry"}))


def of_another(path):
    other = next(entry for entry in entries(path.parents[1]) if entry != path)
    path.write_bytes(other.read_bytes())


@pytest.mark.parametrize("damage", [write_nothing, truncate, scramble, none, scale_arrays, plain_pickle, of_another])
def test_what_is_no_whole_entry_is_computed_anew(table, filled, damage):
    folder, expected = filled
    for path in entries(folder):
        damage(path)
    with pytest.warns(UserWarning, match=DAMAGED) as caught:
        scores = InfFS(memory=folder).fit(table).scores_
    assert len(caught) == 1
    assert str(folder) in str(caught[0].message)
    np.testing.assert_array_equal(scores, expected)
    np.testing.assert_array_equal(refit(table, folder)[0], expected)
    assert refit(table, folder)[1] == []  # written again


def full_disk(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def no_permission(*_, **__):
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


@pytest.mark.parametrize("selector", [InfFS, AttentionSelector])
@pytest.mark.parametrize("failure", [full_disk, no_permission])
@pytest.mark.parametrize("function", [(joblib, "dump"), (joblib, "load"), (Path, "mkdir"), (Path, "replace")])
def test_a_failing_disk_ends_no_fit(table, tmp_path, monkeypatch, selector, failure, function):
    expected = selector().fit(table).scores_
    monkeypatch.setattr(*function, failure)
    with pytest.warns(UserWarning, match=UNUSABLE) as caught:
        fitted = selector(memory=tmp_path).fit(table)
    assert len(caught) == 1
    np.testing.assert_array_equal(fitted.scores_, expected)
    monkeypatch.undo()
    assert list(tmp_path.rglob(".infsel-*")) == []


def test_a_disk_that_fills_up_while_writing_leaves_no_part(table, tmp_path, monkeypatch):
    def partly(value, path, **_):
        Path(path).write_bytes(b"part")
        full_disk()

    monkeypatch.setattr(joblib, "dump", partly)
    with pytest.warns(UserWarning, match=UNUSABLE):
        InfFS(memory=tmp_path).fit(table)
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.name != ".gitignore"] == []


def test_a_file_in_place_of_the_folder(table, tmp_path):
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "inside"):
        with pytest.warns(UserWarning, match=UNUSABLE) as caught:
            scores = InfFS(memory=place).fit(table).scores_
        assert len(caught) == 1
        np.testing.assert_array_equal(scores, InfFS().fit(table).scores_)


def test_an_error_of_the_computation_is_no_error_of_the_disk(tmp_path):
    def compute():
        raise OSError("the table is gone")

    with pytest.raises(OSError, match="the table is gone"):
        Store(str(tmp_path)).recall(32 * "a", compute)


def test_the_folder_is_that_of_joblib(table, tmp_path):
    memory = joblib.Memory(tmp_path, verbose=0, compress=3)
    expected = InfFS(memory=memory).fit(table).scores_
    assert entries(tmp_path)
    memory.reduce_size(items_limit=1)
    assert len(entries(tmp_path)) == 1
    memory.clear(warn=False)
    assert entries(tmp_path) == []
    np.testing.assert_array_equal(InfFS(memory=memory).fit(table).scores_, expected)
    np.testing.assert_array_equal(InfFS(memory=joblib.Memory(None)).fit(table).scores_, expected)


def test_a_memory_without_a_folder_is_refused(table):
    class Elsewhere:
        def cache(self, function):
            return function

    with pytest.raises(ValueError, match="with a local folder"):
        InfFS(memory=Elsewhere()).fit(table)


def test_looking_at_a_selector_creates_nothing(tmp_path):
    selector = InfFS(memory=tmp_path / "d", correlation="pearson")
    assert hasattr(selector, "partial_fit")
    dir(selector)
    assert not (tmp_path / "d").exists()


def test_several_processes_share_a_folder(table, tmp_path):
    np.save(tmp_path / "table.npy", table)
    code = f"""
import numpy as np; from infsel import InfFS
table = np.load({str(tmp_path / "table.npy")!r})
for _ in range(5): assert (InfFS(memory={str(tmp_path / "d")!r}).fit(table).scores_ == InfFS().fit(table).scores_).all()
"""
    running = [subprocess.Popen([sys.executable, "-W", "error", "-c", code]) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
