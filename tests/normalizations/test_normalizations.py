import naive
import numpy as np
import pytest

from infsel.normalizations import Identity, Row, Softmax, Spectral, SubStochastic
from infsel.operators import Stored
from infsel.walks._names import NORMALIZATIONS


def test_row_equals_its_definition_and_leaves_a_zero_row(small_graph):
    small_graph[3] = 0
    np.testing.assert_allclose(Row()(Stored(small_graph)).to_dense(), naive.row(small_graph), rtol=1e-14)


@pytest.mark.parametrize("exclude_self", [False, True])
def test_softmax_equals_its_definition(rng, exclude_self):
    logits = 30 * rng.standard_normal((8, 8))
    expected = naive.softmax(logits, exclude_self)
    A = Softmax(exclude_self)(Stored(logits))
    np.testing.assert_allclose(A.to_dense(), expected, rtol=1e-12)
    np.testing.assert_allclose(A.rows(np.array([5, 2])), expected[[5, 2]], rtol=1e-12)
    np.testing.assert_allclose(A.T @ np.ones(8), expected.sum(axis=0), rtol=1e-12)


def test_softmax_survives_huge_logits():
    logits = np.array([[1e4, -1e4], [-1e4, -1e4]])
    np.testing.assert_allclose(Softmax()(Stored(logits)).to_dense(), [[1, 0], [0.5, 0.5]])


def test_softmax_leaves_the_logits_alone(small_graph):
    before = small_graph.copy()
    Softmax(exclude_self=True)(Stored(small_graph)).to_dense()
    np.testing.assert_array_equal(small_graph, before)


def test_a_single_feature_without_itself_has_nobody():
    assert Softmax(exclude_self=True)(Stored(np.ones((1, 1)))).to_dense() == 0


def test_scalars_only_set_the_unit(small_graph):
    A = Stored(small_graph)
    for normalization in (Identity(), Spectral(), SubStochastic()):
        assert normalization(A) is A
    assert Identity().unit(A) == (1, False)
    assert Spectral().unit(A) == (1, True)
    assert SubStochastic().unit(A).value == pytest.approx(small_graph.sum(axis=1).max())
    assert SubStochastic().unit(Stored(np.zeros((2, 2)))) == (1, False)


def test_negative_entries_are_refused_where_they_have_no_meaning(small_graph):
    A = Stored(small_graph - 0.5)
    with pytest.raises(ValueError, match=r"normalization='row'.*without negative entries"):
        Row()(A)
    with pytest.raises(ValueError, match="normalization='sub-stochastic'"):
        SubStochastic().unit(A)


def naive_unit(normalization, dense):
    unit, in_radii = normalization.unit(Stored(dense))
    return unit * naive.spectral_radius(dense) if in_radii else unit


@pytest.mark.parametrize("name", NORMALIZATIONS)
def test_what_flattens_is_declared_both_ways(name, small_graph):
    normalization = NORMALIZATIONS[name]()
    dense = normalization(Stored(small_graph)).to_dense()
    unit = naive_unit(normalization, dense)
    for readout, M in (("sent", dense), ("received", dense.T)):
        for n_hops in (1, 2, 5):
            scores = naive.hops(M, np.ones(8), n_hops, 0.9 / unit)
            flat = np.ptp(scores) < 1e-9 * np.abs(scores).max()
            assert flat == (readout in normalization.flattens)


def test_they_say_what_differs_from_their_defaults():
    assert repr(Softmax()) == "Softmax()"
    assert repr(Softmax(exclude_self=True)) == "Softmax(exclude_self=True)"
