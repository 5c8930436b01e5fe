"""What is learned becomes a formula of the same kind, which prints and can be used again."""

from dataclasses import dataclass

import numpy as np
import pytest
from sklearn.naive_bayes import GaussianNB

from infsel import AttentionSelector, InfFS, InfFSCV
from infsel.affinities import Attention, Correlation, Dispersion, Given, Learned, Redundancy
from infsel.krylov import Krylov


@dataclass
class Share(Learned):
    """Redundancy, weighed by the share of the columns that are nodes."""

    def resolve(self, columns, table, y=None):
        return len(columns) / table.shape[1] * Redundancy("pearson")


@pytest.fixture
def X(rng):
    X = rng.standard_normal((30, 8))
    X[:, 3] = 1  # outside the graph
    return X


def test_a_selector_shows_what_was_learned(X):
    fitted = InfFS(affinity=Share()).fit(X)
    assert repr(fitted.affinity_) == "0.875 * Redundancy(correlation='pearson')"
    again = InfFS(affinity=fitted.affinity_).fit(X)
    np.testing.assert_array_equal(again.scores_, fitted.scores_)
    assert fitted.affinity == Share()


def test_nothing_changes_where_nothing_is_open(X):
    assert InfFS(alpha=0.25).fit(X).affinity_ == 0.25 * Dispersion() + 0.75 * Redundancy()
    assert AttentionSelector().fit(X).affinity_ == Attention()


def test_formulas_resolve_term_by_term(X):
    open_ = Share() * Share() + 2 * Share() - Correlation() / 2
    shown = "0.875 * Redundancy(correlation='pearson')"
    resolved = InfFS(affinity=open_, normalization="none", n_hops=1).fit(X).affinity_
    assert repr(resolved) == f"{shown} * {shown} + 2 * {shown} - 0.5 * Correlation()"


def test_by_hand_all_columns_are_nodes(X):
    np.testing.assert_allclose(Share()(X).to_dense(), Redundancy("pearson")(X).to_dense())


def test_a_part_without_weight_is_not_learned(X):
    class Refusing(Learned):
        def resolve(self, columns, table, y=None):
            raise AssertionError

    repr(InfFS(affinity=0 * Refusing() + Correlation(), normalization="none", n_hops=1).fit(X).affinity_)


def test_searches_and_landmarks_resolve(X, rng):
    y = np.arange(30) % 2
    search = InfFSCV(GaussianNB(), selector=InfFS(affinity=Share()), n_hops=[1, 2], n_features_to_select=[2], cv=2).fit(
        X, y
    )
    assert repr(search.selector_.affinity_).startswith("0.875")
    wide = rng.standard_normal((20, 60))
    estimated = InfFS(affinity=Share(), solver=Krylov(n_landmarks=30, random_state=0)).fit(wide)
    assert repr(estimated.affinity_).startswith("1 * Redundancy")


def test_a_matrix_stays_itself(X):
    matrix = np.ones((8, 8))
    assert isinstance(InfFS(affinity=matrix).fit(X).affinity_, Given)
