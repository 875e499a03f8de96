"""Makes the golden file of this version: python -m tests.golden.make

A golden file is made once, at a release, and never again: it is what people have on their disks.
"""

import json
from pathlib import Path

import numpy as np

import glassnet
from glassnet import (
    Activation,
    Adam,
    AveragePooling2D,
    BatchNormalization,
    CategoricalCrossentropy,
    Conv2D,
    Dataset,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
    Preparation,
    Recipe,
    Reshape,
    Scale,
    Sequential,
    TrainedModel,
    answer,
    save,
    train,
)

FOLDER = Path(__file__).parent
LAYERS = [
    Reshape((12, 12, 1)),
    Conv2D(4, (3, 2), padding="same", use_bias=False),
    BatchNormalization(),
    Activation("gelu"),
    MaxPooling2D(),
    Conv2D(3, 2, stride=2),
    Activation("elu"),
    AveragePooling2D((2, 2), stride=1),
    Flatten(),
    Dropout(0.2),
    Dense(3),
    Activation("softmax"),
]


def pictures() -> np.ndarray:
    """(30, 144) uint8, the same everywhere."""
    return (np.arange(30)[:, None] * 37 + np.arange(144) * 11) ** 2 % 251 % 256


def main() -> None:
    """Train for a few steps, so that nothing is as it was drawn; save the model, and its answers beside it."""
    target = FOLDER / f"{glassnet.__version__}.safetensors"
    if target.exists():
        raise SystemExit(f"{target} exists: golden files are never made again.")
    x, classes = pictures().astype(np.uint8), ("нет", "да", "perhaps")
    scaled = Preparation(scale=Scale(1 / 255))
    data = Dataset("golden", x, np.arange(30) % 3, classes, scaled)
    network = Sequential(LAYERS, (144,), seed=7)
    run = train(network, data, Recipe(CategoricalCrossentropy(), Adam(0.01), epochs=5, batch_size=8))
    trained = TrainedModel(network, classes, scaled, {"seed": 7}, run.history)
    save(trained, target)
    answers = answer(trained, x)
    told = {"classes": answers.classes, "outputs": answers.outputs.tolist(), "history": run.history}
    target.with_suffix(".json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
