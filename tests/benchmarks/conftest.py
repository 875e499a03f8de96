import numpy as np
import pytest

from glassnet.data import Dataset, load_data
from glassnet.data.dataset import Parts


@pytest.fixture(autouse=True)
def small_mnist(monkeypatch):
    """Pictures of MNIST's shape in its place, and three networks instead of a thousand."""
    draw = np.random.default_rng(0)

    def drawn(count):
        x = draw.integers(0, 256, (count, 28, 28, 1), np.uint8) * (draw.random((count, 28, 28, 1)) < 0.2)
        return Dataset("mnist", x.astype(np.uint8), draw.integers(0, 10, count), tuple(range(10)))

    parts = Parts(drawn(6400), drawn(100))
    monkeypatch.setattr(
        "glassnet.benchmarks.work.load_data", lambda name, seed=0: parts if name == "mnist" else load_data(name, seed)
    )
    monkeypatch.setattr("glassnet.benchmarks.work.MANY", 3)
    monkeypatch.setattr("glassnet.benchmarks.contenders.ours.MANY", 3)
