"""Every preset, with examples of what those need that have no default, on a table of nine columns."""

from infsel import InfFS
from infsel.walks._presets import PRESETS

NEEDED = {}


def preset(name, **parameters):
    """An InfFS by the name of a preset."""
    return InfFS.from_preset(name, **(NEEDED.get(name, {}) | parameters))


assert {name for name, made in PRESETS.items() if made.needs} == NEEDED.keys()
