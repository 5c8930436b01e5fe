"""The presets as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infsel.walks._presets import PRESETS

if TYPE_CHECKING:
    import pandas as pd


def presets() -> pd.DataFrame:
    """List every method that `InfFS.from_preset` knows.

    Returns
    -------
    presets : pandas.DataFrame
        One row per preset: ``name``, ``formula`` (ρ is the spectral radius unless said otherwise), ``parameters`` with
        their defaults, ``reference``, ``note`` (what a release does differently, where it fails), ``cost``.

    Examples
    --------
    >>> presets().name[:3].tolist()
    ['iccv2015', 'fslib2016-signed', 'fslib2016-unsigned']
    """
    import pandas as pd

    rows = [
        {
            "name": name,
            "formula": preset.formula,
            "parameters": ", ".join(preset.signature()),
            "reference": preset.reference,
            "note": preset.note,
            "cost": preset.cost,
        }
        for name, preset in PRESETS.items()
    ]
    return pd.DataFrame(rows)
