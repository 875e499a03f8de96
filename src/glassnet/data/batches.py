"""Which samples come in which batch."""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array
from glassnet.randomness import Permutations, Purpose, permutations


class Batches:
    """The order of samples over all epochs: each epoch goes once through all of them, in an order of its own.

    Parameters
    ----------
    size : how many samples there are.   batch_size : how many come at a time; the last ones of an epoch may be fewer.
    shuffle : an order drawn from (seed, epoch), else file order.   draw : what draws it, such as an engine.
    """

    def __init__(
        self, size: int, batch_size: int, *, shuffle: bool, seed: int, draw: Permutations = permutations
    ) -> None:
        self.size, self.batch_size, self.shuffle, self.seed, self.draw = size, batch_size, shuffle, seed, draw
        self.per_epoch = -(-size // batch_size)
        self._kept: tuple[range, Array] = range(0), np.empty((0, size), np.int64)

    def sizes(self) -> Array:
        """(per_epoch,): how many samples each batch of an epoch has."""
        sizes = np.full(self.per_epoch, self.batch_size)
        sizes[-1] = self.size - (self.per_epoch - 1) * self.batch_size
        return sizes

    def span(self, step: int, count: int) -> tuple[Array, Array]:
        """The batches of steps step … step + count − 1: their samples one after the other, and where each begins.

        Returns
        -------
        rows : (samples,) sample numbers.   cuts : (count + 1,) beginnings in `rows`; the last entry is the end.
        """
        epochs = range(step // self.per_epoch, (step + count - 1) // self.per_epoch + 1)
        begin = step - epochs.start * self.per_epoch
        numbers = np.arange(begin, begin + count + 1)
        missing = self.per_epoch * self.batch_size - self.size  # from the last batch of an epoch
        starts = numbers * self.batch_size - numbers // self.per_epoch * missing
        rows = self.orders(epochs).reshape(-1)[starts[0] : starts[-1]]
        return rows, starts - starts[0]

    def orders(self, epochs: range) -> Array:
        """(epochs, size): the order of samples in each epoch; kept for the next span, which is often of the same."""
        if self._kept[0] != epochs:
            steps = np.arange(epochs.start, epochs.stop)
            if self.shuffle:
                orders = self.draw(self.seed, Purpose.ORDER, steps, self.size)
            else:
                orders = np.broadcast_to(np.arange(self.size), (len(steps), self.size))
            self._kept = epochs, orders
        return self._kept[1]
