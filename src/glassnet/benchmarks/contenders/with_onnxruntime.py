"""onnxruntime on the same weights, which the onnx package writes as a graph."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from .contender import Contender, Work, predicting

PACKAGES = ("onnxruntime", "onnx")
BATCH = 256  # pictures in a call, so that what is between layers stays in the cache


def convolutional_graph(weights: list[np.ndarray]) -> bytes:
    """The cnn as ONNX: pictures (N, 1, 28, 28) in, probabilities (N, 10) out."""
    K1, b1, K2, b2, W3, b3, W4, b4 = weights
    channels = K2.shape[3]
    side = round((len(W3) / channels) ** 0.5)
    W3 = W3.reshape(side, side, channels, -1).transpose(2, 0, 1, 3).reshape(len(W3), -1)
    arrays = {
        "K1": K1.transpose(3, 2, 0, 1), "b1": b1, "K2": K2.transpose(3, 2, 0, 1), "b2": b2,
        "W3": W3, "b3": b3, "W4": W4, "b4": b4,
    }  # fmt: skip
    node = helper.make_node
    nodes = []
    before = "x"
    for k in (1, 2):
        nodes += [
            node("Conv", [before, f"K{k}", f"b{k}"], [f"z{k}"]),
            node("Relu", [f"z{k}"], [f"h{k}"]),
            node("MaxPool", [f"h{k}"], [f"p{k}"], kernel_shape=[2, 2], strides=[2, 2]),
        ]
        before = f"p{k}"
    nodes += [
        node("Flatten", ["p2"], ["flat"]),
        node("Gemm", ["flat", "W3", "b3"], ["z3"]),
        node("Relu", ["z3"], ["h3"]),
        node("Gemm", ["h3", "W4", "b4"], ["z4"]),
        node("Softmax", ["z4"], ["y"], axis=1),
    ]
    kept = [numpy_helper.from_array(np.ascontiguousarray(array), name) for name, array in arrays.items()]
    graph = helper.make_graph(
        nodes,
        "cnn",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 1, 28, 28])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", 10])],
        kept,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def pictures(work: Work) -> Contender:
    """Probabilities for pictures; one channel is the same memory in either order of axes."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = work.threads
    session = onnxruntime.InferenceSession(convolutional_graph(work.weights()), options, ["CPUExecutionProvider"])

    def ask(x: np.ndarray) -> np.ndarray:
        x = x.reshape(-1, 1, 28, 28)
        if len(x) <= BATCH:
            return session.run(None, {"x": x})[0]
        return np.concatenate([session.run(None, {"x": x[k : k + BATCH]})[0] for k in range(0, len(x), BATCH)])

    return predicting(work, ask)


WORKLOADS = {"one-picture": pictures, "many-pictures": pictures}
WHOLE: dict[str, object] = {}
