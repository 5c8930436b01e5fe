"""What skl2onnx makes of a Pipeline says what the Pipeline says."""

import numpy as np
import pytest
from public import EVERY
from sklearn.base import clone
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from infsel import RecursiveElimination
from infsel.datasets import penguins, wine
from infsel.onnx import register

skl2onnx = pytest.importorskip("skl2onnx", reason='needs skl2onnx: pip install "infsel[onnx]"')
onnxruntime = pytest.importorskip("onnxruntime", reason="needs onnxruntime to run what skl2onnx makes")
register()


def converted(pipeline, X):
    return skl2onnx.to_onnx(pipeline, X[:1], options={"zipmap": False})


def ran(model, X):
    """Labels and probabilities of an array, or of a frame, of which every column is an input."""
    columns = [X] if isinstance(X, np.ndarray) else [X[[name]].to_numpy() for name in X]
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {given.name: column for given, column in zip(model.graph.input, columns, strict=True)})


def assert_the_same(pipeline, X):
    labels, probabilities = ran(converted(pipeline, X), X)
    np.testing.assert_array_equal(labels, pipeline.predict(X))
    np.testing.assert_allclose(probabilities, pipeline.predict_proba(X), rtol=1e-4, atol=1e-6)


def table():
    X, y = wine()
    return X.to_numpy(np.float32)[:, :9], np.unique(y, return_inverse=True)[1]


def mixed():
    """Text without gaps, which the encoders of skl2onnx do not take, and numbers in single precision."""
    X, y = penguins()
    X = X.drop(columns=["Date Egg", "Comments"], errors="ignore")
    numbers, text = X.select_dtypes("number").columns, X.select_dtypes(exclude="number").columns
    gone = X[numbers].isna().any(axis=1)
    return X.astype(dict.fromkeys(numbers, np.float32)).fillna(dict.fromkeys(text, "none"))[~gone], y[~gone]


NUMBERS = (StandardScaler(), make_column_selector(dtype_include="number"))
TEXT = (OneHotEncoder(handle_unknown="ignore"), make_column_selector(dtype_exclude="number"))


@pytest.mark.parametrize("name", EVERY)
def test_every_selector_keeps_its_columns(name):
    X, y = table()
    selector = clone(EVERY[name]).fit(X, y)
    if not selector.get_support().any():
        with pytest.raises(ValueError, match=f"{name} keeps no column"):
            skl2onnx.to_onnx(selector, X[:1])
        return
    (found,) = ran(skl2onnx.to_onnx(selector, X[:1]), X)
    np.testing.assert_array_equal(found, X[:, selector.get_support()])


def test_a_pipeline_predicts_the_same():
    X, y = table()
    scaled = make_pipeline(StandardScaler(), RecursiveElimination(n_features_to_select=4), LogisticRegression())
    assert_the_same(scaled.fit(X, y), X)
    first = make_pipeline(RecursiveElimination(n_features_to_select=4), StandardScaler(), LogisticRegression())
    assert_the_same(first.fit(X, y), X)


def test_a_search_is_a_selector_in_a_pipeline():
    X, y = table()
    assert_the_same(make_pipeline(clone(EVERY["SelectorCV"]), StandardScaler(), LogisticRegression()).fit(X, y), X)


@pytest.mark.parametrize("types", [{}, {"proline": int}, {"alcohol": np.float32, "large": np.float32}])
def test_columns_of_several_kinds_of_numbers_are_laid_side_by_side(types):
    X, y = wine()
    X = X.assign(large=X["alcohol"] > 13).astype(types)
    pipeline = make_pipeline(RecursiveElimination(n_features_to_select=9), StandardScaler(), LogisticRegression())
    assert_the_same(pipeline.fit(X, y), X)


@pytest.mark.parametrize(("choice", "encoders"), [("keep", [NUMBERS, TEXT]), ("exclude", [NUMBERS])])
def test_of_a_table_with_text_each_column_goes_on_by_its_name(choice, encoders):
    X, y = mixed()
    text = list(X.select_dtypes(exclude="number"))[1 if choice == "keep" else 0 :]
    selector = RecursiveElimination(n_features_to_select=7, **{choice: text})
    encode = make_column_transformer(*encoders)
    pipeline = make_pipeline(selector, encode, LogisticRegression(max_iter=1000)).fit(X, y)
    assert_the_same(pipeline, X)
    assert (set(text) <= set(pipeline[0].get_feature_names_out())) == (choice == "keep")


def test_integers_stay_exact_where_all_are():
    X, y = wine()
    X = (X[["alcohol", "hue", "ash"]] * 100).astype(np.int64) + 2**60
    selector = RecursiveElimination(keep=["hue"], n_features_to_select=2).fit(X - 2**60, y)
    (found,) = ran(skl2onnx.to_onnx(selector, X[:1]), X)
    np.testing.assert_array_equal(found, X.to_numpy()[:, selector.get_support()])
