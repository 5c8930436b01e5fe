"""The systems of the attention literature, each written as one composition; docs/systems.md has a page for each."""

from typing import Any

from infsel.affinities import SquaredCorrelation
from infsel.walks._preset import Preset


def limits_to_depth() -> dict[str, Any]:
    """As many hops as the selection needs."""
    return {"n_hops": "auto"}


def safe_walks() -> dict[str, Any]:
    """Walks from single columns as far as rows that were not seen agree."""
    return {"affinity": SquaredCorrelation(), "readout": "settled", "start": "pearson", "damping": "auto"}


SYSTEMS = {
    "limits-to-depth": Preset(
        limits_to_depth,
        "Σ_{k≤K} (0.9 A/ρ)ᵏ 1, A as iccv2015, K the least that certifies the selected set",
        "Levine, Wies, Sharir, Bata, Shashua (2020). Limits to Depth Efficiencies of Self-Attention. NeurIPS",
        "that of the affinity",
        "Bounds by Collatz and Wielandt; saves no time.",
    ),
    "safe-walks": Preset(
        safe_walks,
        "b + Σ (d A/ρ)ᵏ b, A = r² − 1/(n − 1), b = |r(x, y)|, d by cross-fitting",
        "Breiman, Friedman, Olshen, Stone (1984). Classification and Regression Trees: the rule of one standard error",
        "16 fits on half of the rows, n² T a product or n T²",
        "Insurance: ranks by b alone unless walks are worth more on rows not seen.",
    ),
}
