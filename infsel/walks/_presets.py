"""Every published and every released method of the family, each written as one composition."""

from typing import Any, Literal

import numpy as np

from infsel._runtime.names import Names
from infsel.affinities import Attention, Correlation, Dispersion, PooledAttention, Redundancy, Relevance
from infsel.normalizations import CeiledRowSum, FrobeniusReLU, TwiceSubStochastic
from infsel.propagations import Resolvent
from infsel.relevances import (
    AbsoluteMean,
    Fisher,
    IntegerInformation,
    LatentFactor,
    Muteinf,
    MutualInformation,
    SharedInformation,
)
from infsel.walks._preset import Preset
from infsel.walks._system_presets import SYSTEMS

ROFFO_2015 = "Roffo, Melzi, Cristani (2015). Infinite Feature Selection. ICCV"
ROFFO_2020 = "Roffo et al. (2020). Infinite Feature Selection: A Graph-based Feature Filtering Approach. IEEE TPAMI"
STREAMED = "n² T / 2 a product, tile by tile"
STRUCTURED = "n T a product"
LINEAR = "n log n, then n a product"


def _constants(faithful: bool) -> str:
    return "inside" if faithful else "outside"


def iccv2015(alpha: float = 0.5) -> dict[str, Any]:
    """The paper: alpha (the paper's alpha) weighs dispersion."""
    return {"affinity": "inf-fs", "alpha": alpha}


def fslib2016_signed(alpha: float = 0.5, faithful: bool = True) -> dict[str, Any]:
    """`alpha` weighs the correlation here, the reverse of the paper."""
    affinity = alpha * Correlation("spearman") + (1 - alpha) * Dispersion()
    return {"affinity": affinity, "constant_columns": _constants(faithful)}


def fslib2016_unsigned(alpha: float = 0.5, faithful: bool = True) -> dict[str, Any]:
    """`alpha` weighs the independence, the reverse of the paper."""
    affinity = alpha * Redundancy("spearman") + (1 - alpha) * Dispersion()
    return {"affinity": affinity, "damping": 0.99, "constant_columns": _constants(faithful)}


def fslib2016_supervised(alpha: float = 0.5, faithful: bool = True, damping: float = 0.9) -> dict[str, Any]:
    """`alpha` weighs the Fisher scores."""
    affinity = alpha * Relevance(Fisher(), "product") + (1 - alpha) * Dispersion()
    return {"affinity": affinity, "damping": damping, "constant_columns": _constants(faithful)}


def fslib2016_supervised_099(alpha: float = 0.5, faithful: bool = True) -> dict[str, Any]:
    """The later copy of the program."""
    return fslib2016_supervised(alpha, faithful, damping=0.99)


def tpami2020_unsupervised_released(alpha: float = 0.5) -> dict[str, Any]:
    """InfFS_U v5.1; `alpha` weighs dispersion, as in the paper."""
    return {
        "affinity": "inf-fs",
        "alpha": alpha,
        "normalization": TwiceSubStochastic(),
        "propagation": Resolvent(),
        "constant_columns": "inside",
    }


def tpami2020_supervised(alpha: Any = (1 / 3, 1 / 3, 1 / 3)) -> dict[str, Any]:
    """`alpha`: weights of the pairs (information, Fisher), (information, spread), (spread, Fisher)."""
    information, fisher, spread = _pairwise(alpha)
    return {
        "affinity": fisher * Relevance(Fisher(), "mean")
        + information * Relevance(MutualInformation(), "mean")
        + spread * Dispersion()
    }


def tpami2020_supervised_released(alpha: Any = (1 / 3, 1 / 3, 1 / 3)) -> dict[str, Any]:
    """InfFS_S v1.0; `alpha` as its three weights, whose sum it does not enforce."""
    information, fisher, spread = _pairwise(alpha)
    return {
        "affinity": fisher * Relevance(Fisher(), "row")
        + information * Relevance(Muteinf(), "column")
        + spread * Dispersion(),
        "normalization": TwiceSubStochastic(),
        "propagation": Resolvent(),
        "constant_columns": "inside",
    }


def ecfs(alpha: float = 0.5, faithful: bool = True) -> dict[str, Any]:
    """`alpha` weighs the relevance against dispersion."""
    score = AbsoluteMean(Fisher(), Muteinf() if faithful else MutualInformation())
    affinity = alpha * Relevance(score, "product") + (1 - alpha) * Dispersion()
    return {"affinity": affinity, "propagation": "stationary", "constant_columns": _constants(faithful)}


def ilfs(variant: Literal["2017", "2018", "auto"] = "2018", n_tokens: int | None = None) -> dict[str, Any]:
    """`n_tokens` is the program's number of tokens TT, by default that of the variant."""
    affinity = Relevance(LatentFactor(variant, n_tokens), "product", scale=False)
    if variant == "auto":
        walk = {"normalization": CeiledRowSum(), "propagation": Resolvent()}
        return {"affinity": affinity, **walk, "constant_columns": "inside"}  # its damping counts every column
    return {"affinity": affinity, "damping": 0.99}


