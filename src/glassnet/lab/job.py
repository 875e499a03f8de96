"""One run of a lab: a training from one seed, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from glassnet.blas import one_blas_thread
from glassnet.data import load_data
from glassnet.data.dataset import Parts
from glassnet.data.splits import hold_out
from glassnet.descriptions import to_config
from glassnet.engines import answer, choose_engine
from glassnet.files import TrainedModel
from glassnet.layers import Layer
from glassnet.model import Sequential
from glassnet.recipe import Recipe
from glassnet.run import Run
from glassnet.training import training

Row = dict[str, Any]  # what came of a run, for one line of JSON
FEW = 16  # test samples, up to which a row holds the outputs for each


@dataclass(frozen=True)
class Job:
    """What one run does; it travels to another process.

    over, value : the setting that the lab varies, and what it is here.   source : the name of the data set or a folder.
    fingerprint : of the training samples that seed 0 gives, by which a later lab knows that the data are the same.
    layers, recipe : the network, and how it is trained; the recipe's seed is the run's.   engine : what computes.
    """

    over: str
    value: Any
    source: str
    fingerprint: str
    layers: tuple[Layer, ...]
    recipe: Recipe
    engine: str = field(default="reference", kw_only=True)

    @property
    def key(self) -> tuple[str, Any, int]:
        """What tells a run from the others of its lab."""
        return self.over, self.value, self.recipe.seed

    @property
    def settings(self) -> dict[str, Any]:
        """Everything that the outcome depends on, for JSON."""
        return {
            "data": {"source": self.source, "fingerprint": self.fingerprint},
            "engine": self.engine,
            "layers": [to_config(layer) for layer in self.layers],
            "recipe": self.recipe.to_config(),
        }


def perform(job: Job) -> Row:
    """Train and test once, as `glassnet train` does with this seed; the same job gives the same row anywhere.

    One thread works at it: others do the other runs, and the last digits of NumPy's products depend on how many do.
    """
    parts = _load(job.source, job.recipe.seed)
    kept, held = hold_out(parts.train, job.recipe.validation, job.recipe.seed)
    network = Sequential(job.layers, kept.sample_shape, seed=job.recipe.seed)
    engine = choose_engine(job.engine, threads=1)
    with one_blas_thread():
        run = Run.start(network, job.recipe)
        for _ in training(network, kept, job.recipe, held, engine=engine, run=run, seconds=1.0):
            pass  # one that diverges is a row too
        answers = answer(TrainedModel(network, kept.classes, kept.preparation), parts.test.x)
    right, samples = int((answers.indices == parts.test.y).sum()), len(parts.test)
    return {
        "over": job.over,
        "value": job.value,
        "seed": job.recipe.seed,
        "right": right,
        "samples": samples,
        "accuracy": right / samples,
        "outputs": answers.outputs.tolist() if samples <= FEW else None,
        "steps": run.step,
        "ended": run.ended,
        "settings": job.settings,
    }


@lru_cache(maxsize=2)
def _load(source: str, seed: int) -> Parts:
    """The data set, read once for the settings that are tried on it one after the other."""
    return load_data(source, seed)
