"""Every wrong input gets an error that names it and says what to do."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone

from infsel import AttentionSelector, InfFS
from infsel.krylov import Krylov


@pytest.mark.parametrize(
    ("parameters", "error", "message"),
    [
        ({"alpha": -0.1}, ValueError, "alpha=-0.1: pass a number from 0 to 1"),
        ({"alpha": 1.1}, ValueError, "alpha=1.1"),
        ({"alpha": np.nan}, ValueError, "alpha=nan"),
        ({"alpha": "half"}, TypeError, "alpha='half': pass a number from 0 to 1"),
        ({"alpha": True}, TypeError, "alpha=True"),
        ({"damping": 0}, ValueError, "damping=0: pass a number between 0 and 1: the series"),
        ({"damping": 1.0}, ValueError, "damping=1.0.*converges below 1"),
        ({"damping": -0.5}, ValueError, "damping=-0.5"),
        ({"n_hops": 0}, ValueError, "n_hops=0.*numpy.inf"),
        ({"n_hops": -1}, ValueError, "n_hops=-1"),
        ({"n_hops": 2.5}, ValueError, "n_hops=2.5"),
        ({"n_hops": np.nan}, ValueError, "n_hops=nan"),
        ({"n_hops": -np.inf}, ValueError, "n_hops=-inf"),
        ({"n_hops": "inf"}, TypeError, "n_hops='inf'"),
        ({"n_hops": None}, TypeError, "n_hops=None"),
        ({"n_features_to_select": 10}, ValueError, "n_features_to_select=10: X has 9 features"),
        ({"n_features_to_select": 0}, ValueError, "n_features_to_select=0"),
        ({"affinity": "cosine"}, ValueError, "affinity='cosine' is not known: choose one of 'inf-fs', 'attention'"),
        ({"affinity": np.ones((3, 3))}, ValueError, r"shape \(3, 3\).*9 features"),
        ({"affinity": np.ones((9, 8))}, ValueError, r"shape \(9, 8\)"),
        ({"affinity": np.full((9, 9), np.inf)}, ValueError, r"affinity\[0, 0\] is inf"),
        ({"affinity": lambda X, y: None}, TypeError, "real numbers"),
        ({"affinity": None}, TypeError, "real numbers"),
        ({"normalization": "unit"}, ValueError, "normalization='unit' is not known"),
        ({"normalization": None}, TypeError, "normalization=None"),
        ({"normalization": "row", "affinity": -np.ones((9, 9)), "readout": "received"}, ValueError, "negative"),
        ({"normalization": "sub-stochastic", "affinity": "attention"}, ValueError, "negative"),
        ({"normalization": "none"}, ValueError, "diverge"),
        ({"affinity": np.triu(np.ones((9, 9)), 1)}, ValueError, "graph without cycles"),
        ({"readout": "mean"}, ValueError, "readout='mean' is not known: choose one of 'sent', 'received', 'total'"),
        ({"propagation": "diffusion"}, ValueError, "propagation='diffusion' is not known: choose one of 'hops'"),
        ({"propagation": 3}, TypeError, "propagation=3: pass a name or an object of infsel.propagations"),
        ({"constant_columns": "first"}, ValueError, "constant_columns='first': choose 'outside' or 'inside'"),
        ({"readout": "total", "normalization": "sinkhorn"}, ValueError, "cannot rank"),
        (
            {"readout": "seeded", "start": np.ones(9), "propagation": "stationary"},
            ValueError,
            "'seeded' cannot rank after propagation='stationary'",
        ),
        ({"readout": "seeded", "start": "worth"}, ValueError, "relevance 'worth' is not known: choose one of 'fisher'"),
        ({"readout": "seeded", "start": "fisher"}, ValueError, "target y"),
        ({"readout": "sent", "normalization": "softmax"}, ValueError, "cannot rank"),
        ({"readout": "sent", "normalization": "row"}, ValueError, "cannot rank"),
        ({"readout": "seeded"}, ValueError, "readout='seeded'.*'seeded' and 'settled' need a start vector"),
        ({"readout": "total", "start": np.ones(9)}, ValueError, "'total' takes none"),
        ({"readout": "seeded", "start": [0, 4]}, ValueError, r"start has .*by number a mapping such as \{0: 1\}"),
        ({"readout": "seeded", "start": np.ones(8)}, ValueError, r"start has shape \(8,\).*9 numbers"),
        ({"readout": "seeded", "start": ["a"] * 9}, ValueError, "start names a column 'a'"),
        ({"readout": "seeded", "start": np.r_[-1, np.ones(8)]}, ValueError, r"start\[0\] is -1"),
        ({"readout": "seeded", "start": np.r_[np.ones(8), np.nan]}, ValueError, r"start\[8\] is nan"),
        ({"readout": "seeded", "start": np.zeros(9)}, ValueError, "at least one weight"),
        ({"correlation": "kendall"}, ValueError, "correlation='kendall'"),
        ({"solver": Krylov(tol=0)}, ValueError, r"Krylov\.tol=0: pass a number between 0 and 1"),
        ({"solver": Krylov(max_memory=-1)}, ValueError, r"Krylov\.max_memory=-1: pass a finite number from 0 up"),
        ({"solver": Krylov(max_memory="1GB")}, TypeError, "max_memory='1GB'"),
        ({"n_jobs": 0}, ValueError, "n_jobs=0"),
        ({"n_jobs": 1.5}, ValueError, "n_jobs=1.5.*every core"),
        ({"n_jobs": 1.5}, ValueError, "n_jobs=1.5"),
        ({"solver": Krylov(max_iter=0)}, ValueError, "max_iter=0"),
        ({"solver": Krylov(max_iter=np.inf)}, ValueError, "max_iter=inf"),
        ({"solver": Krylov}, TypeError, "solver=Krylov is a class: pass an object of it"),
        ({"solver": 1e-9}, ValueError, "solver=1e-09: pass an object of Krylov"),
    ],
)
def test_parameters_of_inf_fs(table, parameters, error, message):
    with pytest.raises(error, match=message):
        InfFS(**parameters).fit(table)


@pytest.mark.parametrize("temperature", [0, -1, np.nan, np.inf])
def test_temperature(table, temperature):
    with pytest.raises(ValueError, match="temperature="):
        AttentionSelector(temperature=temperature).fit(table)


def test_threads_of_attention(table):
    with pytest.raises(ValueError, match="n_jobs=0"):
        AttentionSelector(n_jobs=0).fit(table)
    one, two = (AttentionSelector(n_jobs=n_jobs).fit(table).scores_ for n_jobs in (1, 2))
    np.testing.assert_array_equal(one, two)


def with_value(table, value):
    X = table.copy()
    X[3, 2] = value
    return X


@pytest.mark.parametrize("selector", [InfFS(), AttentionSelector()], ids=repr)
class TestTables:
    def test_nan_names_the_column(self, selector, table):
        with pytest.raises(
            ValueError, match=r"contains NaN: column 'x2' has 1 such values, the first in row 3; impute"
        ):
            clone(selector).set_params(missing="error").fit(with_value(table, np.nan))
        frame = pd.DataFrame(with_value(table, np.nan), columns=list("abcdefghi"))
        with pytest.raises(ValueError, match="column 'c'"):
            clone(selector).set_params(missing="error").fit(frame)

    def test_infinity_names_the_column(self, selector, table):
        with pytest.raises(ValueError, match="contains infinity: column 'x2'"):
            selector.fit(with_value(table, -np.inf))

    def test_numbers_at_the_edge_of_overflow_are_finite(self, selector, table):
        selector.fit(np.c_[table, [1.7e308] * 20 + [-1.7e308] * 20, [1.7e308] * 39 + [0]])

    def test_dates_name_the_column(self, selector):
        frame = pd.DataFrame({"a": [1, 2], "day": pd.to_datetime(["2020-01-01", "2020-01-02"])})
        with pytest.raises(ValueError, match="'day'"):
            selector.fit(frame)

    @pytest.mark.parametrize("shape", [(0, 3), (1, 3), (3, 0)])
    def test_too_small(self, selector, shape):
        with pytest.raises(ValueError, match=r"Found array with \d (sample|feature)\(s\)"):
            selector.fit(np.ones(shape))

    def test_one_dimension(self, selector):
        with pytest.raises(ValueError, match="1D array"):
            selector.fit(np.arange(5.0))

    def test_all_constant(self, selector):
        with pytest.raises(ValueError, match="every column of X is constant"):
            selector.fit(np.ones((4, 3)))

    def test_repeated_names(self, selector):
        with pytest.raises(ValueError, match="more than one column named b"):
            selector.fit(pd.DataFrame([[1, 2, 3], [4, 6, 5]], columns=["a", "b", "b"]))

    def test_a_target_of_another_length(self, selector, table):
        with pytest.raises(ValueError, match="inconsistent numbers of samples"):
            selector.fit(table, np.ones(39))

    def test_another_table_at_transform(self, selector, table):
        selector.fit(table)
        with pytest.raises(ValueError, match="8 features"):
            selector.transform(table[:, :8])

    def test_not_fitted(self, selector, table):
        from sklearn.exceptions import NotFittedError

        for call in (lambda s: s.transform(table), lambda s: s.get_support(), lambda s: s.to_frame()):
            with pytest.raises(NotFittedError):
                call(clone(selector))


def test_a_labeled_affinity_must_know_every_column(table):
    frame = pd.DataFrame(table, columns=list("abcdefghi"))
    labeled = pd.DataFrame(np.ones((9, 9)), list("abcdefghi"), list("abcdefghi"))
    with pytest.raises(ValueError, match="affinity has no row named 'c'"):
        InfFS(affinity=labeled.drop(index="c")).fit(frame)
    with pytest.raises(ValueError, match="affinity has no column named 'd'"):
        InfFS(affinity=labeled.drop(columns="d")).fit(frame)
    with pytest.raises(ValueError, match="repeated row labels"):
        InfFS(affinity=pd.concat([labeled, labeled.iloc[:1]])).fit(frame)
