import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from types import SimpleNamespace

import naive
import numpy as np
import pandas as pd
import pytest
from scipy.optimize import nnls
from sklearn.base import clone
from sklearn.gaussian_process.kernels import ExpSineSquared
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from infsel import InfFS
from infsel.affinities import Correlation, Kernel, LearnedSpectrum, Spectrum
from infsel.affinities._positions import Positions, read_positions
from infsel.affinities._spectrum import _nonnegative_weights
from infsel.relevances import Correlation as Relevance
from infsel.relevances import CrossFitted, cross_fitted
from infsel.tables import as_table

HOUR = np.timedelta64(1, "h")
SMOOTHER = {"normalization": "row", "n_hops": 1, "readout": "attended", "start": "pearson"}


@pytest.fixture
def X(rng):
    """40 samples of 24 columns, each with a mean of its own."""
    return rng.standard_normal((40, 24)) + rng.uniform(0, 5, 24)


@pytest.fixture
def t(rng):
    """Irregular positions, two of them equal."""
    t = np.sort(rng.uniform(100, 200, 24))
    t[5] = t[6]
    return t


@pytest.fixture
def daily(rng):
    """Columns at irregular hours of three weeks, of which those within three hours of eight tell the target."""
    hours = np.sort(rng.uniform(0, 500, 150))
    planted = np.abs((hours - 8 + 12) % 24 - 12) < 3
    y = rng.standard_normal(80)
    X = rng.standard_normal((80, 150)) + 0.5 * np.outer(y, planted)
    return SimpleNamespace(X=X, y=y, hours=hours, planted=planted)


def dense(affinity, X, y=None):
    return affinity(X, y).to_dense()


def test_the_gaussian_equals_its_definition_and_that_of_scikit_learn(X, t, rng):
    A = Kernel(t, scale=7.0)(X)
    np.testing.assert_allclose(A.to_dense(), naive.gaussian_kernel(t[:, None], 7.0), rtol=1e-13)
    np.testing.assert_allclose(A.to_dense(), rbf_kernel(t[:, None], gamma=1 / (2 * 7.0**2)), rtol=1e-11)
    x = rng.standard_normal((24, 2))
    np.testing.assert_allclose(A @ x, A.to_dense() @ x, atol=1e-13)
    plane = rng.uniform(size=(24, 2))
    expected = rbf_kernel(plane, gamma=1 / (2 * 0.3**2))
    np.testing.assert_allclose(dense(Kernel(plane, scale=0.3), X), expected, rtol=1e-11)


def test_far_from_the_origin_no_digit_is_lost(X):
    whole = np.arange(24)
    for far in (2**50, 2**62):
        np.testing.assert_array_equal(dense(Kernel(whole + far, 7.0), X), dense(Kernel(whole, 7.0), X))


def test_columns_at_one_position_relate_alike(X, t):
    A = dense(Kernel(t), X)
    assert A[5, 6] == 1
    np.testing.assert_array_equal(A[5], A[6])


@pytest.mark.parametrize("guide", ["mean", "array", "pearson", "callable"])
def test_a_guide_multiplies_the_range_kernel(X, t, guide, rng):
    y = rng.standard_normal(40)
    own = rng.standard_normal(24)
    values = {"mean": X.mean(axis=0), "array": own, "pearson": Relevance()(X, y), "callable": X.std(axis=0)}[guide]
    spec = {"array": own, "callable": lambda X, y: X.std(axis=0)}.get(guide, guide)
    expected = naive.gaussian_kernel(t[:, None], 7.0, values, 0.4 * np.std(values))
    np.testing.assert_allclose(dense(Kernel(t, 7.0, spec, 0.4), X, y), expected, rtol=1e-9, atol=1e-300)


@pytest.mark.parametrize("scale", [7.0, np.inf])
def test_patches_of_the_guide_are_compared_along_the_positions(X, t, scale, rng):
    t[6] += 0.1  # every place its own
    places, guide = rng.permutation(t), rng.standard_normal(24)
    rows = naive.patches(places, guide, 2)
    alike = [[np.exp(-np.mean((a - b) ** 2) / (2 * (0.4 * guide.std()) ** 2)) for a in rows] for b in rows]
    expected = naive.gaussian_kernel(places[:, None], scale) * alike
    kernel = Kernel(places, scale, guide, 0.4, patch=2)
    np.testing.assert_allclose(dense(kernel, X), expected, rtol=1e-9, atol=1e-300)
    if scale == np.inf:  # only the order of the positions counts
        np.testing.assert_array_equal(dense(Kernel(places**3, scale, guide, 0.4, patch=2), X), dense(kernel, X))
    for wrong, message in (
        (Kernel(np.zeros(24), 1.0, guide, patch=2), "each at a place of its own on a line"),
        (Kernel(np.c_[t, t], 1.0, guide, patch=2), "each at a place of its own on a line"),
        (Kernel(t, 1.0, guide, patch=24), "patch=24 needs more than 24 columns"),
        (Kernel(t, 1.0, patch=2), "patch=2 without a guide"),
        (Kernel(t, np.inf), "scale=inf without a guide"),
    ):
        with pytest.raises(ValueError, match=message):
            wrong(X)


