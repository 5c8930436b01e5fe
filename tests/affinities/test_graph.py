"""Domain knowledge as a graph of columns that are found by name."""

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from naive import edge_matrix, shared_groups, shared_levels
from sklearn.base import clone
from sklearn.feature_selection import SelectKBest
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.semi_supervised import LabelSpreading

from infsel import InfFS
from infsel.affinities import Graph, SquaredCorrelation
from infsel.krylov import Krylov
from infsel.propagations import Hops, PageRank, Stationary, WithStart
from infsel.tables import as_table

NAMES = ["a", "b", "c", "d", "e"]
EDGES = [("a", "b", 1.0), ("b", "c", 2.0), ("d", "a", 0.5)]
A = edge_matrix(EDGES, NAMES)


@pytest.fixture
def X(rng):
    return pd.DataFrame(rng.standard_normal((30, 5)), columns=NAMES)


def dense(graph, names=NAMES, dtype=float):
    return graph(as_table(np.zeros((2, len(names)), dtype), names=np.array(names))).to_dense()


def frame(columns=("source", "target", "weight")):
    return pd.DataFrame(EDGES, columns=list(columns))


FORMS = {
    "frame": frame,
    "list": lambda: list(EDGES),
    "array": lambda: np.array([(0, 1), (1, 2), (1, 2), (3, 0)]),
    "neighbors": lambda: {"a": {"b": 1.0, "d": 0.5}, "b": {"a": 1.0, "c": 2.0}},
    "sparse": lambda: sp.coo_matrix(A),
    "labeled": lambda: pd.DataFrame(A, NAMES, NAMES).iloc[[2, 1, 0, 3, 4], [4, 3, 2, 1, 0]],
}


@pytest.mark.parametrize("form", FORMS)
def test_whatever_holds_the_edges_they_are_the_same_graph(form):
    expected = (A != 0) * 1.0 if form == "array" else A
    np.testing.assert_array_equal(dense(Graph(FORMS[form]())), expected)


def test_polars_and_networkx():
    polars = pytest.importorskip("polars")
    np.testing.assert_array_equal(dense(Graph(polars.from_pandas(frame()))), A)
    networkx = pytest.importorskip("networkx")
    graph = networkx.Graph()
    graph.add_weighted_edges_from(EDGES)
    np.testing.assert_array_equal(dense(Graph(graph)), A)
    directed = networkx.DiGraph([("a", "b"), ("d", "a")])
    expected = edge_matrix([("a", "b", 1), ("d", "a", 1)], NAMES, directed=True)
    np.testing.assert_array_equal(dense(Graph(directed)), expected)


def test_neighbors_without_weights_and_one_direction():
    np.testing.assert_array_equal(dense(Graph({"a": ["b", "d"], "b": ["c"]})), (A != 0) * 1.0)
    directed = dense(Graph(EDGES, directed=True))
    np.testing.assert_array_equal(directed, edge_matrix(EDGES, NAMES, directed=True))
    np.testing.assert_array_equal(dense(Graph(sp.csr_array(directed))), directed)
    np.testing.assert_array_equal(dense(Graph(sp.csr_array(directed), directed=False)), A)


def test_groups_share(rng):
    groups = {"x": [0, 1, 2], "y": [1, 2, 4], "z": [3]}
    expected = shared_groups(list(groups.values()), 5)
    made = Graph(groups=groups)(rng.standard_normal((3, 5)))
    np.testing.assert_array_equal(made.to_dense(), expected)
    x = rng.standard_normal((5, 2))
    np.testing.assert_allclose(made @ x, expected @ x, atol=1e-14)
    np.testing.assert_allclose(made.T @ x[:, 0], expected @ x[:, 0], atol=1e-14)
    labels = ["x", "x", None, "y", "y"]
    np.testing.assert_array_equal(dense(Graph(groups=labels)), shared_groups([[0, 1], [3, 4]], 5))
    by_column = dict(zip(NAMES, labels, strict=True))
    np.testing.assert_array_equal(dense(Graph(groups=by_column)), shared_groups([[0, 1], [3, 4]], 5))


def test_a_hierarchy_counts_the_levels_that_are_shared():
    paths = [("r", "s", "t"), ("r", "s", "u"), ("r", "v"), ("w", "s", "t"), ("r", "s", "t")]
    np.testing.assert_array_equal(dense(Graph(hierarchy=paths)), shared_levels(paths))
    by_name = dict(reversed(list(zip(NAMES, paths, strict=True))))
    np.testing.assert_array_equal(dense(Graph(hierarchy=by_name)), shared_levels(paths))


