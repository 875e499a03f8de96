"""The network in the box, trained and written into the package: make digits-model

Training goes on where it was stopped, as `glassnet train --resume` does; a network that is there, trained like this, is
not trained again: remove it to repeat the training. Its settings were chosen before the test set was looked at; the
temperature and the threshold of "none of these" are learnt from held-out scans.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import numpy as np

from glassnet.augmentation import AUGMENTATIONS
from glassnet.cli.progress import display
from glassnet.cli.stopping import stop_wish
from glassnet.data import load_data
from glassnet.engines import certainty_of
from glassnet.files import claim, save
from glassnet.files.boxed import DIGITS_MODEL, MADE_BY
from glassnet.losses import CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.notation import parse_network
from glassnet.optimizers import Adam, OneCycle
from glassnet.recipe import Recipe
from glassnet.session import Session
from making.collection import collect

HELD = 3_000  # the last of MNIST's 60 000 training scans
NETWORK = (
    "conv32/5x5 relu pool batchnorm conv64/3x3/same relu conv64/3x3/same relu pool batchnorm "
    "conv64/3x3/same relu conv96 relu batchnorm flatten dropout0.3 dense48 relu dropout0.2 dense11 softmax"
)
RECIPE = Recipe(
    CategoricalCrossentropy(),
    Adam(0.002, schedule=OneCycle(0.2)),
    epochs=50,
    batch_size=128,
    augmentation=AUGMENTATIONS["digits"],
)


def main() -> None:
    """Train, or go on training, learn from held-out scans how sure the network may be, and write the model."""
    scans = load_data("mnist").train
    learnt, held = np.split(np.arange(len(scans)), [-HELD])
    data = collect(scans.take(learnt), seed=1)
    network = Sequential(parse_network(NETWORK), data.sample_shape, seed=RECIPE.seed)
    with claim(DIGITS_MODEL), stop_wish() as wish:
        session = Session(network, data, RECIPE, DIGITS_MODEL, resume=True, force=True)
        if session.finished is None:
            with closing(session.events()) as events, display(RECIPE, quiet=False) as shown:
                for event in events:
                    shown.show(event, session.run.history)
                    if wish.signal:
                        return
        trained = session.finished or session.finish({})
        certainty = certainty_of(trained.network, collect(scans.take(held), seed=2, share=0.1), session.engine)
        save(replace(trained, receipt={**trained.receipt, "command": MADE_BY}, certainty=certainty), DIGITS_MODEL)


if __name__ == "__main__":
    main()
