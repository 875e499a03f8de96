"""Sending some samples through a network and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from glassnet import randomness
from glassnet.arrays import Array
from glassnet.blas import one_blas_thread
from glassnet.data import Dataset
from glassnet.engines import Task, fit_task
from glassnet.explain.diagnosis.observation import Observation
from glassnet.explain.trace import Trace
from glassnet.losses import Loss
from glassnet.model import Sequential
from glassnet.optimizers import SGD
from glassnet.randomness import Purpose
from glassnet.recipe import Recipe

SAMPLES = 512  # at most, that go through the network
MOST_SIGNALS = 2**23  # at most, that all layers give for them: convolutions give many, and look at fewer samples


def observe(
    network: Sequential,
    data: Dataset,
    loss: Loss,
    *,
    own: bool = True,
    enough: bool = True,
    history: Mapping[str, Sequence[float]] | None = None,
    ended: str = "",
    recipe: Recipe | None = None,
) -> Observation:
    """Send some samples of `data` through the network and back.

    Raises
    ------
    ShapeError, DataError where network, loss and data do not fit each other.
    """
    some = data.take(_rows(len(data), network))
    task = fit_task(network, some, loss, SGD(), total_steps=1, seed=0)
    with one_blas_thread():  # several threads wait for each other longer than one works
        trace = Trace(network, task.scale(task.x, network.dtype))
        slopes = _slopes(trace, task)
    return Observation(trace, slopes, task, data, own, enough, history or {}, ended, recipe)


def _slopes(trace: Trace, task: Task) -> list[Array | None]:
    """∂lossₙ/∂signal at every level but the inputs', from the layers' own backward."""
    slope: Array | None = task.loss.each(trace.signals[task.depth], task.t)[1]
    slopes = [slope]
    for k in reversed(range(1, task.depth)):
        assert slope is not None  # every layer was asked for it
        slope, _ = trace.network.layers[k].backward(trace.p[k], trace.saved[k], slope, dx_wanted=True)
        slopes.append(slope)
    return [None, *reversed(slopes)]


def _rows(count: int, network: Sequential) -> Array:
    """The numbers of the samples that are looked at: all where they are few, else some at random, always the same."""
    wanted = max(1, min(SAMPLES, MOST_SIGNALS // sum(int(np.prod(shape)) for shape in network.shapes)))
    if count <= wanted:
        return np.arange(count)
    drawn = randomness.uniform(randomness.words(0, Purpose.DIAGNOSIS, 0, 0, wanted))
    return np.unique((drawn * count).astype(np.int64))