def test_a_guide_multiplies_a_spectrum_too(X, t):
    waves = Spectrum([30.0, 9.0], [0.7, 0.3])
    expected = np.maximum(naive.spectral_kernel(t, [30.0, 9.0], [0.7, 0.3]), 0)
    expected *= naive.gaussian_kernel(np.zeros((24, 1)), 1.0, X.mean(axis=0), 0.3 * X.mean(axis=0).std())
    np.testing.assert_allclose(dense(Kernel(t, guide="mean", spectrum=waves), X), expected, atol=1e-12)


def test_positions_and_guides_of_columns_outside_the_graph_are_left_out(X, t):
    X[:, 3] = 1.0
    inside = np.arange(24) != 3
    A = Kernel(t, 7.0, np.arange(24.0)).among(np.flatnonzero(inside), as_table(X))
    expected = dense(Kernel(t[inside], 7.0, np.arange(24.0)[inside]), X[:, inside])
    np.testing.assert_allclose(A.to_dense(), expected, rtol=1e-13)


def test_weights_are_repeated_samples(X, t, rng):
    times = rng.integers(1, 4, 40)
    kernel, repeated = Kernel(t, guide="mean"), np.repeat(X, times, axis=0)
    weighted = kernel(as_table(X, times.astype(float))).to_dense()
    np.testing.assert_allclose(weighted, dense(kernel, repeated), rtol=1e-9)


def test_automatic_scale_is_the_median_distance_to_the_kth_neighbor(X, t):
    k = int(np.ceil(np.sqrt(24)))
    expected = np.median([np.sort(np.abs(t - own))[k] for own in t])
    assert Kernel(t).resolve(np.arange(24), as_table(X)).scale == pytest.approx(expected, rel=1e-14)
    columns = np.arange(0, 24, 2)
    part = Kernel(t).resolve(columns, as_table(X))
    assert part.scale == pytest.approx(np.median([np.sort(np.abs(t[columns] - own))[4] for own in t[columns]]))


def test_one_attended_hop_is_the_smoother_of_nadaraya_and_watson(X, t, rng):
    y = rng.standard_normal(40)
    r = Relevance()(X, y)
    scores = InfFS(affinity=Kernel(t, 7.0), damping=1 - 1e-12, **SMOOTHER).fit(X, y).scores_
    smooth = [np.average(r, weights=np.exp(-((t - own) ** 2) / (2 * 7.0**2))) for own in t]
    np.testing.assert_allclose(scores / scores.sum(), smooth / np.sum(smooth), rtol=1e-10)


def test_features_of_a_spectrum_make_the_kernel_whatever_the_origin(t):
    spectrum = Spectrum([30.0, 9.0, 2.5], [0.5, 0.3, 0.2])
    phi = spectrum.features(Positions(t[:, None]))
    psi = naive.spectral_kernel(t, spectrum.periods, spectrum.weights)
    np.testing.assert_allclose(phi @ phi.T, psi, atol=1e-13)
    shifted = spectrum.features(Positions(t[:, None] + 1000))
    np.testing.assert_allclose(shifted @ shifted.T, psi, atol=1e-12)
    assert np.diag(phi @ phi.T) == pytest.approx(1.0, abs=1e-14)


def test_a_spectrum_is_of_low_rank_and_positive_semidefinite_and_a_negative_weight_is_not(t):
    periods = [40.0, 17.0, 5.0]
    good = naive.spectral_kernel(t, periods, [0.6, 0.3, 0.1])
    assert np.linalg.eigvalsh(good).min() > -1e-12
    assert np.linalg.matrix_rank(good, tol=1e-9) == 6
    assert np.linalg.eigvalsh(naive.spectral_kernel(t, periods, [0.9, 0.3, -0.2])).min() < -0.1


