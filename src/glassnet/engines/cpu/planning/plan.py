"""What the operations of all layers share while they are laid out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import prod

from glassnet.arrays import Shape
from glassnet.engines.cpu.tape import Operation, Place, Tape
from glassnet.model import Sequential

Back = Callable[[Place, bool], Place | None]  # from the place of dy, and whether dx is wanted, to the place of dx


@dataclass
class Plan:
    """What the operations of all layers share while they are laid out.

    batch : the most samples at a time.   training : whether there is a way back.   seed : of dropout masks.
    precision : of products.
    before : operations that a step begins with; after : those that need the gradients of all samples.
    """

    network: Sequential
    batch: int
    training: bool
    seed: int = 0
    precision: str = "float32"
    tape: Tape = field(default_factory=Tape)
    before: list[Operation] = field(default_factory=list)
    forward: list[Operation] = field(default_factory=list)
    backward: list[Operation] = field(default_factory=list)
    after: list[Operation] = field(default_factory=list)
    mostly_zero: Place | None = None  # where samples lie that are worth listing what is not zero in them
    zeros_size: int = 16
    work: int = 0  # multiply-adds of a sample on its way forward

    def __post_init__(self) -> None:
        self.zeros = Place("zeros")

    def numbers(self, shape: Shape) -> Place:
        """Room for a batch of float32 samples."""
        return self.tape.room(self.batch * prod(shape))

    def zero_row(self, size: int) -> Place:
        """At least `size` zeros, for what begins with nothing."""
        self.zeros_size = max(self.zeros_size, size)
        return self.zeros

    def parameter(self, layer: int, name: str, block: str = "weights") -> Place:
        """Where a parameter lies in the vector of weights, or of gradients; of a state in the vector of state."""
        layout = self.network.state_layout if block == "state" else self.network.weight_layout
        return Place(block, 4 * layout.places[layer][name][0].start)
