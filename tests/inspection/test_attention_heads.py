"""One picture for each head, all on one scale."""

import numpy as np
import pytest
from sklearn.feature_selection import SelectKBest

from infsel import AttentionSelector
from infsel.inspection import AttentionHeadsDisplay


def test_heads(hostile, apart, pyplot):
    X, _ = hostile
    fitted = AttentionSelector(n_heads=3, temperature="auto").fit(X)
    display = AttentionHeadsDisplay.from_estimator(fitted, n_features=6)
    best = np.argsort(fitted.ranking_)[:6]
    names = X.columns[best]
    np.testing.assert_allclose(
        display.weights.mean(axis=0), fitted.attention_weights(list(names)).loc[:, names].to_numpy()
    )
    for image, weights in zip(display.images_, display.weights, strict=True):
        np.testing.assert_array_equal(image.get_array(), weights)
    assert len({image.get_clim() for image in display.images_}) == 1
    to_others = 1 - display.weights[0].sum(axis=1).mean()
    assert display.axes_[0].get_title() == f"head 1\n{to_others:.0%} to other columns"
    assert apart(display.figure_) == []
    figure, axes = pyplot.subplots(1, 3)
    assert display.plot(axes).figure_ is figure


def test_the_scale_ends_at_the_attention_to_others():
    weights = np.array([[[0.9, 0.1], [0.2, 0.8]]])
    display = AttentionHeadsDisplay(weights=weights, names=["a", "b"], n_features=2).plot()
    assert display.images_[0].get_clim() == (0, 0.2)
    alone = AttentionHeadsDisplay(weights=np.ones((1, 1, 1)), names=["a"], n_features=1).plot()
    assert alone.images_[0].get_clim() == (0, 1)


def test_many_heads_are_some(rng):
    weights = rng.dirichlet(np.ones(4), (20, 4))
    display = AttentionHeadsDisplay(weights=weights, names=list("abcd"), n_features=4).plot()
    assert len(display.images_) == 12
    assert display.figure_.axes[-1].get_ylabel() == "attention (12 of 20 heads)"
    display = AttentionHeadsDisplay(weights=weights[:5], names=list("abcd"), n_features=4).plot()
    assert len(display.images_) == 5
    assert not display.figure_.axes[5].axison  # of two rows of three


def test_without_heads(wine):
    X, y = wine
    assert AttentionHeadsDisplay.from_estimator(AttentionSelector().fit(X)).weights.shape == (1, 13, 13)
    with pytest.raises(TypeError, match="has no graph"):
        AttentionHeadsDisplay.from_estimator(SelectKBest().fit(X, y))