def test_one_period_decides_like_a_periodic_kernel_of_scikit_learn(X, t):
    A = dense(Kernel(t, spectrum=Spectrum([25.0], [1.0])), X)
    peer = ExpSineSquared(length_scale=1.0, periodicity=25.0)(t[:, None])  # exp(-2 sin^2) = exp(cos - 1)
    np.testing.assert_allclose(A, np.maximum(1 + np.log(peer), 0), atol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_precision_is_that_of_the_table(X, t, dtype):
    atol = 1e-6 if dtype == np.float32 else 1e-13
    for kernel in (Kernel(t, guide=np.arange(24.0)), Kernel(t, spectrum=Spectrum([25.0, 8.0], [0.6, 0.4]))):
        A = kernel(X.astype(dtype))
        assert A.dtype == A.to_dense().dtype == dtype
        assert A.nonnegative
        np.testing.assert_allclose(A.to_dense(), dense(kernel, X), atol=atol)


def test_weights_of_a_spectrum_are_the_least_squares_over_all_pairs(rng):
    times, periods = rng.uniform(0, 40, 14), np.array([31.0, 11.0, 6.0, 3.5])
    given, held_out = rng.standard_normal((2, 14, 3))
    given += np.cos(2 * np.pi * times / 11)[:, None]
    held_out += np.cos(2 * np.pi * times / 11)[:, None]
    rated = CrossFitted(*(each - each.mean(axis=0) for each in (given, held_out)))
    weights = _nonnegative_weights(times, rated, periods)
    off = ~np.eye(14, dtype=bool)
    design = np.stack([naive.spectral_kernel(times, [period], [1.0])[off] for period in periods], axis=1)
    target = (rated.given @ rated.held_out.T / 3)[off]
    np.testing.assert_allclose(weights, nnls(design, target)[0], atol=1e-10)
    least = naive.spectrum_loss(times, periods, weights, given, held_out)
    assert weights.argmax() == 1
    for k in range(4):
        for step in (1e-3, -1e-3):
            other = np.maximum(weights + step * (np.arange(4) == k), 0)
            assert naive.spectrum_loss(times, periods, other, given, held_out) >= least - 1e-9


def test_learned_periods_are_found_and_come_in_the_unit_of_the_positions(daily):
    when = np.datetime64("2026-01-01") + np.rint(daily.hours * 3600).astype("timedelta64[s]")
    for times, hour in ((daily.hours, 1.0), (when, HOUR), (pd.DatetimeIndex(when), HOUR), (daily.hours * 3600, 3600.0)):
        kernel = Kernel(times, spectrum="learned").resolve(np.arange(150), as_table(daily.X), daily.y)
        assert kernel.periods_[0] / hour == pytest.approx(24, rel=0.02)
        assert (np.asarray(kernel.spectrum.weights) > 0).all()
        assert np.sum(kernel.spectrum.weights) == pytest.approx(1)


def test_a_learned_kernel_finds_more_than_one_of_the_place_and_is_used_again_by_its_numbers(daily):
    k = daily.planted.sum()
    selector = InfFS(affinity=Kernel(daily.hours, spectrum="learned"), n_features_to_select=k, **SMOOTHER)
    scores = selector.fit(daily.X, daily.y).scores_
    index = InfFS(affinity=Kernel(np.arange(150)), n_features_to_select=k, **SMOOTHER).fit(daily.X, daily.y)
    assert daily.planted[selector.support_].mean() > daily.planted[index.support_].mean()
    learned = selector.affinity_
    assert isinstance(learned.spectrum, Spectrum)
    assert "Spectrum(periods=" in repr(learned)
    again = InfFS(affinity=pickle.loads(pickle.dumps(learned)), n_features_to_select=k, **SMOOTHER)
    np.testing.assert_array_equal(again.fit(daily.X, daily.y).scores_, scores)
    assert learned.resolve(np.arange(150), as_table(daily.X), daily.y) is learned


def test_order_of_columns_and_samples_does_not_change_what_is_learned(daily, rng):
    order = rng.permutation(150)
    rated = cross_fitted("pearson", as_table(daily.X), daily.y)
    learned = [
        Kernel(daily.hours[some], spectrum="learned").resolve(np.arange(150), as_table(daily.X[:, some]), daily.y)
        for some in (np.arange(150), order)
    ]
    np.testing.assert_allclose(learned[0].periods_, learned[1].periods_, rtol=1e-9)
    np.testing.assert_allclose(learned[0].spectrum.weights, learned[1].spectrum.weights, atol=1e-9)
    assert rated.given.shape == (150, 16)


def test_a_search_reaches_every_parameter(X, t):
    y = (X[:, 3] > X[:, 3].mean()).astype(int)
    selector = InfFS(affinity=Kernel(t, spectrum=LearnedSpectrum(n_periods=20)), n_features_to_select=3, **SMOOTHER)
    parameters = clone(selector).get_params()
    assert parameters["affinity__spectrum__n_periods"] == 20
    model = make_pipeline(StandardScaler(), InfFS(affinity=Kernel(t), **SMOOTHER), KNeighborsClassifier(3))
    grid = {"inffs__affinity__scale": ["auto", 5.0], "inffs__affinity__spectrum": [None]}
    assert GridSearchCV(model, grid, cv=2).fit(X, y).best_score_ > 0.4


def test_it_multiplies_data_and_prints_as_a_formula(X, t):
    formula = Correlation() * Kernel(t, 7.0)
    np.testing.assert_allclose(dense(formula, X), dense(Correlation(), X) * dense(Kernel(t, 7.0), X), atol=1e-15)
    assert repr(Kernel([1, 2, 3], guide="mean")) == "Kernel(positions=[1, 2, 3], guide='mean')"
    long = Kernel(np.arange(50), spectrum=Spectrum([7.0], [1.0]))
    assert repr(long) == "Kernel(positions=[0, ..., 49], spectrum=Spectrum(periods=[7.0], weights=[1.0]))"
    by_name = Kernel(dict.fromkeys("abcdefg", 1.0), guide_scale=0.5)
    assert repr(by_name) == "Kernel(positions=<7 by name>, guide_scale=0.5)"
    resolved = InfFS(affinity=formula.second, **SMOOTHER).fit(X, X[:, 0]).affinity_
    assert resolved.scale == 7.0


def test_positions_alone_read_no_samples(X, t):
    assert Kernel(t).reads == Kernel("names", guide=np.arange(24.0)).reads == frozenset()
    for reading in (Kernel(t, guide="mean"), Kernel(t, spectrum="learned"), Kernel(lambda X, y: X.mean(axis=0))):
        assert reading.reads == {"samples"}


# positions


def read(positions, names=None, n=3):
    return (
        read_positions(positions, None if names is None else np.array(names), n).points[:, 0].tolist()
    )  # from the lowest


def test_times_of_every_kind_are_seconds_since_the_first():
    start, naive_start = datetime(2026, 1, 1, 8, tzinfo=UTC), datetime(2026, 1, 1, 8)
    east = timezone(timedelta(hours=2))
    for times in (
        [start + timedelta(hours=k) for k in (0, 1, 3)],
        [naive_start + timedelta(hours=k) for k in (0, 1, 3)],
        [(start + timedelta(hours=k)).astimezone(east) for k in (0, 1, 3)],
        pd.DatetimeIndex(["2026-01-01 08:00", "2026-01-01 09:00", "2026-01-01 11:00"]),
        pd.DatetimeIndex(["2026-01-01 08:00", "2026-01-01 09:00", "2026-01-01 11:00"], tz="Europe/Rome"),
        np.array([0, 1, 3]) * HOUR,
        pd.to_timedelta([0, 1, 3], unit="h"),
        [timedelta(hours=k) for k in (0, 1, 3)],
    ):
        assert read(times) == [0.0, 3600.0, 10800.0]
    assert read([date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 1)]) == [0.0, 86400.0, 0.0]


