"""The systems of the attention literature, each written as one composition; docs/systems.md has a page for each."""

from typing import Any

from infsel.affinities import Profile, SquaredCorrelation
from infsel.walks._preset import Preset


def limits_to_depth() -> dict[str, Any]:
    """As many hops as the selection needs."""
    return {"n_hops": "auto"}


def safe_walks() -> dict[str, Any]:
    """Walks from single columns as far as rows that were not seen agree."""
    return {"affinity": SquaredCorrelation(), "readout": "settled", "start": "pearson", "damping": "auto"}


def squared_correlation(start: Any = "pearson", n_hops: float = 1) -> dict[str, Any]:
    """`start` is the relevance whose company is added up: "anova" for classes."""
    return {"affinity": SquaredCorrelation(), "n_hops": n_hops, "readout": "seeded", "start": start}


def csa(start: Any = "pearson", n_anchors: int = 100, temperature: float = 0.2) -> dict[str, Any]:
    """`start` says what is gathered, and `n_anchors` columns of the highest are the anchors: "anova" for classes."""
    affinity = Profile(SquaredCorrelation(), n_anchors, start) / temperature
    return {"affinity": affinity, "normalization": "softmax", "n_hops": 1, "readout": "attended", "start": start}


def all_but_the_top(remove_components: Any = "auto") -> dict[str, Any]:
    """`remove_components` leading components are removed, as many as all columns share by default."""
    return {"affinity": SquaredCorrelation(remove_components=remove_components)}


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
    "squared-correlation": Preset(
        squared_correlation,
        "Aᵀ b, a_ij = r_ij² − 1/(n − 1)",
        "Chen, Tao, Tonin, Suykens (2023). Primal-Attention. NeurIPS: products through the samples",
        "n T² a product",
        "One hop ranks by the company that a column keeps among the relevant.",
    ),
    "csa": Preset(
        csa,
        "softmax(P/τ) b, P the cosines of rows of r² − 1/(n − 1) to the anchors of highest b",
        "Ouyang et al. (2021). Contextual Similarity Aggregation with Self-attention for Visual Re-ranking. NeurIPS",
        "n² L once, tile by tile, for L anchors",
        "Its layers with identity weights, untrained; squared-correlation does it more simply.",
    ),
    "all-but-the-top": Preset(
        all_but_the_top,
        "Σ (0.9 A/ρ)ᵏ 1, a_ij = r_ij² − 1/(n − 1 − d) without d leading components",
        "Mu, Viswanath (2018). All-but-the-Top: Simple and Effective Postprocessing for Word Representations. ICLR",
        "n T² a product",
        "Where what all columns share is looked for, it is removed.",
    ),
}
