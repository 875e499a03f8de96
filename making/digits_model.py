"""The network in the box, trained and written into the package: make digits-model

Training goes on where it was stopped, as `glassnet train --resume` does. Its settings were chosen before the test set
was looked at; the temperature and the threshold of "none of these" are learnt from held-out scans.
"""

from __future__ import annotations

from contextlib import closing

import numpy as np

from glassnet.augmentation import AUGMENTATIONS
from glassnet.cli.progress import display
from glassnet.cli.stopping import stop_wish
from glassnet.data import load_data
from glassnet.files import claim
from glassnet.files.boxed import DIGITS_MODEL
from glassnet.losses import CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.notation import parse_network
from glassnet.optimizers import Adam, OneCycle
from glassnet.recipe import Recipe
from glassnet.session import Session
from making.collection import collect

HELD = 3_000  # the last of MNIST's 60 000 training scans
NETWORK = (
    "conv24/5x5 relu pool batchnorm conv48/3x3/same relu conv48/3x3/same relu pool batchnorm conv64 relu conv64 relu "
    "flatten dropout0.3 dense128 relu dropout0.5 dense11 softmax"
)
RECIPE = Recipe(
    CategoricalCrossentropy(),
    Adam(0.002, schedule=OneCycle(0.2)),
    epochs=30,
    batch_size=128,
    augmentation=AUGMENTATIONS["digits"],
)


def main() -> None:
    """Train, or go on training, and write the model."""
    scans = load_data("mnist").train
    data = collect(scans.take(np.arange(len(scans) - HELD)), seed=1)
    network = Sequential(parse_network(NETWORK), data.sample_shape, seed=RECIPE.seed)
    with claim(DIGITS_MODEL), stop_wish() as wish:
        session = Session(network, data, RECIPE, DIGITS_MODEL, resume=True, force=True)
        with closing(session.events()) as events, display(RECIPE, False) as shown:
            for event in events:
                shown.show(event, session.run.history)
                if wish.signal:
                    return
        session.finish({})


if __name__ == "__main__":
    main()