def test_a_frame_with_datetime_columns_gives_them_as_positions(rng):
    frame = pd.DataFrame(rng.standard_normal((30, 6)), columns=pd.date_range("2026-01-01", periods=6, freq="6h"))
    affinity = Kernel(frame.columns, scale=timedelta(hours=6))
    expected = rbf_kernel(np.arange(6.0)[:, None], gamma=0.5)
    fitted = InfFS(affinity=affinity, **SMOOTHER).fit(frame, frame.iloc[:, 0])
    np.testing.assert_allclose(fitted.affinity_(frame.to_numpy()).to_dense(), expected, rtol=1e-12)
    resolved = Kernel(frame.columns).resolve(np.arange(6), as_table(frame.to_numpy()))
    assert resolved.scale == 12 * HOUR


@pytest.mark.parametrize(
    ("names", "numbers"),
    [
        (["1100 nm", "1102 nm", "1104.5 nm"], [0.0, 2.0, 4.5]),
        (["X400", "X402", "X404"], [0.0, 2.0, 4.0]),
        (["-1", "0", "+2e1"], [0.0, 1.0, 21.0]),
        (["t-1", "t-2", "t-3"], [0.0, 1.0, 2.0]),
        (["2024-05-30", "2024-05-31", "2024-05-31 12:00"], [0.0, 86400.0, 129600.0]),
    ],
)
def test_names_hold_one_number_each_with_the_same_around_it_or_dates(names, numbers):
    assert read("names", names) == numbers


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["1100 nm", "age", "1104 nm"], "column 'age' holds no numbers"),
        (["1 at 5", "2 at 5", "3 at 5"], "column '1 at 5' holds 2 numbers"),
        (["1100 nm", "2 um", "1104 nm"], "differs between columns '1100 nm' and '2 um'"),
        (["-1 h", "t2 h", "3 h"], "differs between columns '-1 h' and 't2 h'"),
        (["2024-05-30", "2024-02-31", "2024-06-01"], "column '2024-02-31' begins like a date but is none"),
        (None, "positions='names', but the columns of X have none"),
    ],
)
def test_ambiguous_names_are_refused_by_name(names, message):
    with pytest.raises(ValueError, match=message):
        read("names", names)


