"""A kind of table as CONTRIBUTING says that one is added, and what then works with it."""

import naive
import numpy as np
import pytest

from infsel import InfFS
from infsel.affinities import Attention, Correlation, Dispersion, Redundancy, Relevance
from infsel.tables import Table, as_table


class Columns(Table):
    """A dict of one array for each column."""

    def __init__(self, columns):
        names = np.array(list(columns), dtype=object)
        super().__init__((len(columns[names[0]]), len(names)), np.float64, names=names)
        self._columns = columns

    def read(self, start, stop):
        return np.column_stack([self._columns[name] for name in self.names[start:stop]])

    def take(self, index):
        return Columns({name: self._columns[name] for name in self.names[index]})


@pytest.fixture
def table(rng):
    return Columns({f"c{i}": rng.standard_normal(30) * (i + 1) + (i == 4) * rng.integers(0, 2, 30) for i in range(6)})


@pytest.mark.parametrize(
    "affinity", [Correlation(), Redundancy(), Redundancy("pearson"), Dispersion(), Attention(), Relevance("anova")]
)
@pytest.mark.parametrize("weighted", [False, True])
def test_affinities_read_it(table, affinity, weighted):
    weights, y = np.arange(1.0, 31) if weighted else None, np.arange(30) % 2
    own = table.weighted(weights)
    if weighted and isinstance(affinity, Relevance):
        weights, own = np.arange(30) % 2 + 1.0, table.weighted(np.arange(30) % 2 + 1.0)
    expected = affinity(as_table(table.to_dense(), weights), y).to_dense()
    np.testing.assert_allclose(affinity(own, y).to_dense(), expected, atol=1e-14)


def test_selectors_fit_it(table):
    fitted = InfFS(n_features_to_select=2).fit(table)
    A = naive.inf_fs(table.to_dense())
    expected = naive.infinite_hops(A / naive.spectral_radius(A), np.ones(6), 0.9)
    np.testing.assert_allclose(fitted.scores_, expected, rtol=1e-9)
    assert fitted.get_feature_names_out().tolist() == [f"c{i}" for i in np.flatnonzero(fitted.support_)]


def test_a_graph_given_by_names_finds_its_columns(table):
    pd = pytest.importorskip("pandas")
    matrix = pd.DataFrame(np.arange(36.0).reshape(6, 6), index=table.names, columns=table.names)
    order = [3, 0, 5, 1, 4, 2]
    shuffled = InfFS(affinity=matrix.iloc[order, order]).fit(table)
    np.testing.assert_array_equal(shuffled.scores_, InfFS(affinity=matrix.to_numpy()).fit(table.to_dense()).scores_)
