"""A glassnet that dies at a chosen moment: python -m tests.cli.dying MOMENT NUMBER WORD...

SIGKILL comes before call number NUMBER of what the moment names. Checkpoints are not held up to one a second, so that a
training of a tenth of a second makes some.
"""

import importlib
import os
import signal
import sys

from glassnet import session
from glassnet.cli import main

MOMENTS = {
    "train": "glassnet.engines.reference.Reference.train",  # a span of steps
    "train compiled": "glassnet.engines.cpu.engine.Cpu.train",
    "begin a checkpoint": "glassnet.session.save_checkpoint",
    "force to the disk": "os.fsync",
    "rename": "os.replace",
    "examine": "glassnet.evaluation.examine",
    "save the model": "glassnet.session.save",
    "remove the checkpoints": "glassnet.session.remove_checkpoint",
}


def die_at(place, number):
    """Have SIGKILL come before call `number` of the function called `place`."""
    owner_name, _, name = place.rpartition(".")
    try:
        owner = importlib.import_module(owner_name)
    except ModuleNotFoundError:  # a method
        module, _, kind = owner_name.rpartition(".")
        owner = getattr(importlib.import_module(module), kind)
    function, calls = getattr(owner, name), 0

    def dying(*positional, **named):
        nonlocal calls
        calls += 1
        if calls == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*positional, **named)

    setattr(owner, name, dying)


if __name__ == "__main__":
    _, moment, number, *words = sys.argv
    session.CHECKPOINT_SECONDS = 0.0
    die_at(MOMENTS[moment], int(number))
    sys.argv = ["glassnet", *words]
    main()
