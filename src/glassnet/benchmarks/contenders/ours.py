"""glassnet itself, through its public calls; "one-by-one" is its own single networks, one after the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import inf
from time import perf_counter

import numpy as np

from glassnet.benchmarks.networks import MANY, Training, make
from glassnet.engines import Engine, predict
from glassnet.engines.cpu.engine import Cpu
from glassnet.engines.cpu.small import LANES
from glassnet.side_by_side import SideBySide
from glassnet.training import training

from .contender import CHECKED, Contender, Work, predicting, seconds

PACKAGES = ("glassnet", "numpy", "numba", "llvmlite")


def losses(made: Training, engine: Engine, steps: float = inf) -> list[np.ndarray]:
    """The losses of so many steps at least; without a limit the whole training, in spans as long as they may be."""
    found = []
    for event in training(made.network, made.data, made.recipe, engine=engine, seconds=inf if steps == inf else 0.01):
        found.append(event.losses)
        if event.step >= steps:
            break
    return found


def first_losses(name: str, x: np.ndarray, y: np.ndarray, engine: Engine) -> list[float]:
    """What is compared with the reference's; of many networks, their means."""
    seeds = range(MANY if name == "xor-1000" else 1)
    found = [np.concatenate(losses(make(name, x, y, seed), engine, CHECKED))[:CHECKED] for seed in seeds]
    return [float(mean) for mean in np.mean(found, axis=0)]


def train(work: Work) -> Contender:
    """One network."""
    engine = Cpu(work.threads)

    def run() -> float:
        return seconds(lambda: partial(losses, make(work.name, work.x, work.y), engine))

    return Contender(lambda: first_losses(work.name, work.x, work.y, engine), run)


def train_many(work: Work) -> Contender:
    """Many networks with a seed each, side by side; "one-by-one" is one after the other."""
    engine = Cpu(work.threads)

    def run() -> float:
        all_made = [make(work.name, work.x, work.y, seed) for seed in range(MANY)]
        start = perf_counter()
        if work.peer == "one-by-one":
            for made in all_made:
                losses(made, engine)
        else:
            losses_of_many(all_made, engine)
        return perf_counter() - start

    def check() -> list[float]:
        all_made = [make(work.name, work.x, work.y, seed) for seed in range(MANY)]
        return [float(mean) for mean in np.mean(losses_of_many(all_made, engine), axis=0)]

    alone = partial(first_losses, work.name, work.x, work.y, engine)
    return Contender(alone if work.peer == "one-by-one" else check, run)


def losses_of_many(all_made: list[Training], engine: Engine) -> list[np.ndarray]:
    """The first losses of each training: sixteen side by side, and so on every thread."""
    share = -(-len(all_made) // (engine.threads * LANES)) * LANES
    with ThreadPoolExecutor(engine.threads) as pool:
        found = pool.map(
            partial(losses_side_by_side, engine=engine),
            [all_made[start : start + share] for start in range(0, len(all_made), share)],
        )
        return [one for part in found for one in part]


def losses_side_by_side(all_made: list[Training], engine: Engine) -> list[np.ndarray]:
    """The same on one thread."""
    first = all_made[0]
    trainer = SideBySide.of(first.network, first.data, first.recipe, engine)
    assert trainer is not None
    found = []
    for start in range(0, len(all_made), LANES):
        group = all_made[start : start + LANES]
        trainer.train([made.network for made in group], [made.recipe for made in group])
        found += list(trainer.losses[:CHECKED, : len(group)].T.copy())
    return found


def pictures(work: Work) -> Contender:
    """Probabilities for pictures."""
    engine, network = Cpu(work.threads), make("cnn", work.x, work.y).network
    return predicting(work, lambda x: predict(network, x, engine=engine))


def to_99(work: Work) -> float:
    """A whole process: a training, and the test accuracy after it."""
    made = make(work.name, work.arrays["x"], work.y, work.seed)
    engine = Cpu(work.threads)
    losses(made, engine)
    outputs = predict(made.network, work.arrays["test_x"], made.data.preparation.scale, engine=engine)
    return float((outputs.argmax(1) == work.arrays["test_y"]).mean())


def memory(work: Work) -> float:
    """A whole process that trains the convolutional network, pictures kept as bytes; the loss of the last batch."""
    made = make(work.name, work.arrays["x"], work.y)
    return float(losses(made, Cpu(work.threads), len(work.batches))[-1][-1])


WORKLOADS = {
    "xor": train,
    "perceptron": train,
    "mlp": train,
    "cnn": train,
    "cnn-bf16": train,
    "xor-1000": train_many,
    "one-picture": pictures,
    "many-pictures": pictures,
}
WHOLE = {"to-99": to_99, "to-99-any": to_99, "memory": memory}
