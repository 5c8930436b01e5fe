"""A function in a process of its own, so that its memory is measured and not estimated."""

import json
import resource
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parents[1]


def alone(work, function, *arguments, timeout=None, environment=None):
    """What `works.<work>.<function>(*arguments)` returns, in a new process."""
    command = [sys.executable, "-m", "works._alone", work, function, json.dumps(arguments)]
    run = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=True, timeout=timeout, env=environment, cwd=HERE
    )
    return json.loads(run.stdout.splitlines()[-1])


def peak():
    """Most MiB that this process has held so far."""
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def held():
    """MiB that this process holds now, where the system tells; else the most so far."""
    pages = Path("/proc/self/statm")
    return int(pages.read_text().split()[1]) * resource.getpagesize() / 2**20 if pages.exists() else peak()


def seconds(task):
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


if __name__ == "__main__":
    work, function, arguments = sys.argv[1:]
    print(json.dumps(getattr(import_module(f"works.{work}"), function)(*json.loads(arguments))))
