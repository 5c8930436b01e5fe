"""Attention that ranks nothing says so."""

import numpy as np
import pytest

from infsel import AttentionSelector


def test_attention_of_features_to_themselves_is_warned_of(rng):
    X = rng.standard_normal((400, 5))
    with pytest.warns(
        UserWarning, match=r"All scores are 0\.9.*of a feature to itself; exclude_self=True leaves that out"
    ):
        AttentionSelector().fit(X)
    assert np.ptp(AttentionSelector(exclude_self=True).fit(X).scores_) > 0.01
    with pytest.warns(UserWarning, match="attention spreads evenly; a lower temperature"):
        AttentionSelector(exclude_self=True, temperature=1e9).fit(X)
    AttentionSelector().fit(X[:, :2])  # two are always equal
    AttentionSelector(target_token=True).fit(X, X[:, 0])
