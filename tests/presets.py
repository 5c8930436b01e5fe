"""Every preset, with examples of what those need that have no default, on a table of nine columns."""

import numpy as np

from infsel import InfFS, affinities
from infsel.walks._presets import PRESETS


def described(X, y):
    return np.column_stack([np.abs(X).mean(axis=0), (X**3).mean(axis=0)])


HEADS = {"affinities": [affinities.Dispersion(), affinities.Redundancy()]}
NEEDED = {
    "mixture": HEADS,
    "afa": HEADS,
    "metadata-attention": {"metadata": described},
    "graph-attention": {"affinity": affinities.Redundancy(), "metadata": described},
    "bilateral": {"positions": lambda X, y: np.asarray(X.mean(axis=0)), "guide": None},
    "functional-time": {"positions": "order"},
    "label-propagation": {"edges": [(i, (i + 1) % 9, 1 + i) for i in range(9)]},
    "inter-modality": {"groups": list("aaabbbccc")},
    "distributional-projection": {"seeds": {0: 1.0, 4: 1.0}},
}
BY_NUMBER = ("label-propagation", "inter-modality", "distributional-projection")  # of columns, not by their content
COUNTS = ("distributional-projection",)  # what ranks a table of counts only


def preset(name, **parameters):
    """An InfFS by the name of a preset."""
    return InfFS.from_preset(name, **(NEEDED.get(name, {}) | parameters))


assert {name for name, made in PRESETS.items() if made.needs} == NEEDED.keys()