def test_a_mapping_follows_the_columns_by_name(rng):
    frame = pd.DataFrame(rng.standard_normal((30, 4)), columns=list("abcd"))
    where = {"d": 9.0, "c": 4.0, "b": 1.0, "a": 0.0, "not there": 3.0}
    y = frame.b + rng.standard_normal(30)
    first, second = (
        InfFS(affinity=Kernel(where, 1.0), **SMOOTHER).fit(table, y) for table in (frame, frame[list("dbca")])
    )
    np.testing.assert_allclose(second.scores_, first.scores_[[3, 1, 2, 0]], rtol=1e-10)
    for labeled in (pd.Series(where), pd.DataFrame({"x": pd.Series(where)})):
        assert read(labeled, list("abcd"), 4) == [0.0, 1.0, 4.0, 9.0]
    assert read("order") == [0.0, 1.0, 2.0]
    assert read(pd.Series([5.0, 6.0, 7.0])) == [0.0, 1.0, 2.0]
    assert read(np.array([-100, 100, 0], np.int8)) == [0.0, 200.0, 100.0]


@pytest.mark.parametrize(
    ("positions", "error", "message"),
    [
        ([1.0, 2.0], ValueError, r"positions has shape \(2,\), but the table has 3 columns"),
        (5.0, ValueError, r"positions has shape \(\)"),
        (np.zeros((3, 0)), ValueError, r"positions has shape \(3, 0\)"),
        ([1.0, np.nan, 2.0], ValueError, r"positions\[1\] is nan"),
        ([1.0, 2.0, np.inf], ValueError, r"positions\[2\] is inf"),
        (np.array(["2026-01-01", "NaT", "2026-01-02"], "datetime64[D]"), ValueError, r"positions\[1\] is NaT"),
        (["a", "b", "c"], TypeError, "positions are text"),
        (pd.Index(["a", "b", "c"]), TypeError, "positions are text"),
        ([True, False, True], TypeError, "positions are of dtype bool"),
        ([1, None, 2], TypeError, "positions are of dtype object"),
        ("index", ValueError, "positions='index': pass one number, time or point a column"),
        ({"a": 1.0}, ValueError, "by the names of columns, but X has none"),
    ],
)
def test_positions_that_are_none_are_refused(positions, error, message):
    with pytest.raises(error, match=message):
        read(positions)


def test_names_without_a_position_and_repeated_labels_are_refused():
    with pytest.raises(ValueError, match=r"positions has none for 'left', a column of X.*did you mean 'lefts'"):
        read({"lefts": 1.0, "b": 2.0, "c": 0.0}, ["b", "c", "left"])
    with pytest.raises(ValueError, match="positions has repeated labels"):
        read(pd.Series([1.0, 2.0, 3.0], index=["a", "a", "b"]), ["a", "b", "c"])


# what else is refused


@pytest.mark.parametrize("scale", [0, -1.0, np.nan, "wide", None, True, timedelta(0)])
def test_scales_that_are_none_are_refused(X, t, scale):
    with pytest.raises(
        ValueError, match=r"Kernel.scale=.*pass a number above 0 \(np.inf for no limit\), or a timedelta"
    ):
        Kernel(t, scale)(X)


