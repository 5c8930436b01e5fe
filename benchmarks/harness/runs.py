"""Which measurements there are, and their turns. A cell is one method on one dataset at one size."""

import json
import signal
import statistics
import subprocess
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from harness import quiet

HOME = Path(__file__).parents[1]


def members(family):
    """Modules of the folder `methods` or `datasets` by file name, infsel first."""
    modules = [import_module(f"{family}.{path.stem}") for path in (HOME / family).glob("[!_]*.py")]
    modules.sort(key=lambda module: (not module.NAME.startswith("infsel"), module.NAME.lower()))
    return {module.__name__.partition(".")[2]: module for module in modules}


def installed(package):
    """The version of a package, or None."""
    try:
        return version(package) if package else ""
    except PackageNotFoundError:
        return None


def in_child(module, arguments, timeout):
    """What ``python -m module arguments`` printed as JSON, or one line on why it did not."""
    command = [sys.executable, "-W", "ignore", "-m", module, *map(str, arguments)]
    try:
        done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        return None, f"failed: no answer within {timeout:g} s"
    if done.returncode < 0:
        return None, f"failed: {signal.Signals(-done.returncode).name}"
    if done.returncode:
        return None, f"failed: {(done.stderr.strip().splitlines() or ['no message'])[-1]}"
    return json.loads(done.stdout.splitlines()[-1]), ""


def undisturbed(arguments, options):
    """A measurement, thrown away and repeated while other programs disturb it and there is time to wait for them."""
    while True:
        options.wait = quiet.wait(options.wait)
        with quiet.Others() as others:
            found, note = in_child("harness.child", arguments, options.timeout)
        if not found or others.calm or options.wait <= 0:
            return found and found | {"others": others.cores}, note
        options.wait -= others.seconds


def refusal(method, size):
    """Why a method is not run at all, or nothing."""
    if installed(method.PACKAGE) is None:
        return f"not installed: {method.PACKAGE}"
    if method.MOST_FEATURES and size > method.MOST_FEATURES:
        return f"skipped above {method.MOST_FEATURES:,} columns: {method.BEYOND}"
    return ""


def run_cells(dataset, size, methods, options, given_up):
    """All methods on one dataset at one size, in turns. Returns one record per method."""
    cells = []
    for name, method in methods.items():
        cells.append({"method": name, "size": size, "runs": [], "note": given_up.get(name) or refusal(method, size)})
    for turn in range(options.repeats):
        for cell in cells[turn % len(cells) :] + cells[: turn % len(cells)]:
            slow = cell["runs"] and cell["runs"][-1]["seconds"] > options.patience
            if cell["note"] or slow:
                continue
            arguments = (cell["method"], dataset, size, options.samples)
            found, cell["note"] = undisturbed(arguments, options)
            if found:
                cell["runs"].append(found)
            elif "no answer" in cell["note"]:
                given_up[cell["method"]] = f"{cell['note']} at {size:,} columns"
    for cell in cells:
        print(f"{dataset:22} {size:7} {cell['method']:22} {summary(cell)}", flush=True)
    return cells


def summary(cell):
    """One printed line of a cell."""
    if not cell["runs"]:
        return cell["note"]
    found = f"{median(cell, 'seconds'):9.3f} s {median(cell, 'cpu'):9.3f} s CPU {median(cell, 'peak'):7.0f} MB"
    return f"{found}  {len(cell['runs'])} runs  {cell['note']}"


def median(cell, quantity):
    return statistics.median(run[quantity] for run in cell["runs"])
