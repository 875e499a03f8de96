"""One sample's step through a network, explained."""

from __future__ import annotations

from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_integer, check_kind, check_numeric
from glassnet.data import Dataset
from glassnet.engines import Task, fit_task
from glassnet.engines.prediction import check_samples
from glassnet.errors import DataError, ParameterError
from glassnet.explain.asking import find_unit, find_weight, place_of
from glassnet.explain.backward import explain_gradient, full_gradient
from glassnet.explain.forward import equation, shown_units
from glassnet.explain.losses import loss_formula
from glassnet.explain.recorded import likely_loss, recorded_recipe
from glassnet.explain.structure import Equation, Explanation, Loss
from glassnet.explain.trace import Trace, in_float64
from glassnet.explain.update import explain_update
from glassnet.files import TrainedModel
from glassnet.losses import Loss as AnyLoss
from glassnet.model import Sequential
from glassnet.optimizers import SGD, Optimizer
from glassnet.preparation import Preparation


def step(
    model: TrainedModel | Sequential,
    x: Any,
    y: Any = None,
    *,
    weight: str | None = None,
    unit: str | None = None,
    loss: AnyLoss | None = None,
    optimizer: Optimizer | None = None,
    number: int = 0,
    total: int = 1,
    slots: Array | None = None,
) -> Explanation:
    """Everything that one sample does in a network: forward, and, with a target, backward and the update of a weight.

    Parameters
    ----------
    model : what answers; all is computed in a copy of it in float64, outside training.
    x : one sample as recorded (*input_shape).   y : its class, or its target numbers; None explains forward alone.
    weight : such as "dense_1.W[0,0]"; None, the first.   unit : such as "dense_1[0]": explain this one alone, forward.
    loss, optimizer : None, those that the model was trained with (where its file does not say: the squared error, or
        the cross-entropy after a softmax, and SGD with rate 0.1).
    number, total : which step the update is (the first is 0), of how many.   slots : of the optimizer; None, all 0.

    Raises
    ------
    ParameterError for what the network has not; ShapeError, DataError where the sample or its target does not fit.
    """
    trained = model if isinstance(model, TrainedModel) else None
    if trained is None:
        check_kind("explain", "model", model, Sequential, "a Sequential or a TrainedModel")
    check_integer("explain", "total", total)
    check_integer("explain", "number", number, 0, total - 1)
    network = in_float64(trained.network if trained else model)  # type: ignore[arg-type]  # checked above
    samples = check_numeric("explain", x)[None]
    check_samples(network, samples)
    recipe = recorded_recipe(trained) if trained else None
    loss = loss or (recipe.loss if recipe else likely_loss(network))
    optimizer = optimizer or (recipe.optimizer if recipe else SGD(0.1))
    scaled = samples.astype(np.float64)
    if trained:
        scaled = trained.preparation.scale(samples, np.float64)
    trace = Trace(network, scaled)
    outputs = trace.signals[-1].reshape(-1)
    if not np.isfinite(outputs).all():
        raise DataError("explain: the outputs are no finite numbers.", "The inputs, or the weights, are too large.")
    inputs, given = tuple(scaled.reshape(-1).tolist()), tuple(outputs.tolist())
    if unit is not None:
        neurons, place = find_unit(trace, unit)
        return Explanation(inputs, given, (equation(trace, neurons, place),), 0)
    forward, hidden = _forward(trace)
    if y is None:
        if weight is not None:
            raise ParameterError(
                "What a weight does to the loss depends on the target.",
                "Give it: --target in the command, y in Python.",
            )
        return Explanation(inputs, given, forward, hidden)
    chosen = find_weight(network, weight)
    data = _data(samples, y, trained, loss, network)
    task = fit_task(network, data, loss, optimizer, total_steps=total, seed=0)
    return Explanation(inputs, given, forward, hidden, *_backward(trace, task, chosen, number, slots))


def _forward(trace: Trace) -> tuple[tuple[Equation, ...], int]:
    """The equations of every layer's largest units, and how many units have none."""
    shown = [(neurons, shown_units(trace, neurons)) for neurons in trace.neurons]
    hidden = sum(trace.signals[neurons.end].size - len(units) for neurons, units in shown)
    return tuple(equation(trace, neurons, unit) for neurons, units in shown for unit in units), hidden


def _backward(trace: Trace, task: Task, chosen: Any, number: int, slots: Array | None) -> tuple[Any, ...]:
    """The loss, the gradient of the chosen weight, and its update."""
    network, depth, t = trace.network, task.depth, task.t
    value = float(task.loss(trace.signals[depth], t)[0])
    count = network.output_shape[0]
    grads = full_gradient(trace, depth, task.loss, t)
    flat = np.zeros_like(network.vectors.weights)
    for views, own in zip(network.weight_layout.views(flat), grads, strict=False):
        for name, grad in own.items():
            views[name][...] = grad
    place = place_of(network, chosen)
    gradient = explain_gradient(trace, depth, task.loss, t, chosen, float(flat[place]))
    weights, decays = network.vectors.weights, network.decays()
    update = explain_update(
        task.optimizer, weights, flat, decays, place, number, task.total_steps, slots, network.penalties()
    )
    return Loss(type(task.loss).__name__, loss_formula(task.loss, count), value), gradient, update


def _data(samples: Array, y: Any, trained: TrainedModel | None, loss: AnyLoss, network: Sequential) -> Dataset:
    """The sample with its target, as the engine wants them."""
    preparation = trained.preparation if trained else Preparation()
    classes = trained.classes if trained else None
    if classes is None and loss.labels == "index":
        classes = tuple(range(int(np.prod(network.output_shape))))
    if classes is None:
        target = np.atleast_1d(check_numeric("explain", y)).astype(np.float64)
        return Dataset("the sample", samples, target.reshape(1, -1), None, preparation)
    if np.ndim(y) or y not in classes:
        raise DataError(f"{y!r:.60} is none of the classes.", f"They are {', '.join(map(str, classes))}.")
    return Dataset("the sample", samples, np.array([classes.index(y)]), classes, preparation)