def sifs(alpha: float = 0.5, faithful: bool = True) -> dict[str, Any]:
    """`alpha` weighs the information about the target. The authors standardize the columns first."""
    score = IntegerInformation() if faithful else MutualInformation()
    affinity = alpha * Relevance(score, "max") + (1 - alpha) * Redundancy("spearman", signed=True)
    return {"affinity": affinity, "constant_columns": _constants(faithful)}


def mifs(alpha: float = 0.5, faithful: bool = True) -> dict[str, Any]:
    """`alpha` weighs dispersion against how little information a feature shares with the others."""
    affinity = alpha * Dispersion() + (1 - alpha) * Relevance(SharedInformation(), "max")
    return {"affinity": affinity, "constant_columns": _constants(faithful)}


def infsa(rho: float = 0.95) -> dict[str, Any]:
    """`rho` is the program's spectral scale; it only scales one hop."""
    walk = {"normalization": FrobeniusReLU(), "readout": "received", "n_hops": 1, "damping": rho}
    return {"affinity": Attention(), **walk}


def linear_infsa(rho: float = 0.95) -> dict[str, Any]:
    """`rho` as in infsa."""
    walk = {"normalization": "none", "readout": "received", "n_hops": 1, "damping": rho}
    return {"affinity": PooledAttention(), **walk}


def self_attention(temperature: float = 1.0) -> dict[str, Any]:
    """What `AttentionSelector` computes."""
    return {"affinity": Attention(temperature), "normalization": "softmax", "readout": "received", "n_hops": 1}


def katz(affinity: Any = "inf-fs", damping: float = 0.9) -> dict[str, Any]:
    """Katz's status on any affinity, without the walk of no hop."""
    return {"affinity": affinity, "n_hops": np.inf, "damping": damping}


def pagerank(affinity: Any = "inf-fs", damping: float = 0.85, start: Any = None) -> dict[str, Any]:
    """PageRank on any non-negative affinity; with `start` (weights or the name of a relevance) personalized."""
    walk = {"normalization": "row", "propagation": "pagerank", "damping": damping}
    readout = {"readout": "received"} if start is None else {"readout": "seeded", "start": start}
    return {"affinity": affinity, **walk, **readout}


def eigenvector(affinity: Any = "inf-fs") -> dict[str, Any]:
    """Eigenvector centrality on any affinity."""
    return {"affinity": affinity, "propagation": "stationary"}


def _pairwise(alpha: Any) -> tuple[float, float, float]:
    """Weights of information, Fisher score and spread, each of which stands in two of the three pairs with one half."""
    if np.shape(alpha) != (3,):
        raise ValueError(
            f"alpha={alpha!r}: pass three weights, of information-Fisher, information-spread, spread-Fisher."
        )
    first, second, third = (float(weight) for weight in alpha)
    return (first + second) / 2, (first + third) / 2, (second + third) / 2


