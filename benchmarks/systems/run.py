"""Every system of the attention literature on what is planted for it: docs/systems/figures.md.

A system is a file of this folder. It states what it must reach (`FIGURE`), plants a table of its own (`table`),
measures itself beside simple choices (`planted`) and shows where it fails (`counter`); `real` measures on a real table,
where there is one. Results are kept in figures.json, so that a system can be measured again by itself.

    python benchmarks/systems/run.py [NAME ...] [--seeds 20] [--first 0] [--jobs 2] [--dry]
"""

import argparse
import importlib.util
import inspect
import json
import os
import sys
from pathlib import Path

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # one thread a process, before NumPy is loaded
    os.environ.setdefault(_variable, "1")

import numpy as np  # noqa: E402
from joblib import Parallel, delayed  # noqa: E402

HERE = Path(__file__).parent
RESULTS, PAGE = HERE / "figures.json", HERE.parents[1] / "docs" / "systems" / "figures.md"
HEAD = """# Figures of the systems

Each system on tables in which what it is for was planted: means over {seeds} seeds and their standard errors, the
simple choices beside it, and a regime where it is the wrong choice. Figures are precisions, the share of what was
planted among as many columns, unless said otherwise. A bar is what the system must reach. Written by
`python benchmarks/systems/run.py`.

None of these systems is sold as accuracy: they are for discovery and explanation, and each has its page in this folder.
"""


def systems(names=()):
    """The modules of this folder by name."""
    files = {file.stem: file for file in sorted(HERE.glob("*.py")) if file.stem != "run" and file.stem[0] != "_"}
    unknown = set(names) - set(files)
    if unknown:
        raise SystemExit(f"no system {', '.join(sorted(unknown))}: choose from {', '.join(files)}.")
    return {name: load(file) for name, file in files.items() if not names or name in names}


def load(file):
    """The module in a file of this folder."""
    spec = importlib.util.spec_from_file_location(f"system_{file.stem}", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def repetition(file, regime, seed):
    """One repetition, in a process of its own."""
    sys.path[:0] = [str(HERE)] if str(HERE) not in sys.path else []
    return {method: float(value) for method, value in getattr(load(file), regime)(seed).items()}


def measured(name, seeds, jobs):
    """What a system reaches: mean and standard error of each method in each regime."""
    file, found = HERE / f"{name}.py", {}
    for regime in ("planted", "counter"):
        if hasattr(load(file), regime):
            runs = Parallel(jobs)(delayed(repetition)(file, regime, seed) for seed in seeds)
            found[regime] = {method: summary([run[method] for run in runs]) for method in runs[0]}
    try:
        found["real"] = load(file).real() if hasattr(load(file), "real") else {}
    except FileNotFoundError as error:
        print(f"{name}: no real table ({error})")
    return found | {"seeds": len(seeds)}


def summary(values):
    """Mean and standard error."""
    return [float(np.mean(values)), float(np.std(values, ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0]


def bars(module):
    """What the system must reach, by method."""
    figure = module.FIGURE
    return dict([figure] if isinstance(figure[0], str) else figure)


def section(name, module, found):
    """The part of the page about one system."""
    least = bars(module)
    lines = [f"## {module.TITLE}", "", inspect.cleandoc(module.__doc__), ""]
    lines += ["| method | planted | bar |", "| --- | --- | --- |"]
    for method, (mean, error) in found["planted"].items():
        bar = f"{least[method]:.2f}" if method in least else ""
        lines.append(f"| {method} | {mean:.3f} ± {error:.3f} | {bar} |")
    if "counter" in found:
        lines += ["", f"Where it is the wrong choice: {' '.join(inspect.cleandoc(module.counter.__doc__).split())}", ""]
        lines += ["| method | counter-regime |", "| --- | --- |"]
        lines += [f"| {method} | {mean:.3f} ± {error:.3f} |" for method, (mean, error) in found["counter"].items()]
    if found.get("real"):
        lines += ["", f"Real tables: {' '.join(inspect.cleandoc(module.real.__doc__).split())}", ""]
        lines += ["| method | value |", "| --- | --- |"]
        lines += [f"| {method} | {value:.3f} |" for method, value in found["real"].items()]
    return "\n".join(lines)


def page(results):
    """The whole page."""
    modules = systems()
    seeds = min((found["seeds"] for found in results.values()), default=0)
    sections = [section(name, modules[name], results[name]) for name in sorted(results) if name in modules]
    return HEAD.format(seeds=seeds) + "\n" + "\n\n".join(sections) + "\n"


def main():
    """Measure, keep, and write the page; the exit status tells whether every bar was reached."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="systems to measure; all by default")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--dry", action="store_true", help="print only: change neither figures.json nor the page")
    arguments = parser.parse_args()
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    missed = []
    for name, module in systems(arguments.names).items():
        seeds = range(arguments.first, arguments.first + arguments.seeds)
        found = results[name] = measured(name, seeds, arguments.jobs)
        print(section(name, module, found), end="\n\n", flush=True)
        missed += [f"{name}: {m}" for m, bar in bars(module).items() if found["planted"][m][0] < bar]
        if not arguments.dry:
            RESULTS.write_text(json.dumps(dict(sorted(results.items())), indent=1) + "\n")
            PAGE.write_text(page(results), encoding="utf-8")
    print("missed: " + ", ".join(missed) if missed else "every bar is reached.")
    raise SystemExit(bool(missed))


if __name__ == "__main__":
    main()
