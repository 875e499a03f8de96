"""How a batch falls into chunks: always the same ones, so that sums do not depend on the number of threads."""

from __future__ import annotations

from glassnet.engines.cpu.building import part
from glassnet.engines.cpu.sizes import CHUNKS


@part
def first_of(chunk, samples):
    """The first sample of a chunk of a batch."""
    return chunk * samples // CHUNKS
