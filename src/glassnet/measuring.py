"""What a network reaches on samples that it does not learn from."""

from __future__ import annotations

import numpy as np

from glassnet.data.mapped import let_go
from glassnet.engines import Engine, Task, choose_engine
from glassnet.losses.penalty import penalty
from glassnet.model import Vectors


def measure(task: Task, vectors: Vectors, engine: Engine | None = None, batch_size: int = 256) -> tuple[float, float]:
    """The objective over all samples, outside training, and the share answered rightly (NaN without classes)."""
    engine = engine or choose_engine()
    losses, hits, size = 0.0, 0, len(task.x)
    for start in range(0, size, batch_size):
        part = slice(start, start + batch_size)
        x = task.scale(task.x[part], task.network.dtype)
        y = engine.forward(task.network, vectors, x, task.depth)
        each = task.loss.each(y, task.t[part])[0]
        if task.sample_weight is not None:
            each = each * task.sample_weight[part]
        losses += float(each.sum(dtype=np.float64))
        if task.answers is not None:
            hits += int(np.count_nonzero(task.loss.decide(y) == task.answers[part]))
        let_go(task.x)
    loss = losses if task.loss.summed else losses / size
    pairs = task.network.penalties()
    if pairs is not None:
        loss += penalty(vectors.weights, pairs)[0]
    return loss, hits / size if task.answers is not None else np.nan
