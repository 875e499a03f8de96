"""Small jobs for the tests of the lab."""

from dataclasses import replace

from glassnet.data import load_data
from glassnet.lab import Job
from glassnet.layers import Activation, Dense
from glassnet.losses import BinaryCrossentropy
from glassnet.optimizers import SGD
from glassnet.recipe import Recipe


def jobs(runs=3, widths=(2, 4), epochs=2, over="hidden"):
    """Runs of XOR, seed after seed."""
    data = load_data("xor", 0).train
    recipe = Recipe(BinaryCrossentropy(), SGD(0.1), epochs=epochs, batch_size=1)
    kinds = [
        Job(
            over,
            width,
            "xor",
            data.fingerprint,
            (Dense(width), Activation("relu"), Dense(1), Activation("sigmoid")),
            recipe,
        )
        for width in widths
    ]
    return [replace(job, recipe=replace(job.recipe, seed=seed)) for seed in range(runs) for job in kinds]


def row(value=2, seed=0, right=4, outputs=None, samples=4, ended="all epochs done"):
    """What came of a run, made up."""
    return {
        "over": "hidden",
        "value": value,
        "seed": seed,
        "right": right,
        "samples": samples,
        "accuracy": right / samples,
        "outputs": outputs,
        "steps": 8,
        "ended": ended,
        "settings": {},
    }
