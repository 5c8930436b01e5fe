"""The systems of the attention literature, each written as one composition; docs/systems.md has a page for each."""

from typing import Any

from infsel.affinities import (
    PPMI,
    Between,
    Gated,
    Graph,
    Kernel,
    Lagged,
    LearnedSpectrum,
    MetadataAttention,
    MetadataGate,
    Mixture,
    PartialCorrelation,
    Profile,
    SquaredCorrelation,
)
from infsel.normalizations import Softmax
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


def mixture(affinities: Any, start: Any = "pearson") -> dict[str, Any]:
    """A weighted sum of heads, learned from the relevance `start` held out: "anova" for classes."""
    return {"affinity": Mixture(affinities, relevance=start), "readout": "attended", "start": start}


def afa(affinities: Any, start: Any = "pearson") -> dict[str, Any]:
    """The same, learned from pseudo-labels of pairs."""
    return {"affinity": Mixture(affinities, "pseudo-labels", relevance=start), "readout": "attended", "start": start}


def metadata_attention(metadata: Any, start: Any = "pearson") -> dict[str, Any]:
    """One hop of attention between columns that are described alike, with a learned diagonal projection."""
    one_hop = {"normalization": Softmax(exclude_self=True), "n_hops": 1, "readout": "attended", "start": start}
    return {"affinity": MetadataAttention(metadata, relevance=start)} | one_hop


def graph_attention(affinity: Any, metadata: Any, start: Any = "pearson") -> dict[str, Any]:
    """One hop to neighbors, each of which counts as much as a gate learned from its metadata says."""
    return {"affinity": MetadataGate(affinity, metadata, relevance=start), **_smoothed(start)}


def ccmc() -> dict[str, Any]:
    """One hop of the Markov chain whose token frequencies are the relevances of the columns."""
    affinity = Gated(SquaredCorrelation(debiased=False), "squared-pearson")
    return {"affinity": affinity, "normalization": "none", "n_hops": 1}


def bilateral(positions: Any, scale: Any = "auto", guide: Any = "mean", start: Any = "pearson") -> dict[str, Any]:
    """Relevance smoothed among columns that lie near each other and look alike: the parameters of `Kernel`."""
    return {"affinity": Kernel(positions, scale, guide=guide), **_smoothed(start)}


def functional_time(positions: Any, start: Any = "pearson") -> dict[str, Any]:
    """Relevance smoothed among columns a period apart; `positions` are their times, see `Kernel`."""
    return {"affinity": Kernel(positions, spectrum=LearnedSpectrum(relevance=start)), **_smoothed(start)}


def _smoothed(start: Any) -> dict[str, Any]:
    return {"normalization": "row", "n_hops": 1, "readout": "attended", "start": start}


def label_propagation(edges: Any, start: Any = "pearson") -> dict[str, Any]:
    """What a column gathers along known edges: `edges` of `Graph`, and the relevance that it gathers."""
    walks = {"normalization": "row", "propagation": "pagerank", "damping": 0.95}
    return {"affinity": Graph(edges), "readout": "attended", "start": start} | walks


def inter_modality(groups: Any) -> dict[str, Any]:
    """Walks whose every hop changes the group; `groups` as for `Between`."""
    return {"affinity": Between(SquaredCorrelation(), groups), "damping": 0.95}


def primal_attention(lag: int = 1) -> dict[str, Any]:
    """The columns that drive others `lag` rows later; with readout="received" those that follow."""
    return {"affinity": Lagged(lag), "normalization": "none", "propagation": "singular"}


def distributional_projection(seeds: Any) -> dict[str, Any]:
    """Companions of the columns that `seeds` names, in a table of counts."""
    return {"affinity": PPMI(), "n_hops": 1, "readout": "seeded", "start": seeds}


def cleann() -> dict[str, Any]:
    """How much a column relates to others directly."""
    return {"affinity": PartialCorrelation(), "n_hops": 1}


def winner_takes_all(start: Any = "pearson") -> dict[str, Any]:
    """The set of columns that correlate with each other, from where the relevance `start` leads."""
    walks = {"affinity": SquaredCorrelation(), "readout": "settled", "start": start, "n_hops": 1}
    return walks | {"n_features_to_select": "dominant"}


