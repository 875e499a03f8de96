"""The workloads: what is to be done, and who else does it."""

from __future__ import annotations

from dataclasses import dataclass

PICTURES = {"one-picture": 1, "many-pictures": 10_000}


@dataclass(frozen=True)
class Workload:
    """A piece of work that all its contenders do in the same way.

    name, what : for people.   peers : who else does it.   precision : of ours.
    scale : from the seconds of what is timed to those that are told.
    whole : timed as whole processes, from their start.
    """

    name: str
    what: str
    peers: tuple[str, ...]
    precision: str = "float32"
    scale: float = 1.0
    whole: bool = False


KERAS = ("keras-torch", "keras-tensorflow")
WORKLOADS = (
    Workload("xor", "1000 epochs of 4 steps, batch 1, SGD", ("numpy", "torch", "jax", "sklearn", *KERAS)),
    Workload("perceptron", "one pass over 60 000 digits, one by one", ("numpy", "numpy-matrix")),
    Workload("mlp", "784-128-10, an epoch of 60 000, batch 128, Adam", ("numpy", "torch", "jax", "sklearn", *KERAS)),
    Workload(
        "cnn", "conv32, conv64, dense128, an epoch of 60 000 (12 800 timed), batch 128, Adam",
        ("torch", "torch-bf16", "jax", *KERAS), scale=60_000 / 12_800,
    ),
    Workload("cnn", "the same", ("torch-bf16",), precision="bf16", scale=60_000 / 12_800),
    Workload("xor-1000", "1000 xor networks, 4000 steps each", ("one-by-one", "jax")),
    Workload("one-picture", "one picture through the cnn", ("onnxruntime", "torch")),
    Workload("many-pictures", "10 000 pictures through the cnn", ("onnxruntime", "torch")),
    Workload("to-99", "a process: one epoch of a small cnn, and its test", ("torch",), whole=True),
    Workload("to-99-any", "a process: 0.990 of the test by any recipe of ours", ("torch",), whole=True),
    Workload("memory", "peak memory of a process that trains the cnn", ("torch",), whole=True),
)  # fmt: skip
CONVOLUTION = "convolution"  # a measurement of ours alone
NAMES = tuple(dict.fromkeys([*(workload.name for workload in WORKLOADS), CONVOLUTION]))
PEERS = tuple(dict.fromkeys(peer for workload in WORKLOADS for peer in workload.peers))
