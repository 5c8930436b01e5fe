"""What is in reach of `import infsel`, and what its types and errors say."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from public import EVERY
from sklearn.base import clone

import infsel
from infsel import AttentionSelector, InfFS

ROOT = Path(__file__).parents[1]
FOLDERS = sorted(path.parent.name for path in (ROOT / "infsel").glob("[a-z]*/__init__.py"))


def run(*arguments):
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_what_no_selector_needs_is_imported_later_and_every_folder_is_reached():
    later = {"infsel.inspection", "infsel.datasets", "infsel.studies", "matplotlib"}
    code = f"""
import sys, infsel
infsel.InfFS
assert not {later} & set(sys.modules)
print([getattr(infsel, name).__name__ for name in {[f for f in FOLDERS if f != "cli"]}])
"""
    found = run("-c", code)
    assert found.returncode == 0, found.stderr
    assert "infsel.inspection" in found.stdout
    assert {"inspection", "datasets", "studies"} <= set(dir(infsel))
    with pytest.raises(AttributeError, match="module 'infsel' has no attribute 'inspections'"):
        infsel.inspections  # noqa: B018


@pytest.mark.parametrize(
    ("module", "arguments", "told"),
    [("infsel", ["presets"], "iccv2015"), ("infsel.cli", ["rank", "--help"], "--target")],
)
def test_the_package_runs_as_the_command(module, arguments, told):
    found = run("-m", module, *arguments)
    assert found.returncode == 0, found.stderr
    assert told in found.stdout


@pytest.mark.parametrize("method", ["fit", "partial_fit"])
@pytest.mark.parametrize("kind", [InfFS, AttentionSelector])
def test_errors_about_arguments_name_the_class(kind, method):
    selector = kind(correlation="pearson") if kind is InfFS else kind()
    call = getattr(selector, method)
    with pytest.raises(TypeError, match=rf"^{kind.__name__}\.{method}: .*'sample_weights'"):
        call(np.eye(3), sample_weights=np.ones(3))
    with pytest.raises(TypeError, match=rf"^{kind.__name__}\.{method}: missing a required argument: 'X'"):
        call()
    with pytest.raises(TypeError, match=rf"^{kind.__name__}\.{method}: too many positional arguments"):
        call(np.eye(3), np.arange(3), np.ones(3), np.arange(3))


@pytest.mark.parametrize("name", EVERY)
def test_no_error_about_arguments_names_a_hidden_class(name):
    with pytest.raises((TypeError, ValueError)) as caught:
        clone(EVERY[name]).fit(np.eye(4), np.arange(4) % 2, nonsense=1)
    assert "nonsense" in str(caught.value)
    assert not {"GraphSelector", "RankingSelector", "ForwardSelector", "SelectorSearchCV"} & set(
        str(caught.value).replace(".", " ").split()
    )


def test_a_preset_lists_each_parameter_once():
    for name in infsel.presets().name:
        with pytest.raises(
            ValueError, match=rf"preset '{name}' has no parameter 'alfa'.*did you mean 'alpha'\?"
        ) as error:
            InfFS.from_preset(name, alfa=0.3)
        listed = str(error.value).partition("it has ")[2].partition(".")[0].split(", ")
        assert len(listed) == len(set(listed))
    with pytest.raises(ValueError, match=r"'zzz': it has [^?]*$"):
        InfFS.from_preset("katz", zzz=1)
