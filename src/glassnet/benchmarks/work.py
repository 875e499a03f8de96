"""What all contenders of a workload are given, in one file, and what the reference engine makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from glassnet.arrays import Array
from glassnet.benchmarks.contenders.contender import CHECKED
from glassnet.benchmarks.contenders.ours import first_losses
from glassnet.benchmarks.networks import MANY, Training, make
from glassnet.benchmarks.workloads import PICTURES, Workload
from glassnet.data import load_data
from glassnet.data.batches import Batches
from glassnet.engines import Reference, predict

STEPS = 100  # after which no process needs more memory


@dataclass(frozen=True)
class Given:
    """The file that contenders read, and the numbers that their checks must come near; None for whole processes."""

    path: Path
    expected: list[float] | None


def prepare(workload: Workload, folder: Path) -> Given:
    """Write the file of a workload into `folder`.

    Raises
    ------
    DataFileError where MNIST is needed, and is nowhere.
    """
    name = workload.name
    x, y = samples(name)
    seeds = range(MANY if name == "xor-1000" else 1)
    trained = [make("cnn" if name in PICTURES else name, x, y, seed) for seed in seeds]
    arrays = {"x": x, "y": y, **weights(trained)}
    expected = None
    if name in PICTURES:
        expected = predict(trained[0].network, x[:CHECKED], engine=Reference()).ravel().tolist()
    else:
        orders = [order(one) for one in trained]
        cuts = orders[0][1]
        rows = np.stack([rows for rows, _ in orders], axis=1).ravel()  # each step: a sample for each network
        if workload.whole:
            test = load_data("mnist").test
            cuts = cuts[: STEPS + 1]
            arrays |= {"test_x": test.x, "test_y": test.y}
        else:
            expected = first_losses(name, x, y, Reference())
        arrays |= {"rows": rows[: len(seeds) * cuts[-1]], "cuts": len(seeds) * cuts}
    path = folder / f"{name}.npz"
    np.savez(path, allow_pickle=False, **arrays)
    return Given(path, expected)


def samples(name: str) -> tuple[Array, Array]:
    """The samples of a workload: float32, pictures in [0, 1], but for whole processes, which get bytes."""
    if name in ("xor", "xor-1000"):
        data = load_data("xor", seed=0).train
        return data.x.astype(np.float32), data.y
    mnist = load_data("mnist")
    if name in PICTURES:
        count = PICTURES[name]
        return mnist.test.x[:count] / np.float32(255), mnist.test.y[:count]
    x, y = mnist.train.x, mnist.train.y
    if name == "cnn":
        x, y = x[:12800], y[:12800]
    if name in ("perceptron", "mlp"):
        x = x.reshape(len(x), -1)
    return (x / np.float32(255) if name in ("perceptron", "mlp", "cnn") else x), y


def order(trained: Training) -> tuple[Array, Array]:
    """The samples of all batches of a training one after the other, and where each batch begins, and the end."""
    recipe = trained.recipe
    batches = Batches(len(trained.data), recipe.batch_size, shuffle=recipe.shuffle, seed=recipe.seed)
    return batches.span(0, recipe.epochs * batches.per_epoch)


def weights(all_trained: list[Training]) -> dict[str, Array]:
    """The first weights as w0, w1, …; of several networks side by side along a first axis."""
    arrays = []
    for trained in all_trained:
        network = trained.network
        views = network.weight_layout.views(network.vectors.weights)
        arrays.append([array for layer in views for array in layer.values()])
    found = arrays[0] if len(arrays) == 1 else [np.stack(same) for same in zip(*arrays, strict=True)]
    return {f"w{k}": array for k, array in enumerate(found)}
