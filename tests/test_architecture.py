"""The import drawing of setup.cfg, and what the package promises from outside."""

import ast
import importlib
import inspect
import os
import subprocess
import sys
from configparser import ConfigParser
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
CONTRACTS = ConfigParser()
CONTRACTS.read(ROOT / "setup.cfg")
PACKAGES = {path.parent.name for path in (ROOT / "infsel").glob("*/__init__.py")}
# what may know scikit-learn
FACES = {"cli", "datasets", "estimators", "files", "inspection", "onnx", "report", "studies"}
COMPILED = {"_kernels"}


def run(*arguments):
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_imports_point_one_way():
    command = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(cache_dir=None))"
    result = run("-c", command)
    assert result.returncode == 0, result.stdout + result.stderr


def layers(text, between):
    return [{name.strip() for name in layer.split("|")} for layer in text.strip().split(between)]


def test_the_drawing_for_contributors_is_the_contract():
    drawing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Where things live")[1].split("```")[1]
    assert layers(drawing, "->") == layers(CONTRACTS["importlinter:contract:one-way"]["layers"], "\n")


def test_every_package_is_in_one_layer():
    drawn = [name for layer in layers(CONTRACTS["importlinter:contract:one-way"]["layers"], "\n") for name in layer]
    assert len(drawn) == len(set(drawn))
    assert set(drawn) - {"__main__"} == PACKAGES


@pytest.mark.parametrize(("contract", "free"), [("core", FACES | {"distributed"}), ("compiler", COMPILED)])
def test_no_package_is_left_out_of_a_contract(contract, free):
    guarded = CONTRACTS[f"importlinter:contract:{contract}"]["source_modules"].split()
    assert set(guarded) == {f"infsel.{name}" for name in PACKAGES - free}


def test_importing_the_selectors_loads_no_optional_package():
    optional = {"matplotlib", "dask", "rich", "click", "pandas", "polars"}
    code = f"""
import sys, sklearn.feature_selection, numba
before = set(sys.modules)  # newer scikit-learn brings some of them itself
from infsel import *
print({optional} & (set(sys.modules) - before))
"""
    assert run("-c", code).stdout == "set()\n"


def test_the_package_works_where_no_kernel_can_be_cached(tmp_path):
    code = "import numpy as np; from infsel import InfFS; print(InfFS().fit(np.eye(5) * np.arange(5)).ranking_)"
    environment = {"PATH": "/usr/bin:/bin", "NUMBA_CACHE_DIR": str(tmp_path / "cache"), "NUMBA_DISABLE_JIT": "0"}
    environment |= {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}  # of Windows
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_every_public_name_is_documented(package):
    module = importlib.import_module(f"infsel.{package}")
    for name in getattr(module, "__all__", ()):
        if not callable(getattr(module, name)):
            continue  # a constant has the docstring of its type
        documentation = getattr(module, name).__doc__
        assert documentation, f"infsel.{package}.{name} has no docstring"
        assert not documentation.startswith(("dict(", f"{name}(")), (
            f"infsel.{package}.{name} has no docstring of its own"
        )


def test_every_estimator_has_numpydoc_sections():
    import infsel

    estimators = [found for name in infsel.__all__ if hasattr(found := getattr(infsel, name), "fit")]
    assert len(estimators) >= 6
    for estimator in estimators:
        for parameter in list(inspect.signature(estimator).parameters):
            assert f"\n{parameter} : " in inspect.getdoc(estimator)
        for section in ("Parameters", "Attributes", "References", "Examples", "See Also"):
            assert f"\n{section}\n---" in inspect.getdoc(estimator)


def private_names_of_scikit_learn(code):
    """Every name with a leading underscore, of a module or in one, that the code imports from scikit-learn."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and not node.level:
            found = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            found = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        yield from (name for name in found if name.startswith("sklearn.") and "._" in name)


def test_one_file_owns_the_private_names_of_scikit_learn():
    owner = ROOT / "infsel" / "estimators" / "base" / "_sklearn.py"
    assert "sklearn.utils._safe_indexing" in private_names_of_scikit_learn(owner.read_text(encoding="utf-8"))
    for path in (ROOT / "infsel").rglob("*.py"):
        if path != owner:
            assert not list(private_names_of_scikit_learn(path.read_text(encoding="utf-8"))), path


def test_no_imports_run_in_a_circle():
    graph = grimp.build_graph("infsel", exclude_type_checking_imports=False, cache_dir=None)
    steps = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    order = TopologicalSorter(steps)
    order.prepare()  # raises where they do, and says which