def optimal_transport(start: Any = "wasserstein") -> dict[str, Any]:
    """The company of columns whose shift, scale or shape tells classes apart; "monge-gap" for interactions."""
    return {"affinity": SquaredCorrelation(), "n_hops": 1, "readout": "settled", "start": start}


SYSTEMS = {
    "cleann": Preset(
        cleann,
        "0.9 A 1/ρ, a_ij = |Θ_ij|/√(Θ_ii Θ_jj), Θ the inverse of Ledoit and Wolf's covariance",
        "Rohekar, Gurwicz, Nisimov (2023). Causal Interpretation of Self-Attention in Pre-Trained Transformers. "
        "NeurIPS",
        "n² T a product, tile by tile",
        'The causes of a target are CriterionSelector("partial-correlation", n_features_to_select="auto").',
    ),
    "winner-takes-all": Preset(
        winner_takes_all,
        "m > 0 at the end of m ← m∘(K m)/(mᵀK m), K_ij = [|r_ij| > 3/√T], from b + 0.9 A b/ρ, a_ij = r_ij² − 1/(T − 1)",
        "Ildiz, Huang, Li, Rawat, Oymak (2024). From Self-Attention to Markov Models. ICML",
        "n² T / 2 once for K",
        "Says how many by itself; one group of several.",
    ),
    "optimal-transport": Preset(
        optimal_transport,
        "b + 0.9 A b/ρ, a_ij = r_ij² − 1/(T − 1), b the largest W₁ between two classes",
        "Villani (2009). Optimal Transport: Old and New. Springer",
        "n T log T for b, n T² a product",
        "Needs classes; ordered ones as numbers do better with start='spearman'.",
    ),
    "label-propagation": Preset(
        label_propagation,
        "(I − damping P)⁻¹ b scaled to sum 1, P = D⁻¹G, G the known edges",
        "Zhou, Bousquet, Lal, Weston, Schölkopf (2003). Learning with Local and Global Consistency. NeurIPS",
        "that of the edges",
        "pagerank reads the same graph along its walks, which end at hubs.",
    ),
    "inter-modality": Preset(
        inter_modality,
        "Σ (0.95 B/ρ)ᵏ 1, B_ij = r_ij² − 1/(T − 1) between groups, 0 within",
        "Abnar, Zuidema (2020). Quantifying Attention Flow in Transformers. ACL",
        "that of the squared correlation for each group",
        "For what several platforms share under factors of their own.",
    ),
    "primal-attention": Preset(
        primal_attention,
        "‖(U S)_i‖² of the leading pair of A = U S Vᵀ, A_ij = r(x_i(t), x_j(t + lag))",
        "Chen, Tao, Tonin, Suykens (2023). Primal-Attention: Self-attention through Asymmetric Kernel SVD. NeurIPS",
        "2 n T",
        "Rows in order of time. Needs a channel of low rank above the noise.",
    ),
    "distributional-projection": Preset(
        distributional_projection,
        "0.9 A b/ρ, A the cosines of rows of f(C)∘PPMI(C), C co-occurrences of columns, b at the seeds",
        "Pennington, Socher, Manning (2014). GloVe: Global Vectors for Word Representation. EMNLP",
        "that of the pairs that occur together",
        "For counts and from seeds: by itself it ranks no better than chance.",
    ),
    "limits-to-depth": Preset(
        limits_to_depth,
        "Σ_{k≤K} (0.9 A/ρ)ᵏ 1, A as iccv2015, K the least that certifies the selected set",
        "Levine, Wies, Sharir, Bata, Shashua (2020). Limits to Depth Efficiencies of Self-Attention. NeurIPS",
        "that of the affinity",
        "Bounds by Collatz and Wielandt; saves no time.",
    ),
    "safe-walks": Preset(
        safe_walks,
        "b + Σ (d A/ρ)ᵏ b, A = r² − 1/(T − 1), b = |r(x, y)|, d by cross-fitting",
        "Breiman, Friedman, Olshen, Stone (1984). Classification and Regression Trees: the rule of one standard error",
        "16 fits on half of the rows, n² T a product or n T²",
        "Insurance: on noise alone it still walks in a third of the tables.",
    ),
    "squared-correlation": Preset(
        squared_correlation,
        "Aᵀ b, a_ij = r_ij² − 1/(T − 1)",
        "Chen, Tao, Tonin, Suykens (2023). Primal-Attention. NeurIPS: products through the samples",
        "n T² a product",
        "One hop ranks by the company that a column keeps among the relevant.",
    ),
    "csa": Preset(
        csa,
        "softmax(P/τ) b, P the cosines of rows of r² − 1/(T − 1) to the anchors of highest b",
        "Ouyang et al. (2021). Contextual Similarity Aggregation with Self-attention for Visual Re-ranking. NeurIPS",
        "n² L once, tile by tile, for L anchors",
        "Its layers with identity weights, untrained; squared-correlation does it more simply.",
    ),
    "all-but-the-top": Preset(
        all_but_the_top,
        "Σ (0.9 A/ρ)ᵏ 1, a_ij = r_ij² − 1/(T − 1 − d) without d leading components",
        "Mu, Viswanath (2018). All-but-the-Top: Simple and Effective Postprocessing for Word Representations. ICLR",
        "n T² a product",
        "Where what all columns share is looked for, it is removed.",
    ),
    "mixture": Preset(
        mixture,
        "Σ (0.9 P)ᵏ b, P = Σ_h w_h D_h⁻¹ A_h, b = |r(x, y)|, w by cross-fitting",
        "Roffo (2025). The Origin of Self-Attention: From Pairwise Affinity Matrices to Transformers. arXiv:2507.14560",
        "n³ a step of learning for small graphs, else two products with each head",
        "Needs heads without negative entries; sees y.",
    ),
    "afa": Preset(
        afa,
        "Σ (0.9 P)ᵏ b, P = Σ_h w_h D_h⁻¹ A_h, b = |r(x, y)|, w by pseudo-labels of pairs",
        "Ru, Zhan, Yu, Du (2022). Learning Affinity from Attention. CVPR",
        "that of the heads",
        "Needs heads without negative entries; sees y and holds out no row.",
    ),
    "metadata-attention": Preset(
        metadata_attention,
        "P b, P = softmax((M W)(M W)ᵀ / √d) off the diagonal, b = |r(x, y)|, W diagonal by cross-fitting",
        "Vaswani et al. (2017). Attention Is All You Need. NeurIPS",
        "n² d a step of learning",
        "Needs metadata of the columns; sees y.",
    ),
    "graph-attention": Preset(
        graph_attention,
        "D⁻¹ A diag(g) b, g = exp(H v), b = |r(x, y)|, v by cross-fitting",
        "Velickovic et al. (2018). Graph Attention Networks. ICLR",
        "two products a step of learning",
        "Needs a graph and metadata of the columns; sees y. A query's share of the logits would rank all keys alike.",
    ),
    "ccmc": Preset(
        ccmc,
        "A m, A = r², m = max(r² − 1/(T − 1), 0) of the target",
        "Ildiz, Huang, Li, Rawat, Oymak (2024). From Self-Attention to Markov Models. ICML",
        "one product",
    ),
    "bilateral": Preset(
        bilateral,
        "P b, P = D⁻¹A, A = exp(−(t_i − t_j)²/2σ² − (g_i − g_j)²/2s²)",
        "Tomasi, Manduchi (1998). Bilateral Filtering for Gray and Color Images. ICCV",
        "n² / 2 a product, tile by tile",
        "g are the means of the columns, which must not be standardized; without an order of the columns it misleads.",
    ),
    "functional-time": Preset(
        functional_time,
        "P b, P = D⁻¹A, A = relu(Σ w_k cos(ω_k (t_i − t_j))), w ≥ 0 learned across halves of the rows",
        "Xu et al. (2019). Self-attention with Functional Time Representation Learning. NeurIPS",
        "n² for the periodogram, then n² G a product with G periods",
        "Sees y. One kernel of differences: what happens once has no period.",
    ),
}