def test_precision_and_large_groups():
    assert Graph(EDGES)(as_table(np.zeros((2, 5), np.float32), names=np.array(NAMES))).dtype == np.float32
    n = 30_000  # 450 million pairs
    made = Graph(groups=["a"] * (n // 2) + ["b"] * (n // 2))(sp.csc_array((2, n)))
    np.testing.assert_array_equal(made @ np.ones(n), np.full(n, n // 2 - 1))


def test_columns_are_found_wherever_they_stand(X):
    y, settings = X["a"] + X["c"], {"normalization": "row", "readout": "attended", "start": "pearson"}
    selector = InfFS(affinity=0.5 * Graph(EDGES) + 0.5 * SquaredCorrelation(debiased=False), **settings)
    scores = dict(zip(NAMES, selector.fit(X, y).scores_, strict=True))
    order = ["d", "e", "a", "c", "b"]
    again = dict(zip(order, selector.fit(X[order], y).scores_, strict=True))
    assert again == pytest.approx(scores)


def test_what_stands_outside_is_left_out(X):
    X["c"], y = 1.0, X["a"]
    fitted = InfFS(affinity=Graph(EDGES), exclude=["b"], readout="attended", start="pearson", n_hops=1).fit(X, y)
    np.testing.assert_array_equal(fitted.graph_.to_dense(), A[np.ix_([0, 3, 4], [0, 3, 4])])


def test_in_pipelines_and_searches(X):
    y = (X["a"] + X["b"] > 0).astype(int)
    known = InfFS(affinity=Graph(frame(), handle_unknown="ignore"), readout="attended", start="pearson")
    known.set_params(n_features_to_select=1, normalization="row", propagation="pagerank")
    pipeline = make_pipeline(SelectKBest(k=4).set_output(transform="pandas"), known, GaussianNB())
    search = GridSearchCV(pipeline, {"inffs__affinity__directed": [None, True]}, cv=2).fit(X, y)
    assert len(search.cv_results_["params"]) == 2
    assert clone(known).affinity.edges.equals(frame())


def test_formulas():
    assert repr(0.5 * Graph([("a", "b")])) == "0.5 * Graph(edges=[('a', 'b')])"
    assert repr(Graph(frame(), directed=True)) == "Graph(edges=<DataFrame>, directed=True)"


# what walks over a known graph have in common with others' programs


@pytest.fixture
def walk(rng):
    upper = np.triu(rng.random((30, 30)) < 0.2, 1) * rng.random((30, 30))
    graph = upper + upper.T + np.eye(30, k=1) + np.eye(30, k=-1)
    degree = graph.sum(axis=1)
    return graph, degree, rng.random(30), rng.standard_normal((9, 30))


def scores(walk, readout, **settings):
    graph, _, b, X = walk
    selector = InfFS(affinity=Graph(sp.csr_array(graph)), normalization="row", readout=readout, start=b)
    selector.set_params(solver=Krylov(tol=1e-14))
    return selector.set_params(**settings).fit(X).scores_


def test_seeded_is_personalized_pagerank(walk):
    networkx = pytest.importorskip("networkx")
    graph, _, b, _ = walk
    expected = networkx.pagerank(networkx.from_numpy_array(graph), 0.85, dict(enumerate(b)), tol=1e-14, max_iter=1000)
    found = scores(walk, "seeded", propagation=PageRank(0.85))
    np.testing.assert_allclose(found, list(expected.values()), atol=1e-12)
    x = b / b.sum()
    for _ in range(400):  # power iteration
        x = 0.85 * (graph / graph.sum(axis=1)[:, None]).T @ x + 0.15 * b / b.sum()
    np.testing.assert_allclose(found, x, atol=1e-14)


def test_attended_is_the_closed_form_and_its_power_iteration(walk):
    graph, degree, b, _ = walk
    P = graph / degree[:, None]
    closed = np.linalg.solve(np.eye(30) - 0.95 * P, b)
    np.testing.assert_allclose(scores(walk, "attended", propagation=PageRank(0.95)), closed / closed.sum(), atol=1e-13)
    x = b
    for _ in range(2000):
        x = 0.95 * P @ x + b
    np.testing.assert_allclose(closed, x, rtol=1e-12)


def test_symmetric_walks_are_label_spreading(walk):
    graph, degree, _, X = walk
    labels = np.full(30, -1)
    labels[[3, 17]] = 0, 1
    spreading = LabelSpreading(kernel=lambda *_: graph, alpha=0.8, tol=1e-15, max_iter=5000).fit(X.T, labels)
    root = np.sqrt(degree)
    for seed in (3, 17):
        # D^-1/2 S D^1/2 = P: walks by row from b / d^1/2, times d^1/2
        start = (np.arange(30) == seed) / root
        found = root * scores((graph, degree, start, X), "attended", propagation=PageRank(0.8))
        expected = np.linalg.solve(np.eye(30) - 0.8 * graph / np.outer(root, root), root * start)
        np.testing.assert_allclose(found / found.sum(), expected / expected.sum(), atol=1e-13)
    both = [np.linalg.solve(np.eye(30) - 0.8 * graph / np.outer(root, root), labels == label) for label in (0, 1)]
    shares = np.stack(both, axis=1) / np.sum(both, axis=0)[:, None]
    np.testing.assert_allclose(spreading.label_distributions_, shares, atol=5e-12)


def test_powers_of_the_symmetric_step_are_powers_of_the_walk(walk):
    graph, degree, _, X = walk
    P = InfFS(affinity=Graph(sp.csr_array(graph)), normalization="row", readout="received").fit(X).graph_.to_dense()
    root = np.sqrt(degree)
    S = graph / np.outer(root, root)
    powers = np.linalg.matrix_power(S, 7) * root / root[:, None]
    np.testing.assert_allclose(powers, np.linalg.matrix_power(P, 7), atol=1e-15)


def test_symmetric_steps_end_at_the_root_of_the_degree(walk):
    """Why walks are scaled by rows: the leading direction of D^-1/2 A D^-1/2 knows the degree and nothing else."""
    graph, degree, _, X = walk
    root = np.sqrt(degree)
    symmetric = graph / np.outer(root, root)
    fitted = InfFS(affinity=symmetric, normalization="none", propagation=Stationary()).fit(X)
    np.testing.assert_allclose(fitted.scores_, root / np.linalg.norm(root), atol=1e-10)


def test_own_and_neighbors(walk):
    graph, degree, b, _ = walk
    found = scores(walk, "attended", propagation=WithStart(Hops(1, 1.0)))
    np.testing.assert_allclose(found, b + graph / degree[:, None] @ b, rtol=1e-13)


# bad input


@pytest.mark.parametrize(
    ("graph", "error", "words"),
    [
        (Graph(), ValueError, "pass one of edges, groups and hierarchy"),
        (Graph(EDGES, groups=list("aabbc")), ValueError, "edges and groups"),
        (Graph([("a", "B")]), ValueError, "'B', which is no column of X.*did you mean 'b'"),
        (Graph([("a", 5)]), ValueError, "names '5'"),
        (Graph([("a", 1.5)]), ValueError, "names '1.5'"),
        (Graph([]), ValueError, "none joins two columns"),
        (Graph([("a", "x")], handle_unknown="ignore"), ValueError, "none joins two columns"),
        (Graph([("a", "b", 0.0)]), ValueError, "none joins two columns"),
        (Graph([("a", "a"), ("b", "b")]), ValueError, "from a column to itself"),
        (Graph([("a", "b", np.nan)]), ValueError, "from 'a' to 'b' is nan"),
        (Graph([("a", "b", "x")]), ValueError, "weights must be finite numbers"),
        (Graph([("a", "b", 1), ("b", "a", 2)]), ValueError, "from 'b' to 'a' there are two weights, 2 and 1"),
        (Graph(["ab"]), TypeError, "edges holds 'ab'"),
        (Graph("ab"), TypeError, "edges='ab': pass a frame"),
        (Graph(3), TypeError, "edges=3"),
        (Graph({"a": "b"}), TypeError, r"edges\['a'\]='b': pass a list of neighbors"),
        (Graph(sp.eye_array(4)), ValueError, r"shape \(4, 4\), but X has 5 columns"),
        (Graph(frame(["from", "to", "w"]).iloc[:2]), ValueError, "columns \\['from', 'to', 'w'\\]"),
        (Graph(pd.DataFrame(A, NAMES, list("aacde"))), ValueError, "repeated column labels"),
        (Graph(groups={"x": ["a"], "y": ["b"]}), ValueError, "groups: no two columns of X share a group"),
        (Graph(groups={"x": []}), ValueError, r"groups\['x'\] is empty"),
        (Graph(groups={"x": ["a", "q"]}), ValueError, r"groups\['x'\] names 'q'"),
        (Graph(groups=["x", "y"]), ValueError, "2 labels, but X has 5 columns"),
        (Graph(groups=3), TypeError, "groups=3"),
        (Graph(groups=list("aabbc"), directed=True), ValueError, "knows no direction"),
        (Graph(hierarchy="abcde"), TypeError, "hierarchy='abcde'"),
        (Graph(hierarchy=[("a",)]), ValueError, "1 paths, but X has 5 columns"),
        (Graph(hierarchy={"a": "r/s"}), TypeError, r"hierarchy\['a'\]='r/s'"),
        (Graph(hierarchy={"z": ("r",)}), ValueError, "hierarchy names 'z'"),
        (Graph(EDGES, directed="yes"), ValueError, "Graph.directed='yes'"),
        (Graph(EDGES, handle_unknown="drop"), ValueError, "Graph.handle_unknown='drop'"),
    ],
)
def test_bad_input(graph, error, words):
    with pytest.raises(error, match=words):
        dense(graph)


def test_names_need_columns_with_names(rng):
    with pytest.raises(ValueError, match="its columns have no names"):
        Graph(EDGES)(rng.standard_normal((4, 5)))


def test_negative_weights_are_refused_where_they_have_no_meaning(X):
    selector = InfFS(affinity=Graph([("a", "b", -1.0)]), normalization="row", readout="attended", start="pearson")
    with pytest.raises(ValueError, match="needs an affinity without negative"):
        selector.fit(X, X["a"])
