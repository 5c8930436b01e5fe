"""Two pathways of twenty columns hold weak effects on y, among twenty pathways and columns that meet in hubs.

Each pathway is a ring in which a column knows some neighbors on both sides, in some rings one more than in those
planted; twenty further columns are hubs, joined to forty others at random. No column correlates with another: what they
share is the graph alone, given by their names.
"""

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score

from infsel import InfFS
from infsel.affinities import Graph
from infsel.propagations import Hops, WithStart

TITLE = "A from domain knowledge: a graph of the columns, and what a column gathers over it"
FIGURE = ("attended", 0.78)
TABLES = Path(__file__).parents[3] / "shared" / "tables"
OWN_AND_NEIGHBORS = {"propagation": WithStart(Hops(1, 1.0)), "readout": "attended"}  # r + P r


def table(
    seed, *, n_samples=200, n_pathways=20, size=20, planted=2, width=3, n_hubs=20, degree=40, effect=0.22, inside=True
):
    """A frame, a target and the edges by names; effects lie inside pathways, or on as many columns anywhere."""
    rng = np.random.default_rng(seed)
    n_members = n_pathways * size
    names = [f"gene {j}" for j in range(n_members + n_hubs)]
    X = pd.DataFrame(rng.standard_normal((n_samples, len(names))), columns=names)
    k = planted * size
    informative = np.arange(k) if inside else rng.choice(n_members, k, replace=False)
    y = effect * X.to_numpy()[:, informative].sum(axis=1) + rng.standard_normal(n_samples)
    widths = np.repeat(rng.integers(width, width + 2, n_pathways), size)
    widths[:k] = width
    pairs = {(a, a - a % size + (a + step) % size) for a in range(n_members) for step in range(1, widths[a] + 1)}
    for hub in range(n_members, len(names)):
        pairs |= {(hub, int(j)) for j in rng.choice(hub, degree, replace=False)}
    edges = pd.DataFrame([(names[i], names[j]) for i, j in sorted(pairs)], columns=["source", "target"])
    return X, y, edges, informative


def permuted(edges, names, seed):
    """The same graph on columns that are interchanged."""
    other = dict(zip(names, np.random.default_rng(seed).permutation(names), strict=True))
    return edges.apply(lambda ends: ends.map(other))


def selectors(X, edges, k, seed):
    """Walks that gather, walks that are sent, the same over a graph of no meaning, and no walks."""
    settings = {"normalization": "row", "start": "pearson", "n_features_to_select": k}
    walks = {"propagation": "pagerank", "damping": 0.95}
    control = Graph(permuted(edges, list(X), seed + 10_000))
    return {
        "attended": InfFS(affinity=Graph(edges), readout="attended", **walks, **settings),
        "attended, two hops": InfFS(affinity=Graph(edges), readout="attended", n_hops=2, **settings),
        "attended, one hop": InfFS(affinity=Graph(edges), readout="attended", n_hops=1, **settings),
        "r + P r": InfFS(affinity=Graph(edges), **OWN_AND_NEIGHBORS, **settings),
        "seeded": InfFS(affinity=Graph(edges), readout="seeded", **walks, **settings),
        "permuted graph, attended": InfFS(affinity=control, readout="attended", **walks, **settings),
        "single columns": InfFS(affinity=Graph(edges), readout="settled", damping=0, **settings),
    }


def precisions(seed, **sizes):
    """Share of the columns selected that have an effect, at their number."""
    X, y, edges, informative = table(seed, **sizes)
    k = len(informative)
    methods = selectors(X, edges, k, seed)
    return {name: selector.fit(X, y).support_[informative].sum() / k for name, selector in methods.items()}


def planted(seed, **sizes):
    """Precision at the number of informative columns."""
    return precisions(seed, **sizes)


def counter(seed, **sizes):
    """The effects lie anywhere: a graph that knows nothing of them averages them away, and single columns win."""
    return precisions(seed, inside=False, **sizes)


def real():
    """Average precision of the known resistance mutations of HIV, over drugs; columns at one position are neighbors.

    Mutations that occur at least three times, as in the analysis of Barber and Candès (2015), and all. The known
    ones are known by their positions, so this graph has to help.
    """
    found = {}
    for table_name in ("hiv_pi", "hiv_nrti"):
        stored = np.load(TABLES / f"{table_name}.npz", allow_pickle=False)
        for least, method in product((3, 1), ("r + P r", "permuted positions", "single columns")):
            drugs = range(stored["y"].shape[1])
            values = [_resistance(stored, drug, method, least) for drug in drugs]
            which = "" if least > 1 else ", all mutations"
            found[f"{table_name.removeprefix('hiv_').upper()}, {method}{which}"] = float(np.mean(values))
    return found


def _resistance(stored, drug, method, least):
    """Average precision of the scores for one drug."""
    y = stored["y"][:, drug]
    tested = np.isfinite(y)
    X = stored["X"][tested].astype(float)
    frequent = (X.sum(axis=0) >= least) & (np.ptp(X, axis=0) > 0)
    position = stored["position"][frequent]
    if method == "permuted positions":
        position = np.random.default_rng(drug).permutation(position)
    walks = {"readout": "settled", "damping": 0} if method == "single columns" else OWN_AND_NEIGHBORS
    affinity = Graph(groups=position.tolist())
    selector = InfFS(affinity=affinity, normalization="row", start="pearson", **walks)
    scores = selector.fit(X[:, frequent], y[tested]).scores_
    return average_precision_score(stored["truth"][frequent], scores)
