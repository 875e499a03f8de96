"""What comes of runs: each by itself, or side by side where they differ in their seed alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from glassnet.blas import one_blas_thread
from glassnet.data import Choice, load_data
from glassnet.data.dataset import Parts
from glassnet.data.splits import hold_out
from glassnet.engines import Engine, answer, choose_engine
from glassnet.engines.cpu.small import LANES
from glassnet.files import TrainedModel
from glassnet.lab.job import Job, Row
from glassnet.model import Sequential
from glassnet.run import Run
from glassnet.side_by_side import SideBySide
from glassnet.training import training

FEW = 16  # test samples, up to which a row holds the outputs for each


def perform(job: Job) -> Row:
    """Train and test once, as `glassnet train` does with this seed; the same job gives the same row anywhere."""
    return perform_together([job])[0]


def perform_together(jobs: Sequence[Job]) -> list[Row]:
    """The rows of up to LANES jobs that differ in their seeds alone: the same ones as of each by itself.

    One thread works at it: others do the other runs, and the last digits of NumPy's products depend on how many do.
    """
    engine = choose_engine(jobs[0].engine, threads=1)
    with one_blas_thread():
        rows = _side_by_side(jobs, engine)
        return [rows.get(job.key) or _alone(job, engine) for job in jobs]


def groups(jobs: Sequence[Job]) -> Iterator[list[Job]]:
    """The jobs as they travel: by LANES where runs are done side by side, else one by one."""
    open_groups: dict[tuple[str, Any], list[Job]] = {}
    together: dict[tuple[str, Any], bool] = {}
    for job in jobs:
        kind = job.over, job.value
        if kind not in together:
            together[kind] = _travel_together(job)
        group = open_groups.setdefault(kind, [])
        group.append(job)
        if len(group) == LANES or not together[kind]:
            yield open_groups.pop(kind)
    yield from open_groups.values()


def _travel_together(job: Job) -> bool:
    other = replace(job, recipe=replace(job.recipe, seed=job.recipe.seed ^ 1))
    return _trainer(job, choose_engine(job.engine, threads=1)) is not None and _same_data(other)


def _same_data(job: Job) -> bool:
    """Whether the data are those that every seed gives, as far as a job can tell: those of seed 0."""
    return _load(job.source, job.recipe.seed, job.choice).train.fingerprint == job.fingerprint


def _trainer(job: Job, engine: Engine) -> SideBySide | None:
    data = _load(job.source, job.recipe.seed, job.choice).train
    return SideBySide.of(Sequential(job.layers, data.sample_shape, seed=None), data, job.recipe, engine)


def _side_by_side(jobs: Sequence[Job], engine: Engine) -> dict[tuple[str, Any, int], Row]:
    """The rows of those jobs that are done so, however many there are."""
    quick = [job for job in jobs if _same_data(job)] if _trainer(jobs[0], engine) else []
    trainer = _trainer(quick[0], engine) if quick else None
    if trainer is None:
        return {}
    parts = _load(quick[0].source, quick[0].recipe.seed, quick[0].choice)
    recipes = [job.recipe for job in quick]
    networks = [Sequential(quick[0].layers, parts.train.sample_shape, seed=recipe.seed) for recipe in recipes]
    told = zip(quick, networks, trainer.train(networks, recipes), strict=True)
    return {job.key: _row(job, network, parts, ending.step, ending.ended) for job, network, ending in told}


def _alone(job: Job, engine: Engine) -> Row:
    parts = _load(job.source, job.recipe.seed, job.choice)
    kept, held = hold_out(parts.train, job.recipe.validation, job.recipe.seed)
    network = Sequential(job.layers, kept.sample_shape, seed=job.recipe.seed)
    run = Run.start(network, job.recipe)
    for _ in training(network, kept, job.recipe, held, engine=engine, run=run, seconds=1.0):
        pass  # one that diverges is a row too
    return _row(job, network, parts, run.step, run.ended)


def _row(job: Job, network: Sequential, parts: Parts, steps: int, ended: str) -> Row:
    answers = answer(TrainedModel(network, parts.train.classes, parts.train.preparation), parts.test.x)
    right, samples = int((answers.indices == parts.test.y).sum()), len(parts.test)
    return {
        "over": job.over,
        "value": job.value,
        "seed": job.recipe.seed,
        "right": right,
        "samples": samples,
        "accuracy": right / samples,
        "outputs": answers.outputs.tolist() if samples <= FEW else None,
        "steps": steps,
        "ended": ended,
        "settings": job.settings,
    }


@lru_cache(maxsize=2)
def _load(source: str, seed: int, choice: Choice) -> Parts:
    """The data set, read once for the settings that are tried on it one after the other."""
    return load_data(source, seed, choice=choice)