def test_scales_and_periods_are_in_the_unit_of_the_positions(X, t):
    times = np.arange(24) * HOUR
    with pytest.raises(TypeError, match=r"scale=2.0, but positions are times: pass a timedelta"):
        Kernel(times, 2.0)(X)
    with pytest.raises(TypeError, match=r"scale=datetime.timedelta\(seconds=5\), but positions are numbers"):
        Kernel(t, timedelta(seconds=5))(X)
    with pytest.raises(TypeError, match=r"spectrum.periods=24.0, but positions are times"):
        Kernel(times, spectrum=Spectrum([24.0], [1.0]))(X)
    A = dense(Kernel(times, spectrum=Spectrum([np.timedelta64(24, "h")], [1.0])), X)
    np.testing.assert_allclose(A, dense(Kernel(np.arange(24), spectrum=Spectrum([24.0], [1.0])), X), atol=1e-12)


def test_an_automatic_scale_of_zero_is_refused(X):
    with pytest.raises(ValueError, match="scale='auto' is 0: most columns share their position"):
        Kernel(np.zeros(24))(X)


@pytest.mark.parametrize(
    ("guide", "message"),
    [
        (np.arange(3.0), r"guide has shape \(3,\)"),
        (np.ones(24), "guide=.* is the same for all columns"),
        (np.r_[np.nan, np.arange(23.0)], r"guide\[0\] is nan"),
        ("median", "median"),
    ],
)
def test_guides_that_tell_nothing_are_refused(X, t, guide, message):
    with pytest.raises(ValueError, match=message):
        Kernel(t, guide=guide)(X, X[:, 0])


def test_means_of_standardized_columns_are_round_off_and_no_guide(X, t):
    with pytest.raises(
        ValueError, match=r"guide='mean' is the same for all columns but for round-off \(are they stand"
    ):
        Kernel(t, guide="mean")(StandardScaler().fit_transform(X))


@pytest.mark.parametrize(
    ("periods", "weights", "message"),
    [
        ([24.0], [-1.0], "spectrum.weights holds -1.0"),
        ([24.0, 0.0], [1.0, 1.0], "spectrum.periods holds 0.0"),
        ([24.0], [np.nan], "spectrum.weights holds nan"),
        ([24.0], [0.0], "weights are all 0"),
        ([24.0], [1.0, 2.0], r"periods of shape \(1,\) and weights of shape \(2,\)"),
        ([], [], r"periods of shape \(0,\)"),
    ],
)
def test_spectra_that_are_none_are_refused(X, t, periods, weights, message):
    with pytest.raises(ValueError, match=message):
        Kernel(t, spectrum=Spectrum(periods, weights))(X)


def learn(X, y, positions, **settings):
    return Kernel(positions, spectrum=LearnedSpectrum(**settings))(X, y)


def test_a_spectrum_needs_a_line_three_positions_a_target_and_rows(X, t, rng):
    y = rng.standard_normal(40)
    for positions, target, table, message in (
        (rng.uniform(size=(24, 2)), y, X, "spectrum with positions of 2 dimensions"),
        (np.arange(24) % 2, y, X, "with 2 different positions: a period takes three or more"),
        (t, None, X, "takes a target, but y is None"),
        (t, np.ones(40), X, "is 1.0 on a half of the rows"),
        (t, y[:5], X[:5], "X has 5 rows"),
    ):
        with pytest.raises(ValueError, match=message):
            learn(table, target, positions)
    with pytest.raises(ValueError, match="spectrum is one number a feature, the same on both halves"):
        learn(X, y, t, relevance=np.arange(24.0))


def test_relevance_that_never_varies_has_no_period(X, t, rng):
    with pytest.raises(ValueError, match="no period in the relevance on one half"):
        learn(X, rng.standard_normal(40), t, relevance=lambda X, y: np.ones(X.shape[1]))


def test_what_is_not_read_is_refused(X, t):
    with pytest.raises(ValueError, match=r"scale=3.0 with a spectrum, which has periods instead"):
        Kernel(t, 3.0, spectrum="learned")(X, X[:, 0])
    with pytest.raises(ValueError, match=r"spectrum='fourier': pass 'learned', a LearnedSpectrum or a Spectrum"):
        Kernel(t, spectrum="fourier")(X)
    with pytest.raises(AttributeError, match="periods_ are known of a Kernel with a Spectrum"):
        _ = Kernel(t, spectrum="learned").periods_
