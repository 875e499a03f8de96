"""What stands in a network's way, in plain words, with its evidence and what to try."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from glassnet.checks import check_kind
from glassnet.data import Dataset
from glassnet.engines import fit_task
from glassnet.errors import GlassnetError
from glassnet.evaluation.verdict import true_outputs
from glassnet.explain.diagnosis.dead_relu import dead_relu
from glassnet.explain.diagnosis.finding import Finding
from glassnet.explain.diagnosis.gradients import gradients
from glassnet.explain.diagnosis.inputs import strange_inputs
from glassnet.explain.diagnosis.learning_rate import rate_too_high, rate_too_low
from glassnet.explain.diagnosis.majority import majority
from glassnet.explain.diagnosis.observation import Observation
from glassnet.explain.diagnosis.observe import observe
from glassnet.explain.diagnosis.overfitting import overfitting
from glassnet.explain.diagnosis.plateau import plateau, plateau_of_few
from glassnet.explain.diagnosis.saturation import saturation
from glassnet.explain.recorded import likely_loss, recorded_recipe
from glassnet.files import TrainedModel
from glassnet.model import Sequential
from glassnet.recipe import Recipe

ENOUGH = 50  # samples, or as many as the network learnt from, to say of a unit that it never answers


@np.errstate(over="ignore", invalid="ignore", divide="ignore")  # numbers beyond every bound are told of as findings
def diagnose(
    model: TrainedModel | Sequential,
    data: Dataset,
    recipe: Recipe | None = None,
    history: Mapping[str, Sequence[float]] | None = None,
) -> list[Finding]:
    """What stands in the way of a network on `data`, the weightiest first; nothing where all is well.

    Causes are told before symptoms: that one class is answered to everything, say, is told where no cause is known.

    Parameters
    ----------
    model : a TrainedModel brings its recipe and its history.
    data : what it learns from, or is tested with; some hundred samples of it are looked at, always the same.
    recipe, history : how it was trained, and the figures of each epoch (`run.history`); without them, findings about
        the course of the training are left out, and the loss is taken for the squared error or, after a softmax, the
        cross-entropy.

    Raises
    ------
    ShapeError, DataError where network and data do not fit each other.
    """
    check_kind("diagnose", "data", data, Dataset, "Dataset.from_arrays(x, labels)")
    strange = None
    if isinstance(model, TrainedModel):
        strange = strange_inputs(model, data.x)
        o = _observe_trained(model, data, recipe, history)
    else:
        check_kind("diagnose", "model", model, Sequential, "a Sequential or a TrainedModel")
        o = observe(model, data, recipe.loss if recipe else likely_loss(model), recipe=recipe, history=history)
    high = rate_too_high(o)
    inside = _inside(o, high) if strange is None and o.enough else None
    rate = high or rate_too_low(o, inside)
    stuck = plateau_of_few(o) if not (strange or rate) and o.enough else None
    causes = [one for one in (strange, stuck, inside, rate) if one]
    symptom = majority(o) or plateau(o) if not causes and o.enough else None
    return [*causes, *(one for one in (symptom, overfitting(o)) if one)]


def _observe_trained(
    trained: TrainedModel, data: Dataset, recipe: Recipe | None, history: Mapping[str, Sequence[float]] | None
) -> Observation:
    """With what the model file says of its training."""
    data, learnt = _as_learnt(trained, data), _learnt(trained)
    recipe = recipe or _recorded(trained, data)
    return observe(
        trained.network,
        data,
        recipe.loss if recipe else likely_loss(trained.network),
        own=learnt in (None, len(data)),
        enough=len(data) >= min(ENOUGH, learnt or 1),
        history=history or trained.history,
        ended=str(trained.receipt.get("ended", "")),
        recipe=recipe,
    )


def _inside(o: Observation, high: Finding | None) -> Finding | None:
    """What is wrong inside the network: of dead units, saturated ones and gradients, one is the cause of the others.

    A rate that is too high throws the weights anywhere: then the first ones tell whether there is another cause.
    """
    first = o
    if high and o.recipe and o.first_network:
        first = observe(o.first_network, o.data, o.recipe.loss, recipe=o.recipe)
    return dead_relu(first if o.diverged else o) or saturation(first) or gradients(first)


def _as_learnt(trained: TrainedModel, data: Dataset) -> Dataset:
    """The data with the classes in the network's order, and its preparation."""
    y = data.y
    if trained.classes is not None and data.classes is not None:
        y = true_outputs(trained.classes, data.classes, data)
    return Dataset(data.name, data.x, y, trained.classes, trained.preparation)


def _recorded(trained: TrainedModel, data: Dataset) -> Recipe | None:
    """The recipe in the receipt, where its loss fits; a receipt may hold anything."""
    recipe = recorded_recipe(trained)
    try:
        if recipe:
            fit_task(trained.network, data.take(np.arange(1)), recipe.loss, recipe.optimizer, total_steps=1, seed=0)
    except GlassnetError:
        return None
    return recipe


def _learnt(trained: TrainedModel) -> int | None:
    """From how many samples the network learnt, if the receipt says so."""
    split = trained.receipt.get("split")
    learnt = split.get("train") if isinstance(split, dict) else None
    return learnt if isinstance(learnt, int) else None
