"""Writes the API reference from what each package says is public, so that no name can be missing."""

import shutil
from importlib import import_module
from pathlib import Path

PACKAGES = {
    "infsel": "Selectors, searches and paths: what most people import.",
    "infsel.affinities": "How two features relate.",
    "infsel.relevances": "What a feature says about the target by itself; where walks start.",
    "infsel.normalizations": "What sets the scale of an affinity.",
    "infsel.propagations": "How an affinity acts over hops.",
    "infsel.readouts": "How a flow becomes one score per feature.",
    "infsel.criteria": "What a feature adds to those picked before.",
    "infsel.krylov": "The solver and its certificates.",
    "infsel.studies": "Cross-validated comparisons and other studies, as data.",
    "infsel.report": "One page about a table.",
    "infsel.comparison": "Agreement of rankings, stability, corrected intervals.",
    "infsel.inspection": "Pictures.",
    "infsel.onnx": "Fitted Pipelines that run without Python.",
    "infsel.datasets": "Small real tables.",
    "infsel.files": "Tables from files in any dialect.",
    "infsel.statistics": "One statistic a file, weighted, for those who build parts.",
    "infsel.operators": "Relations between all pairs of features, for those who build affinities.",
    "infsel.tables": "What an affinity of your own is handed.",
    "infsel.targets": "How a target is read.",
}


def write(folder: Path) -> None:
    """One page a package, which lists its names, and a page that lists the packages."""
    shutil.rmtree(folder, ignore_errors=True)  # with it what is no longer public
    folder.mkdir()
    rows = [f"   * - :doc:`{package}`\n     - {what}" for package, what in PACKAGES.items()]
    pages = "\n".join(f"   {package}" for package in PACKAGES)
    index = "API reference\n=============\n\n.. list-table::\n   :widths: 30 70\n\n" + "\n".join(rows)
    (folder / "index.rst").write_text(f"{index}\n\n.. toctree::\n   :hidden:\n\n{pages}\n")
    for package, what in PACKAGES.items():
        (folder / f"{package}.rst").write_text(_page(package, what))


def _page(package: str, what: str) -> str:
    module = import_module(package)
    public = {name: getattr(module, name) for name in module.__all__}
    names = [name for name, value in public.items() if callable(value) and _is_home(value, package)]
    listed = "\n".join(f"   {name}" for name in sorted(names, key=str.lower))
    title = f"{package}\n{'=' * len(package)}"
    options = f":toctree: {package}\n   :nosignatures:"
    return f"{title}\n\n{what}\n\n.. currentmodule:: {package}\n\n.. autosummary::\n   {options}\n\n{listed}\n"


def _is_home(value: object, package: str) -> bool:
    """Whether it is documented here, as selectors are in the top package, and not where it is only passed on."""
    module = getattr(value, "__module__", "")
    return module.startswith("infsel.estimators" if package == "infsel" else package)
