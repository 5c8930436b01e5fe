"""Documents of several topics, of which five words of one topic are known: fifty words are grown from these seeds.

Topic words are rare, so few of them ever meet, and common words are in most documents of any topic. The figure is the
share of the other words of the topic among as many words retrieved; on real text tables 1.7 times that of raw counts
is to be reached.
"""

from pathlib import Path

import numpy as np
import scipy.sparse as sp

from infsel import InfFS
from infsel.affinities import PPMI, Affinity, Correlation

TITLE = "Distributional projection: companions of a few words"
FIGURE = ("PPMI()", 0.80)
DATA = Path(__file__).parents[3] / "shared" / "data"
TEXTS = ("BASEHOCK", "RELATHE")


def table(seed, *, n_documents=1000, n_words=1500, topics=10, topic_words=50, common=150, length=40, own=6):
    """Counts of words: the words of a topic lie side by side from 0 on, after them the common words, then rare ones."""
    rng = np.random.default_rng(seed)
    rates = np.zeros(n_words)
    first = topics * topic_words
    rates[first : first + common] = rng.pareto(1.5, common) + 0.2
    rates[first + common :] = 0.02
    rates *= length / rates.sum()
    counts = rng.poisson(rates * rng.gamma(2, 0.5, (n_documents, 1)))
    for document, topic in enumerate(rng.integers(topics, size=n_documents)):
        words = topic * topic_words + np.arange(topic_words)
        counts[document, words] += rng.poisson(own / topic_words, topic_words)
        counts[document, :first] += rng.poisson(2 / first, first)
    return sp.csr_array(counts[:, counts.any(axis=0)].astype(float)), np.flatnonzero(counts.any(axis=0))


def raw_counts(X, y):
    """How many rows two columns share."""
    B = sp.csr_array(X > 0, dtype=float)
    C = sp.csr_array(B.T @ B)
    return C - sp.diags_array(C.diagonal())


AFFINITIES = {
    "PPMI()": PPMI(),
    "PPMI(second_order=False)": PPMI(second_order=False),
    "PPMI(weighting=None)": PPMI(weighting=None),
    "correlation": Correlation("pearson"),
    "raw counts": raw_counts,
}


def grown(X, affinity, seeds, k):
    """The k columns that one hop from the seeds brings most to, the seeds themselves left out."""
    walks = {"affinity": affinity, "readout": "seeded", "start": dict.fromkeys(seeds, 1.0), "n_hops": 1}
    scores = InfFS(normalization="none", **walks).fit(X).scores_.copy()
    scores[seeds] = -np.inf
    return np.argsort(-scores, kind="stable")[:k]


def with_multiple(found):
    """The same and what they are in units of raw counts."""
    return found | {"PPMI(), as a multiple of raw counts": found["PPMI()"] / found["raw counts"]}


def planted(seed, *, n_seeds=5, **sizes):
    """Share of the topic's other words among as many words grown."""
    X, words = table(seed, **sizes)
    topic_words = sizes.get("topic_words", 50)
    topic = np.flatnonzero(words < topic_words)
    seeds = [int(word) for word in np.random.default_rng(seed + 10_000).choice(topic, n_seeds, replace=False)]
    k = len(topic) - n_seeds
    return {name: np.isin(grown(X, A, seeds, k), topic).sum() / k for name, A in AFFINITIES.items()}


def counter(seed, *, n_documents=300, **sizes):
    """Without seeds, sums over all words rank common ones, and the variance of counts finds more words of topics."""
    X, words = table(seed, n_documents=n_documents, **sizes)
    first = sizes.get("topics", 10) * sizes.get("topic_words", 50)
    of_topics, k = words < first, (words < first).sum()
    found = {"PPMI(), no seeds": InfFS(affinity=PPMI(), n_hops=1, n_features_to_select=int(k)).fit(X).support_}
    found["variance"] = np.isin(np.arange(len(words)), np.argsort(-X.toarray().var(axis=0))[:k])
    return {name: (support & of_topics).sum() / k for name, support in found.items()} | {"chance": k / len(words)}


def real(n_words=50, n_seeds=5, repeats=20):
    """Mean correlation with a class of 50 terms grown from 5 seeds, drawn from the 50 that correlate most.

    Both classes of two text tables, 20 draws.
    """
    found = {}
    for name in TEXTS:
        stored = np.load(DATA / f"{name}.npz", allow_pickle=False)
        X = sp.csr_array((stored["data"].astype(float), stored["indices"], stored["indptr"]), shape=stored["shape"])
        frequency = (X > 0).sum(axis=0)
        X = X[:, (frequency >= 5) & (frequency < X.shape[0])]
        of_class = class_correlation((X > 0).toarray(), stored["y"] == stored["y"].max())
        graphs = {method: A(X) if isinstance(A, Affinity) else A(X, None) for method, A in AFFINITIES.items()}
        means = {method: [] for method in AFFINITIES}
        for seed in range(repeats):
            for sign in (1, -1):
                best = np.argsort(-sign * of_class)[:n_words]
                seeds = [int(word) for word in np.random.default_rng(seed).choice(best, n_seeds, replace=False)]
                for method, A in graphs.items():
                    means[method].append(sign * of_class[grown(X, A, seeds, n_words)].mean())
        averages = with_multiple({method: float(np.mean(values)) for method, values in means.items()})
        found |= {f"{name}, {method}": value for method, value in averages.items()}
    return found


def class_correlation(occurs, y):
    """Correlation of the occurrence of each term with a class."""
    Z, t = occurs - occurs.mean(axis=0), y - y.mean()
    return t @ Z / np.linalg.norm(Z, axis=0) / np.linalg.norm(t)
