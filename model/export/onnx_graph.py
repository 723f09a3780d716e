"""An ONNX graph, made node by node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

__all__ = ["FLOAT", "INT32", "OnnxGraph"]

FLOAT, INT32 = TensorProto.FLOAT, TensorProto.INT32
_OPSET, _IR_VERSION = 17, 8  # those of ONNX 1.12 and onnxruntime 1.12


class OnnxGraph:
    """A graph under construction. A tensor is known by its name."""

    def __init__(self) -> None:
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def input(self, name: str, kind: int, shape: Sequence[int | str]) -> str:
        """An input, whose shape has the names of dimensions that are open."""
        self._inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, tensor: str, name: str, shape: Sequence[int | str]) -> None:
        """Make a tensor of floats an output under another name."""
        self._nodes.append(helper.make_node("Identity", [tensor], [name]))
        self._outputs.append(helper.make_tensor_value_info(name, FLOAT, shape))

    def constant(self, array: NDArray[Any]) -> str:
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def integers(self, *values: int) -> str:
        """A constant of integers, such as the axes that an operation takes."""
        return self.constant(np.array(values, np.int64))

    def apply(self, operation: str, *inputs: str, outputs: int = 1, **attributes: Any) -> list[str]:
        """The outputs of an operation."""
        names = [f"{operation.lower()}_{len(self._nodes)}_{number}" for number in range(outputs)]
        self._nodes.append(helper.make_node(operation, inputs, names, **attributes))
        return names

    def __call__(self, operation: str, *inputs: str, **attributes: Any) -> str:
        """The only output of an operation."""
        [name] = self.apply(operation, *inputs, **attributes)
        return name

    def to_bytes(self, name: str, metadata: Mapping[str, str]) -> bytes:
        """The finished model, checked, as the content of a file."""
        graph = helper.make_graph(self._nodes, name, self._inputs, self._outputs, self._constants)
        model = helper.make_model(
            graph,
            producer_name="tuneloom",
            opset_imports=[helper.make_opsetid("", _OPSET)],
            ir_version=_IR_VERSION,
        )
        helper.set_model_props(model, dict(metadata))
        onnx.checker.check_model(model, full_check=True)
        return bytes(model.SerializeToString())
