"""The kept columns of one input, or of the many inputs that a data frame is, as nodes of ONNX."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np


def alias(selector: type) -> str:
    """The name under which skl2onnx knows a class of selectors."""
    return f"Infsel{selector.__name__}"


def parse(scope: Any, selector: Any, inputs: list[Any], custom_parsers: Any = None) -> Any:  # noqa: ARG001
    """The outputs of a selector: one array, or the kept columns by themselves where there is text among several."""
    from skl2onnx.common.data_types import StringTensorType

    operator = scope.declare_local_operator(alias(type(selector)), selector)
    operator.inputs = inputs
    if len(inputs) > 1 and any(isinstance(given.type, StringTensorType) for given in inputs):
        for given, _ in _kept(operator):  # under its name, by which a ColumnTransformer finds it
            operator.outputs.append(scope.declare_local_variable(given.raw_name, given.type))
    else:
        operator.outputs.append(scope.declare_local_variable("selected", inputs[0].type))
    return operator.outputs


def set_types(operator: Any) -> None:
    """Types and shapes of the outputs."""
    kept, rows = list(_kept(operator)), operator.inputs[0].get_first_dimension()
    if _is_one(operator):
        operator.outputs[0].type = _common([given for given, _ in kept])([rows, sum(len(at) for _, at in kept)])
    else:
        for output, (given, at) in zip(operator.outputs, kept, strict=True):
            output.type = type(given.type)([rows, len(at)])


def convert(scope: Any, operator: Any, container: Any) -> None:
    """Gather the kept columns of each input, and lay them side by side where they are one output."""
    kept = list(_kept(operator))
    if not _is_one(operator):
        for output, (given, at) in zip(operator.outputs, kept, strict=True):
            _gather(scope, container, given, at, output.full_name)
        return
    parts = []
    for given, at in kept:
        parts.append(scope.get_unique_variable_name("kept"))
        _gather(scope, container, given, at, parts[-1])
    _join(scope, container, parts, operator)


def _is_one(operator: Any) -> bool:
    return operator.outputs[0].raw_name == "selected"


def _kept(operator: Any) -> Iterator[tuple[Any, np.ndarray]]:
    """Inputs of which a column is kept, with the places of the kept ones."""
    support = operator.raw_operator.get_support()
    if not support.any():
        raise ValueError(f"{type(operator.raw_operator).__name__} keeps no column: there is nothing to convert.")
    if len(operator.inputs) == 1:
        yield operator.inputs[0], np.flatnonzero(support)
        return
    ends = np.cumsum([given.type.shape[1] for given in operator.inputs])
    for given, mask in zip(operator.inputs, np.split(support, ends[:-1]), strict=True):
        if mask.any():
            yield given, np.flatnonzero(mask)


def _common(inputs: list[Any]) -> Any:
    """The type that holds all: theirs, or where a frame has several, floats."""
    from skl2onnx.common.data_types import BooleanTensorType, DoubleTensorType, FloatTensorType

    kinds = {type(given.type) for given in inputs}
    if len(inputs) == 1 or (len(kinds) == 1 and BooleanTensorType not in kinds):
        return kinds.pop()
    return FloatTensorType if kinds <= {FloatTensorType, BooleanTensorType} else DoubleTensorType


def _gather(scope: Any, container: Any, given: Any, at: np.ndarray, name: str) -> None:
    from skl2onnx.proto import onnx_proto

    places = scope.get_unique_variable_name("places")
    container.add_initializer(places, onnx_proto.TensorProto.INT64, [len(at)], at.tolist())
    operator_name = scope.get_unique_operator_name("Gather")
    container.add_node("Gather", [given.full_name, places], name, name=operator_name, op_version=13, axis=1)


def _join(scope: Any, container: Any, parts: list[str], operator: Any) -> None:
    from skl2onnx.common._apply_operation import apply_cast, apply_concat
    from skl2onnx.common.data_types import guess_proto_type

    wanted = guess_proto_type(operator.outputs[0].type)
    cast = [scope.get_unique_variable_name("cast") for _ in parts]
    for part, name in zip(parts, cast, strict=True):
        apply_cast(scope, part, name, container, to=wanted)
    apply_concat(scope, cast, operator.outputs[0].full_name, container, axis=1)
