"""glassnet explain"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glassnet.cli.options import Force, Json, Quiet

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
    model: Annotated[
        Path, typer.Argument(metavar="MODEL", help="A model file, or the name of an example, given above.")
    ],
    input: Annotated[str, typer.Option(help="One sample: a row of numbers such as -2,-1, or a picture file.")],
    target: Annotated[
        str | None,
        typer.Option(help="Its class, or its target numbers; adds the way back. With --picture: ask about it."),
    ] = None,
    weight: Annotated[
        str | None, typer.Option(help="The weight w, such as dense_1.W[0,0]; else the first.", metavar="NAME[i,j]")
    ] = None,
    unit: Annotated[
        str | None, typer.Option(help="Explain this unit alone, such as dense_1[0].", metavar="LAYER[k]")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to write it.")] = Format.text,
    picture: Annotated[Path | None, typer.Option(help="Draw into this PNG what made it answer so.")] = None,
    maps: Annotated[
        str | None, typer.Option(help="Draw all maps of this layer there instead.", metavar="LAYER")
    ] = None,
    force: Force = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Write out what a network computes for one sample, with its numbers.

    Forward: inputs times weights plus bias, the sum, the activation, for every layer. With --target also backward: the
    slope of the loss L by one weight w, factor by factor (∂L/∂w = ∂L/∂y · ∂y/∂h1 · ∂h1/∂w), beside what moving the
    weight a little shows; and the step that the optimizer then makes. Names: x inputs, h hidden units, z sums, y
    outputs, t the target. dense_1.W[i,j] is the weight from input i to unit j of a layer, counted from 0, so that the
    articles' w1 is dense_1.W[0,0]; dense_1.b[j] is the bias of unit j.

    MODEL may be one of these, with the weights that the articles write down: neuron (weights 0 and 1, bias 4), network
    (three such, bias 0), people (weight and height: all weights 1, biases 0), first-input, xor (a trained example).

    \b
    Examples:
      glassnet explain people --input -2,-1 --target 1   how ∂L/∂w1 = 0.0214 comes to be
      glassnet explain neuron --input 2,3
      glassnet explain xor --input 0,1 --target 1 --weight dense_2.b[0]
      glassnet explain mnist.safetensors --input seven.png --target 7 --format html
      glassnet explain mnist.safetensors --input seven.png --picture why.png
    """
    from glassnet.cli.explain_picture import draw
    from glassnet.cli.output import check_output, tell
    from glassnet.cli.predict import sample
    from glassnet.cli.tables import say_meaning
    from glassnet.explain import render, step

    if picture is not None:
        _check_alone(weight=weight, unit=unit, format=None if format is Format.text else format.value)
        check_output(picture, force, model)
    elif maps is not None:
        from glassnet.errors import ParameterError

        raise ParameterError("--maps draws, but not where.", "Add --picture maps.png, say.")
    trained = _open(model)
    wanted = None if target is None else _target(trained, target)
    given = sample(trained, input)
    if picture is not None:
        draw(trained, given, wanted, picture, maps, quiet=quiet, json=json)
        return
    explanation = step(trained, given, wanted, weight=weight, unit=unit)
    if not quiet and not json:
        say_meaning(trained.preparation)
    if json or not quiet:
        tell(render(explanation, "json" if json else format.value))


def _open(model: Path) -> TrainedModel:
    """The network in a file, or an example; ModelFileError, with the examples' names, where there is neither."""
    from glassnet.checks import nearest
    from glassnet.cli.models import load_healthy
    from glassnet.errors import ModelFileError
    from glassnet.explain import WORKED

    name = str(model)
    if model.exists() or model.suffix:
        return load_healthy(model)
    if name not in WORKED:
        known = f"Examples are {', '.join(WORKED)}."
        raise ModelFileError(
            f"{name!r:.200} is neither a model file nor an example.", f"{nearest(name, WORKED)} {known}".strip()
        )
    return WORKED[name]()


def _check_alone(**about_numbers: str | None) -> None:
    """Raise ParameterError where --picture stands beside an option that is about the arithmetic."""
    from glassnet.errors import ParameterError

    for name, value in about_numbers.items():
        if value is not None:
            raise ParameterError(f"--{name} is about the arithmetic, --picture draws.", "Give one of them.")


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
