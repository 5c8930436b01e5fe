"""Members of the family with a cheaper formula than n x n entries."""

import numpy as np

from infsel import InfFS
from works._alone import alone, peak, seconds
from works._tables import noise

WORK = "1,000,000 x 100 float64, structured members"
BAR = "Inf-FS_S, EC-FS and the signed member below 60 s"
PRESETS = {"tpami2020-supervised": "Inf-FS_S", "ecfs": "EC-FS", "fslib2016-signed": "signed"}


def measure(small):
    n = 20_000 if small else 1_000_000
    found = []
    for preset, name in PRESETS.items():
        spent, memory, table = alone("formulas", "fit", preset, n)
        found.append(f"{name} (`{preset}`): {spent:.1f} s, peak {memory:.0f} MB of which {table:.0f} MB table")
    return found


def fit(preset, n_features):
    X, y = noise(100, n_features), np.arange(100) % 2
    InfFS.from_preset(preset).fit(X[:, :600], y)
    return seconds(lambda: InfFS.from_preset(preset).fit(X, y)), peak(), X.nbytes / 2**20
