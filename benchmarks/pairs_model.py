"""Trains the network that tells one digit from two that touch, on pairs of MNIST's training digits: make pairs-model

111 classes: 0 to 9, 00 to 99, and none. It needs the MNIST files; every sample follows from a seed. The last scans of
the training set are held out: from signs drawn of them it learns how sure it may be.
"""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.drawn.joined import as_dataset, draw_signs
from glassnet.cli.progress import display
from glassnet.data import Dataset, load_data
from glassnet.engines import certainty_of
from glassnet.files import claim, save
from glassnet.losses import CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.notation import parse_network
from glassnet.optimizers import Adam, OneCycle
from glassnet.pictures.touching import MODEL
from glassnet.recipe import Recipe
from glassnet.session import Session

SAMPLES, HELD_SAMPLES = 200_000, 4_000
HELD = 3_000  # the last of MNIST's training scans: the network in the box has not learnt from them either
NET = (
    "conv24/5x5 relu pool batchnorm conv48/3x3/same relu conv48/3x3/same relu pool batchnorm conv64 relu pool "
    "flatten dropout0.2 dense224 relu dropout0.3 dense111 softmax"
)


def learnt_and_held() -> tuple[Dataset, Dataset]:
    """MNIST's training scans, in two: those to learn from, and those to learn from how sure one may be."""
    scans = load_data("mnist").train
    learnt, held = np.split(np.arange(len(scans)), [-HELD])
    return scans.take(learnt), scans.take(held)


def main() -> None:
    """Draw the samples, train, learn how sure the network may be, write the model."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=MODEL)
    asked.add_argument("--samples", type=int, default=SAMPLES)
    asked.add_argument("--epochs", type=int, default=7)
    options = asked.parse_args()
    learnt, held = learnt_and_held()
    data = as_dataset(draw_signs(learnt, options.samples, seed=0))
    recipe = Recipe(CategoricalCrossentropy(), Adam(0.002, schedule=OneCycle()), options.epochs, 128, validation=0.02)
    network = Sequential(parse_network(NET), data.sample_shape)
    with claim(options.out):
        session = Session(network, data, recipe, options.out, force=True)
        with closing(session.events()) as events, display(recipe, quiet=False) as shown:
            for event in events:
                shown.show(event, session.run.history)
        trained = session.finish({})
        certainty = certainty_of(trained.network, as_dataset(draw_signs(held, HELD_SAMPLES, seed=1)), session.engine)
        save(replace(trained, certainty=certainty), options.out)


if __name__ == "__main__":
    main()
