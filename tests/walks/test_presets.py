"""Every preset against the scores of the original program it composes."""

import numpy as np
import pytest
from conftest import GOLDEN, REAL, SYNTHETIC, golden
from presets import COUNTS, preset

import infsel
from infsel import AttentionSelector, InfFS
from infsel.affinities import Attention, pooled_attention
from infsel.normalizations import FrobeniusReLU
from infsel.operators import LowRank
from infsel.relevances import Fisher, LatentFactor
from infsel.walks._presets import PRESETS

EQUAL, UNEQUAL = (1 / 3, 1 / 3, 1 / 3), (0.5, 0.3, 0.2)
BINARY, ALL, NONE = "y_pm1", "y", None

# golden key: preset, its parameters, the labels the program got, what the program adds, and how the table was scaled
CASES = {
    **{
        f"InfFS_U_{key}": ("tpami2020-unsupervised-released", {"alpha": alpha}, NONE, 1, None)
        for key, alpha in {"a0": 0.0, "a01": 0.1, "a05": 0.5, "a09": 0.9, "a1": 1.0}.items()
    },
    "InfFS_S_eq": ("tpami2020-supervised-released", {"alpha": EQUAL}, BINARY, 1, None),
    "InfFS_S_532": ("tpami2020-supervised-released", {"alpha": UNEQUAL}, BINARY, 1, None),
    "infFS2015_unsup_a05": ("fslib2016-signed", {}, NONE, 0, None),
    "infFS2015_sup_a05": ("fslib2016-supervised", {}, BINARY, 0, None),
    "infFSauto_unsup_a05": ("fslib2016-unsigned", {}, NONE, 0, None),
    "infFSmatFR_unsup_a05": ("fslib2016-unsigned", {}, NONE, 0, None),
    "infFSmatFR_sup_a05": ("fslib2016-supervised-099", {}, BINARY, 0, None),
    "PyIFS_sup0_a05": ("fslib2016-signed", {}, NONE, 0, None),
    "PyIFS_sup1_a05": ("fslib2016-supervised", {}, BINARY, 0, None),
    "ECFS_a05": ("ecfs", {}, BINARY, 0, None),
    "ILFS_matFR_T4": ("ilfs", {"variant": "2017", "n_tokens": 4}, BINARY, 0, None),
    "ILFS_matFR_T4_multi": ("ilfs", {"variant": "2017", "n_tokens": 4}, ALL, 0, None),
    "ILFS_fslib6_T3": ("ilfs", {"variant": "2018", "n_tokens": 3}, BINARY, 0, None),
    "ILFS_fslib6_T6": ("ilfs", {"variant": "2018", "n_tokens": 6}, BINARY, 0, None),
    "ILFS_fslib6_T6_multi": ("ilfs", {"variant": "2018", "n_tokens": 6}, ALL, 0, None),
    "ILFS_auto_T4": ("ilfs", {"variant": "auto"}, BINARY, 0, None),
    "SIFS_raw_a05": ("sifs", {}, ALL, 0, None),
    "SIFS_z_a05": ("sifs", {}, ALL, 0, "standard"),
    "mIFS_raw_a05": ("mifs", {}, NONE, 0, None),
    "mIFS_minmax_a05": ("mifs", {}, NONE, 0, "min-max"),
}
READS_SPREAD = ("InfFS", "infFS", "PyIFS", "ECFS", "mIFS")


def scaled(X, how):
    constant = np.ptp(X, axis=0) == 0
    if how == "standard":
        return (X - X.mean(axis=0)) / np.where(constant, 1, X.std(axis=0, ddof=1))
    if how == "min-max":
        return (X - X.min(axis=0)) / np.where(constant, 1, np.ptp(X, axis=0))
    return X


def target(name, key, numbers):
    """The scores to reproduce, or a skip where they are none."""
    if key not in numbers:
        pytest.skip("the original was not run, or failed, on this table")
    w = np.abs(numbers[key]) if key.startswith("ECFS") else numbers[key]
    if name == "syn_equalstd8" and key.startswith(READS_SPREAD) and key != "InfFS_U_a0":
        pytest.skip("the original amplifies round-off of equal standard deviations")
    if np.abs(w).max() > 1e13 or (key == "ILFS_fslib6_T3" and np.ptp(w) < 1e-8):
        pytest.skip("the original inverts a singular matrix, or returns equal scores")
    return w


@pytest.mark.compiled
@pytest.mark.filterwarnings("ignore:All columns have the same standard deviation")
@pytest.mark.parametrize("key", CASES)
@pytest.mark.parametrize("name", SYNTHETIC + REAL)
def test_scores_are_those_of_the_original_program(name, key):
    preset, parameters, labels, added, scaling = CASES[key]
    numbers = golden(name)
    w = target(name, key, numbers)
    y = None if labels is None else numbers[labels]
    fitted = InfFS.from_preset(preset, **parameters).fit(scaled(numbers["X"], scaling), y)
    error = np.abs(fitted.scores_ + added - w)
    # 1e-9 of the spread, but no finer than a few hundred units in the last place of the original's own scores
    assert error.max() <= max(1e-9 * np.ptp(w), 1e-13 * np.abs(w).max())
    # the ranking is the original's up to ties
    ours, theirs = np.argsort(fitted.ranking_), np.argsort(-w, kind="stable")
    swapped = ours != theirs
    assert (np.abs(w[ours[swapped]] - w[theirs[swapped]]) <= 2 * error.max() + 1e-12 * np.abs(w).max()).all()


