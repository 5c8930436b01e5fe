"""How far a fit walks through the package: distinct calls from one file to another, in one thread and warm."""

import sys
from pathlib import Path

import numpy as np
import pytest

import infsel
from infsel import InfFS, RecursiveElimination

ROOT = str(Path(infsel.__file__).parent) + "/"


def hops(work):
    """The distinct pairs of a calling and a called file of the package."""
    seen = set()

    def tracer(frame, event, _):
        if event == "call" and frame.f_back is not None:
            caller, called = frame.f_back.f_code.co_filename, frame.f_code.co_filename
            if caller != called and caller.startswith(ROOT) and called.startswith(ROOT):
                seen.add((caller.removeprefix(ROOT), called.removeprefix(ROOT)))

    before = sys.getprofile()
    sys.setprofile(tracer)
    try:
        work()
    finally:
        sys.setprofile(before)
    return seen


@pytest.mark.compiled
@pytest.mark.parametrize(
    ("fit", "most"),
    [
        # a few more with the oldest supported scikit-learn than with today's
        (lambda X, y: InfFS(n_jobs=1).fit(X), 98),
        (lambda X, y: RecursiveElimination(n_jobs=1).fit(X, y), 134),
    ],
    ids=["InfFS", "RecursiveElimination"],
)
def test_a_fit_takes_few_hops(fit, most):
    X, y = np.random.default_rng(0).standard_normal((100, 600)), np.arange(100) % 2
    X *= np.arange(1, 601)
    fit(X, y)  # what is remembered for good
    found = hops(lambda: fit(X, y))
    assert len(found) <= most, "\n".join(" -> ".join(pair) for pair in sorted(found))
