"""Which twenty of 300 columns walks of every length select, on a sparse random graph with a random start.

`n_hops="auto"` stops once bounds by Collatz and Wielandt part the selected from the rest. The figures are overlaps with
the set of infinitely many hops, over dampings .5, .9 and .99.
"""

import numpy as np

from infsel import InfFS

TITLE = "Limits to depth: as many hops as the selection needs"
FIGURE = ("n_hops='auto'", 1.0)


def table(seed, *, n_features=300, degree=6, n_samples=20):
    """A graph, a start and a table whose values nobody reads."""
    rng = np.random.default_rng(seed)
    edges = rng.random((n_features, n_features)) * (rng.random((n_features, n_features)) < degree / n_features / 2)
    return edges + edges.T, rng.exponential(1, n_features) ** 2, rng.standard_normal((n_samples, n_features))


def sets(seed, dampings, k, **sizes):
    """Overlap with the set of infinitely many hops by each method, and the hops that the automatic one took."""
    graph, start, X = table(seed, **sizes)
    methods = {"n_hops='auto'": "auto", "1 hop": 1, "2 hops": 2, "4 hops": 4}
    found = {name: [] for name in methods} | {"hops that 'auto' took": []}
    for damping in dampings:
        settings = {"affinity": graph, "readout": "seeded", "start": start, "damping": damping}
        settings["n_features_to_select"] = k
        limit = InfFS(**settings).fit(X).support_
        for name, n_hops in methods.items():
            fitted = InfFS(n_hops=n_hops, **settings).fit(X)
            found[name].append((fitted.support_ & limit).sum() / k)
            if n_hops == "auto":
                found["hops that 'auto' took"].append(fitted.n_hops_)
    return {name: np.mean(values) for name, values in found.items()}


def planted(seed, *, k=20, **sizes):
    """Dampings .5, .9 and .99."""
    return sets(seed, (0.5, 0.9, 0.99), k, **sizes)


def counter(seed, *, k=20, **sizes):
    """At a damping of .1 a single hop nearly always selects the same, and certifying it gains nothing."""
    return sets(seed, (0.1,), k, **sizes)
