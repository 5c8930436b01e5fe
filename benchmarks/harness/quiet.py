"""Other programs on the same cores: wait for them a little, and say how much they took. Linux only."""

import resource
import time
from pathlib import Path

STAT = Path("/proc/stat")
TICKS = 100  # per second and core, whatever the kernel runs at
CALM = 0.2  # cores that others may use


def wait(budget):
    """Return when the cores are calm or the budget is spent. Returns the seconds of the budget that are left."""
    while budget > 0 and STAT.exists():
        before, start = _busy(), time.perf_counter()
        time.sleep(0.2)
        seconds = time.perf_counter() - start
        if (_busy() - before) / seconds < CALM:
            return budget
        budget -= seconds
    return budget


class Others:
    """Context manager that counts the cores that programs other than this one and its children kept busy."""

    def __enter__(self):
        self._start = _busy(), _own(), time.perf_counter()
        return self

    def __exit__(self, *error):
        busy, own, start = self._start
        self.seconds = time.perf_counter() - start
        self.cores = max(0.0, (_busy() - busy - (_own() - own)) / self.seconds) if STAT.exists() else None
        self.calm = not self.cores or self.cores < CALM


def _busy():
    """Seconds that all cores together have worked, those of other guests of the machine included."""
    if not STAT.exists():
        return 0.0
    user, nice, system, _idle, _io, interrupts, soft, stolen = map(int, STAT.read_text().split("\n")[0].split()[1:9])
    return (user + nice + system + interrupts + soft + stolen) / TICKS


def _own():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)