@pytest.mark.parametrize("rho", [0.95, 0.5])
def test_infinite_self_attention(rho):
    numbers = np.load(GOLDEN / "infsa.npz")
    for head in np.ndindex(2, 3):
        Q, K, V = (numbers[letter][head] for letter in "qkv")
        normalization = FrobeniusReLU()
        A = normalization.apply(LowRank(Q / Q.shape[1], K))
        attention = rho / normalization.unit(A).value * A.to_dense()
        np.testing.assert_allclose(attention, numbers[f"pure_scores_rho{rho}"][head], atol=1e-12)
        np.testing.assert_allclose(attention @ V, numbers[f"pure_infsa_out_rho{rho}"][head], atol=1e-12)
        linear = rho * pooled_attention(Q, K)
        np.testing.assert_allclose(linear[:, None], numbers[f"linear_scores_rho{rho}"][head], atol=1e-12)
        np.testing.assert_allclose(linear @ V, numbers[f"linear_infsa_out_rho{rho}"][head][0], atol=1e-12)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_ranks_a_table(name, table):
    y = np.arange(40) % 2
    X = np.abs(np.round(table)) * (table > 1) if name in COUNTS else np.round(table, 1)
    fitted = preset(name, n_features_to_select=3).fit(X, y)
    assert fitted.support_.sum() == 3
    assert np.ptp(fitted.scores_) > 0


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_documented(name):
    listed = infsel.presets().set_index("name").loc[name]
    assert listed.formula
    assert listed.reference
    assert listed.cost
    assert PRESETS[name].make.__doc__


@pytest.mark.parametrize("name", ["fslib2016-unsigned", "tpami2020-unsupervised-released", "mifs", "ecfs"])
def test_the_faithful_preset_ranks_constant_columns_high_and_the_sound_one_last(name):
    numbers = golden("syn_ties_const10")
    X, y = numbers["X"], numbers["y_pm1"]
    constant = np.ptp(X, axis=0) == 0
    faithful = InfFS.from_preset(name, alpha=0.1 if "unsup" in name or "unsigned" not in name else 0.9).fit(X, y)
    assert faithful.scores_[constant].all()
    sound = InfFS.from_preset(name, constant_columns="outside").fit(X, y)
    assert set(np.flatnonzero(constant)) == set(np.argsort(sound.ranking_)[-2:])
    assert not sound.scores_[constant].any()


@pytest.mark.parametrize("name", [name for name, preset in PRESETS.items() if "faithful" in preset.parameters])
def test_faithful_presets_have_a_sound_twin(name, table):
    y = np.arange(40) % 2
    X = np.insert(table, 0, 1.0, axis=1)
    assert InfFS.from_preset(name, faithful=False).fit(X, y).ranking_[0] == 10


def test_mutual_information_is_inert_in_the_release_of_2020_and_not_in_the_paper(table, rng):
    y = rng.integers(0, 2, 40)

    def by_information_and_fisher(name):
        return np.argsort(InfFS.from_preset(name, alpha=(1, 0, 0)).fit(table, y).scores_, kind="stable")

    by_fisher = np.argsort(Fisher()(table, y), kind="stable")
    np.testing.assert_array_equal(by_information_and_fisher("tpami2020-supervised-released"), by_fisher)
    assert (by_information_and_fisher("tpami2020-supervised") != by_fisher).any()


def test_the_rank_one_member_is_its_closed_form(table):
    y = np.arange(40) % 2
    p = LatentFactor("2018", 6)(table, y)
    fitted = InfFS.from_preset("ilfs", n_tokens=6).fit(table, y)
    np.testing.assert_allclose(fitted.scores_, 99 * p * p.sum() / (p @ p), rtol=1e-9)
    one = InfFS.from_preset("ilfs", n_tokens=6, n_hops=1).fit(table, y)
    np.testing.assert_array_equal(one.ranking_, fitted.ranking_)


def test_a_preset_of_attention_is_the_attention_selector(table):
    preset = InfFS.from_preset("self-attention", temperature=2.0).fit(table)
    np.testing.assert_array_equal(preset.scores_, AttentionSelector(temperature=2.0).fit(table).scores_)
    assert repr(preset.affinity) == repr(Attention(2.0))


def test_personalized_pagerank_starts_at_the_target(table):
    y = np.arange(40) % 2
    plain = InfFS.from_preset("pagerank").fit(table)
    personal = InfFS.from_preset("pagerank", start="fisher").fit(table, y)
    assert plain.scores_.sum() == pytest.approx(1)
    assert personal.scores_.sum() == pytest.approx(1)
    assert (plain.ranking_ != personal.ranking_).any()


def test_unknown_names_and_parameters_are_refused():
    with pytest.raises(ValueError, match="preset 'inffs' is not known: choose one of 'iccv2015'"):
        InfFS.from_preset("inffs")
    with pytest.raises(ValueError, match="preset 'katz' has no parameter 'decay': it has 'affinity', 'damping'"):
        InfFS.from_preset("katz", decay=0.5)
    with pytest.raises(ValueError, match=r"alpha=0.5: pass three weights"):
        InfFS.from_preset("tpami2020-supervised", alpha=0.5)


def test_parameters_of_inf_fs_overrule_the_preset():
    selector = InfFS.from_preset("fslib2016-signed", alpha=0.2, n_hops=3, damping=0.5)
    assert (selector.n_hops, selector.damping) == (3, 0.5)
    assert repr(selector.affinity) == "0.2 * Correlation() + 0.8 * Dispersion()"


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("ecfs", {"alpha": 5}, "alpha=5: pass a number from 0 to 1"),
        ("sifs", {"alpha": "x"}, "alpha='x': pass a number from 0 to 1"),
        ("mifs", {"faithful": "no"}, "faithful='no': pass True or False"),
    ],
)
def test_parameters_of_presets_have_ranges(name, parameters, message):
    with pytest.raises(ValueError, match=message):
        InfFS.from_preset(name, **parameters)
