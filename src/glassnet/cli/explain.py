"""glassnet explain"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from glassnet.cli.options import Json, ModelPath, Quiet

if TYPE_CHECKING:
    from glassnet.files import TrainedModel


class Format(StrEnum):
    """What an explanation can be written as."""

    text = "text"
    json = "json"
    markdown = "markdown"
    latex = "latex"
    html = "html"


def explain(
    model: ModelPath,
    input: Annotated[str, typer.Option(help="One sample: a row of numbers such as -2,-1, or a picture file.")],
    target: Annotated[str | None, typer.Option(help="Its class, or its target numbers; adds the way back.")] = None,
    weight: Annotated[str | None, typer.Option(help="The weight w, such as dense_1.W[0,0]; else the first.")] = None,
    unit: Annotated[str | None, typer.Option(help="Explain this unit alone, such as dense_1[0].")] = None,
    format: Annotated[Format, typer.Option(help="How to write it.")] = Format.text,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Write out what a network computes for one sample, with its numbers.

    Forward: inputs times weights plus bias, the sum, the activation, for every layer. With --target also backward: the
    slope of the loss L by one weight w, factor by factor (∂L/∂w = ∂L/∂y · ∂y/∂h1 · ∂h1/∂w), beside what moving the
    weight a little shows; and the step that the optimizer then makes. Names: x inputs, h hidden units, z sums, y
    outputs, t the target.

    \b
    Examples:
      glassnet explain people.safetensors --input 133,65 --target 1
      glassnet explain people.safetensors --input 133,65 --target 1 --weight dense_2.b[0]
      glassnet explain people.safetensors --input 133,65 --unit dense_1[0]
      glassnet explain people.safetensors --input 133,65 --target 1 --format html
    """
    from glassnet.cli.models import load_healthy
    from glassnet.cli.output import tell
    from glassnet.cli.predict import sample
    from glassnet.explain import render, step

    trained = load_healthy(model)
    wanted = None if target is None else _target(trained, target)
    explanation = step(trained, sample(trained, input), wanted, weight=weight, unit=unit)
    if json or not quiet:
        tell(render(explanation, "json" if json else format.value))


def _target(trained: TrainedModel, text: str) -> str | float | list[float]:
    """The class that `text` names, or the numbers that it lists."""
    from glassnet.errors import DataError

    if trained.classes is not None:
        for label in trained.classes:
            if text == str(label):
                return label
        classes = ", ".join(map(str, trained.classes))
        raise DataError(f"--target: {text!r:.60} is none of the classes.", f"They are {classes:.200}.")
    try:
        return [float(word) for word in text.split(",")]
    except ValueError:
        raise DataError(f"--target: {text!r:.60} is no row of numbers.", "Write 1, say.") from None
