"""The import drawing of setup.cfg, and what the package promises from outside."""

import ast
import inspect
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*arguments):
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_imports_point_one_way():
    command = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(cache_dir=None))"
    result = run("-c", command)
    assert result.returncode == 0, result.stdout + result.stderr


def layers(text, between):
    return [{name.strip() for name in layer.split("|")} for layer in text.strip().split(between)]


def test_the_drawing_for_contributors_is_the_contract():
    contracts = ConfigParser()
    contracts.read(ROOT / "setup.cfg")
    drawing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Where things live")[1].split("```")[1]
    assert layers(drawing, "->") == layers(contracts["importlinter:contract:one-way"]["layers"], "\n")


@pytest.mark.parametrize("package", ["matplotlib", "dask", "rich", "click", "pandas", "polars"])
def test_importing_the_selectors_loads_no_optional_package(package):
    code = f"""
import sys, sklearn.feature_selection, numba
before = {package!r} in sys.modules  # newer scikit-learn brings some of them itself
import infsel
raise SystemExit({package!r} in sys.modules and not before)
"""
    assert run("-c", code).returncode == 0


def test_the_package_works_where_no_kernel_can_be_cached(tmp_path):
    code = "import numpy as np; from infsel import InfFS; print(InfFS().fit(np.eye(5) * np.arange(5)).ranking_)"
    environment = {"PATH": "/usr/bin:/bin", "NUMBA_CACHE_DIR": str(tmp_path / "cache"), "NUMBA_DISABLE_JIT": "0"}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def test_every_public_name_has_numpydoc_sections():
    import infsel
    from infsel import (
        affinities,
        comparison,
        criteria,
        eliminations,
        inspection,
        normalizations,
        operators,
        propagations,
        relevances,
        selection,
        targets,
    )

    core = (
        affinities,
        comparison,
        criteria,
        eliminations,
        normalizations,
        operators,
        propagations,
        relevances,
        selection,
        targets,
    )
    for module in (infsel, inspection, *core):
        for name in module.__all__:
            documentation = getattr(module, name).__doc__
            assert documentation, f"{module.__name__}.{name} has no docstring"
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
