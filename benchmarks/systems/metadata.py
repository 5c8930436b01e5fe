"""Columns described by 36 numbers each, of which sixteen say anything.

Columns come from twenty sites; sixteen numbers of the metadata describe the site, with some error, and twenty are
noise. All columns of three sites share a weak effect on the target. Attention between columns by their metadata has to
find out which numbers count.
"""

import numpy as np

from infsel import InfFS
from infsel.affinities import MetadataAttention
from infsel.normalizations import Softmax
from infsel.relevances import Correlation

TITLE = "Learned projections: attention by metadata"
FIGURE = ("learned diagonal", 0.92)


def table(
    seed, *, n_samples=400, n_features=300, n_sites=20, n_telling=16, n_noise=20, error=0.3, effect=0.2, n_planted=3
):
    """Columns, target, metadata, and which columns are planted."""
    rng = np.random.default_rng(seed)
    site = rng.permutation(np.arange(n_features) % n_sites)
    places = rng.standard_normal((n_sites, n_telling))
    telling = places[site] + error * rng.standard_normal((n_features, n_telling))
    metadata = np.column_stack([telling, rng.standard_normal((n_features, n_noise))])
    true = np.flatnonzero(site < n_planted)
    X = rng.standard_normal((n_samples, n_features))
    y = effect * X[:, true] @ rng.uniform(0.5, 1.5, len(true)) + rng.standard_normal(n_samples)
    return X, y, metadata, true


def planted(seed, **sizes):
    """Share of the planted columns among as many that are ranked first."""
    X, y, metadata, true = table(seed, **sizes)
    found = {"single columns": _precision(Correlation("pearson")(X, y), true)}
    ones = np.ones(metadata.shape[1])
    for name, weights in (("learned diagonal", "learned"), ("untrained", ones)):
        found[name] = _precision(_attended(metadata, weights).fit(X, y).scores_, true)
    return found


def counter(seed, **sizes):
    """The metadata describe something else: no weight makes it better than single columns."""
    return planted(seed, **{"n_telling": 1, "error": 100.0} | sizes)


def _attended(metadata, weights):
    affinity = MetadataAttention(metadata, weights)
    return InfFS(
        affinity=affinity, normalization=Softmax(exclude_self=True), n_hops=1, readout="attended", start="pearson"
    )


def _precision(scores, true):
    return float(np.isin(np.argsort(-scores, kind="stable")[: len(true)], true).mean())
