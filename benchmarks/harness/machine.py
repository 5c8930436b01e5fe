"""What the measurements were made on, without a date."""

import os
import platform
from pathlib import Path

from harness.runs import installed

ALWAYS = ("numpy", "scipy", "scikit-learn", "numba", "pandas")


def description(methods):
    versions = {package: installed(package) for package in (*ALWAYS, *(m.PACKAGE for m in methods.values()))}
    listed = ", ".join(f"{package} {found or '(not installed)'}" for package, found in versions.items() if package)
    return f"{_cores()} cores of {_processor()}, {platform.system()}, Python {platform.python_version()}; {listed}."


def _cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def _processor():
    described = Path("/proc/cpuinfo")
    lines = described.read_text().splitlines() if described.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()
