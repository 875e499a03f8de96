"""Writes down what Keras itself answers, where it is installed: python -m tests.keras.make"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

from tests.keras.scenes import SCENES

ANSWERS = Path(__file__).with_name("keras_answers.json")


def main() -> None:
    """Run every scene under Keras."""
    keras = import_module("keras")
    figures = {name: scene(keras) for name, scene in SCENES.items()}
    source = f"Keras {keras.__version__}, {keras.backend.backend()}, in float32"
    ANSWERS.write_text(json.dumps({"source": source} | figures), encoding="utf-8")


if __name__ == "__main__":
    main()
