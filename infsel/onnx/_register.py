"""What skl2onnx asks for to convert an estimator that it does not know."""

import infsel.estimators as estimators
from infsel._runtime.extras import install
from infsel.estimators.base._ranking import RankingSelector
from infsel.onnx._columns import alias, convert, parse, set_types


def register() -> None:
    """Let `skl2onnx.to_onnx` convert every selector of the package.

    A selector becomes the columns that it keeps, whatever they were chosen by. A search (`SelectorCV`, `InfFSCV`,
    `AttentionSelectorCV`) is a selector, too; what predicts is a Pipeline of one and its ``estimator_``.

    One array in is one array out. Of a data frame, where every column is an input of its own, numbers and booleans come
    out side by side as one array, ready for a model. If any column of the frame is text, every kept column comes out by
    itself, with its name and type, ready for a `ColumnTransformer` that names its columns.

    Raises
    ------
    ImportError
        If skl2onnx is not installed; the message says how it is.

    See Also
    --------
    infsel.RecursiveElimination : Has an order of the columns, of which it keeps the best.

    Examples
    --------
    >>> from sklearn.linear_model import LogisticRegression
    >>> from sklearn.pipeline import make_pipeline
    >>> from infsel import RecursiveElimination
    >>> from infsel.datasets import wine
    >>> X, y = wine()
    >>> pipeline = make_pipeline(RecursiveElimination(n_features_to_select=5), LogisticRegression(max_iter=5000))
    >>> pipeline = pipeline.fit(X.to_numpy("float32"), y)
    >>> from infsel.onnx import register  # doctest: +SKIP
    >>> register()  # doctest: +SKIP
    >>> from skl2onnx import to_onnx  # doctest: +SKIP
    >>> model = to_onnx(pipeline, X.to_numpy("float32")[:1])  # doctest: +SKIP
    """
    try:
        from skl2onnx import update_registered_converter
    except ImportError as error:
        raise ImportError(f"infsel.onnx needs skl2onnx: {install('onnx')}.") from error
    for name in estimators.__all__:
        selector = getattr(estimators, name)
        if isinstance(selector, type) and issubclass(selector, RankingSelector):
            update_registered_converter(selector, alias(selector), set_types, convert, parser=parse)