_PRESETS: dict[str, Preset] = {
    "iccv2015": Preset(
        iccv2015,
        "Σ (0.9 A/ρ)ᵏ, A = α max(s_i, s_j) + (1 − α)(1 − |Spearman|)",
        ROFFO_2015,
        STREAMED,
        "Constant columns stand outside the graph.",
    ),
    "fslib2016-signed": Preset(
        fslib2016_signed,
        "Σ (0.9 A/ρ)ᵏ, A = α Spearman + (1 − α) max(s_i, s_j)",
        ROFFO_2015 + "; FSLib infFS v4.0 (Aug 2016), also PyIFS",
        STRUCTURED,
        "Signed correlation where the paper has 1 − |·|: features that agree reinforce each other. α is swapped.",
    ),
    "fslib2016-unsigned": Preset(
        fslib2016_unsigned,
        "Σ (0.99 A/ρ)ᵏ, A = α (1 − |Spearman|) + (1 − α) max(s_i, s_j)",
        ROFFO_2015 + "; later FSLib infFS",
        STREAMED,
        "α is swapped; a constant column counts as unrelated to all, itself included, and ranks first (faithful=False "
        "leaves it out).",
    ),
    "fslib2016-supervised": Preset(
        fslib2016_supervised,
        "Σ (0.9 A/ρ)ᵏ, A = α F Fᵀ scaled to [0, 1] + (1 − α) max(s_i, s_j)",
        ROFFO_2015 + "; FSLib infFS v4.0",
        LINEAR,
        "Two classes; several are averaged over their pairs here.",
    ),
    "fslib2016-supervised-099": Preset(
        fslib2016_supervised_099, "the same with 0.99", ROFFO_2015 + "; later FSLib infFS", LINEAR
    ),
    "tpami2020-unsupervised": Preset(
        iccv2015, "as iccv2015", ROFFO_2020, STREAMED, "The release differs: see tpami2020-unsupervised-released."
    ),
    "tpami2020-unsupervised-released": Preset(
        tpami2020_unsupervised_released,
        "(I − κA)⁻¹1 − 1, κ = (1 − e)/(ρ(ρ + e)), ρ the largest row sum, e = 5·10⁻⁶ n, A as iccv2015",
        ROFFO_2020 + "; InfFS_U v5.1",
        STREAMED,
        "Divides A by ρ twice: a hop weighs 10⁻⁴ to 5·10⁻³ of the one before, so the ranking is the single hop's "
        "(Kendall 0.99999 or more on 200 to 4,026 features). Constant columns rank first. Its subset size counts "
        "histogram bins, not features, and is not reproduced.",
    ),
    "tpami2020-supervised": Preset(
        tpami2020_supervised,
        "Σ (0.9 A/ρ)ᵏ, A = α₁(m + F)/2 + α₂(m + S)/2 + α₃(S + F)/2 with m, F averaged over both features",
        ROFFO_2020,
        LINEAR,
        "Undirected as the paper says, with consistently binned mutual information m; any number of classes.",
    ),
    "tpami2020-supervised-released": Preset(
        tpami2020_supervised_released,
        "(I − κG)⁻¹1 − 1, G = α₁(m_j + F_i)/2 + α₂(m_j + S_ij)/2 + α₃(S_ij + F_i)/2, κ as in the unsupervised release",
        ROFFO_2020 + "; InfFS_S v1.0",
        LINEAR,
        "G is not symmetric: m enters every row sum alike, so mutual information cannot change the ranking. Its m, "
        "muteinf, bins a value on an edge once low and once high; single hop as above.",
    ),
    "ecfs": Preset(
        ecfs,
        "leading eigenvector of A = α v vᵀ scaled to [0, 1] + (1 − α) max(s_i, s_j), v = |F + m|/2",
        "Roffo, Melzi (2016). Features Selection via Eigenvector Centrality. NFMCP",
        LINEAR,
        "m is muteinf, which gives constant columns the top value (faithful=False: consistent bins, constants out).",
    ),
    "ilfs": Preset(
        ilfs,
        "Σ (0.99 A/ρ)ᵏ, A = p pᵀ, p_j the probability that feature j is relevant",
        "Roffo, Melzi, Castellani, Vinciarelli (2017). Infinite Latent Feature Selection. ICCV",
        "n a product; exact after one",
        "A has rank one, so every number of hops ranks as p does: scores are 99 p Σp/Σp². The variants '2017', '2018' "
        "and 'auto' disagree (the second inverts the prior of the first); 'auto' has no value where all p are 1.",
    ),
    "sifs": Preset(
        sifs,
        "Σ (0.9 A/ρ)ᵏ, A = α max(m_i, m_j) + (1 − α)(1 − Spearman)",
        "Supervised Infinite Feature Selection (2017). arXiv:1704.02665",
        STRUCTURED,
        "m is the information of floor(x) about the classes: scale first, or use faithful=False (bins, constants out).",
    ),
    "mifs": Preset(
        mifs,
        "Σ (0.9 A/ρ)ᵏ, A = α max(s_i, s_j) + (1 − α)(1 − min(R_i, R_j) scaled to [0, 1]), R_i = Σ_j I(x_i; x_j)",
        "Supervised Infinite Feature Selection (2017). arXiv:1704.02665",
        "n² joint histograms once, then n a product",
        "floor(x) again: columns scaled to [0, 1] keep only their maxima.",
    ),
    "infsa": Preset(
        infsa,
        "1ᵀA, A = ρ P/(‖P‖_F + 10⁻⁶), P = relu(Q Kᵀ/√d)",
        "Roffo (2026). Infinite Self-Attention",
        "n² T once, row by row",
        "One hop: many come from stacking layers. The inverse in its text is not in its program.",
    ),
    "linear-infsa": Preset(
        linear_infsa,
        "ρ relu(q̄·k_j/d) scaled to sum 1, q̄ the mean query weighted by energy",
        "Roffo (2026). Infinite Self-Attention",
        "n T once",
        "No power iteration, whatever its description says.",
    ),
    "self-attention": Preset(
        self_attention,
        "1ᵀ softmax(Q Kᵀ/√d)",
        "Vaswani et al. (2017). Attention Is All You Need. NeurIPS",
        "n² T once, row by row",
    ),
    "katz": Preset(katz, "Σ (damping A/ρ)ᵏ 1", "Katz (1953). Psychometrika 18", "that of the affinity"),
    "pagerank": Preset(
        pagerank,
        "(I − damping Pᵀ)⁻¹ b scaled to sum 1, P = D⁻¹A",
        "Page, Brin, Motwani, Winograd (1999). The PageRank citation ranking",
        "that of the affinity",
        "Personalized with a start; a zero row starts anew.",
    ),
    "eigenvector": Preset(
        eigenvector,
        "leading eigenvector of A",
        "Bonacich (1972). Journal of Mathematical Sociology 2",
        "that of the affinity",
    ),
}
PRESETS = Names(_PRESETS | SYSTEMS)
