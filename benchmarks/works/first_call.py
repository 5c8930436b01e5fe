"""What the first import and the first fit of a process cost."""

import os
import subprocess
import sys
import tempfile

from works._alone import alone, seconds
from works._tables import noise

WORK = "first call"
BAR = "import below 0.6 s beyond scikit-learn's own; first fit below 1 s over the next; compiling below 10 s"
THEIRS = "import sklearn.base, sklearn.feature_selection, sklearn.utils.validation"


def measure(small):
    turns = 1 if small else 5
    theirs = min(_python(THEIRS) for _ in range(turns))
    ours = min(_python(f"{THEIRS}; import infsel") for _ in range(turns))
    alone("first_call", "fits")
    first, second = min(alone("first_call", "fits") for _ in range(turns))
    with tempfile.TemporaryDirectory() as empty:
        cold, _ = alone("first_call", "fits", environment=os.environ | {"NUMBA_CACHE_DIR": empty})
    return [
        f"import {ours - theirs:.2f} s beyond scikit-learn's {theirs:.2f} s (numba included)",
        f"first fit {first - second:.2f} s over the second with the kernels on disk, {cold - second:.2f} s without",
    ]


def fits():
    from infsel import InfFS

    X = noise(100, 2000)
    return [seconds(lambda: InfFS().fit(X)) for _ in range(2)]


def _python(code):
    return seconds(lambda: subprocess.run([sys.executable, "-c", code], check=True))
