"""glassnet correct"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from glassnet.cli.options import Json, ModelPath, Quiet

if TYPE_CHECKING:
    from glassnet.arrays import Array
    from glassnet.data.labels import Label
    from glassnet.files import TrainedModel
    from glassnet.improvement import Correction


def correct(
    model: ModelPath,
    pictures: Annotated[
        list[Path] | None, typer.Argument(metavar="PICTURE", help="Pictures that are all of one class.")
    ] = None,
    label: Annotated[str | None, typer.Option(help="What they are: one of the network's classes.")] = None,
    digit: Annotated[
        int | None, typer.Option(help="Which digit of a picture with several, counted from 1 as they are read.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Forget the latest correction.")] = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Keep pictures with the right answer beside a model, for 'glassnet improve' to learn from.

    They lie in a folder named after the model, as the network sees them. The same picture again replaces what was said
    of it before. Without pictures, shows what there is.

    \b
    Examples:
      glassnet correct mnist.safetensors seven.png --label 7
      glassnet correct mnist.safetensors photo.jpg --digit 1 --label 3
      glassnet correct mnist.safetensors --undo
    """
    from contextlib import nullcontext

    from glassnet.cli.models import load_healthy
    from glassnet.cli.output import print_json, tell
    from glassnet.engines import answer
    from glassnet.errors import DataError, ParameterError
    from glassnet.files import claim
    from glassnet.improvement import Correction, Corrections

    pictures = pictures or []
    if undo and (pictures or label is not None):
        raise ParameterError("--undo takes the latest correction back.", "Leave pictures and --label out.")
    if bool(pictures) != (label is not None):
        raise ParameterError("A correction is a picture and what it is.", "Write: seven.png --label 7.")
    trained = load_healthy(model)
    if trained.classes is None:
        raise DataError("This network answers with numbers, so there is no class to correct.")
    named = None if label is None else _class_named(label, trained.classes)
    seen = [(path, _as_seen(trained, path, digit)) for path in pictures]
    lines = []
    with claim(model.with_name(f"{model.name}.corrections.json")) if pictures or undo else nullcontext():
        kept = Corrections(model, trained.classes, trained.network.input_shape)
        if undo:
            lines.append(f"Forgotten: {_told(kept.undo())}.")
        for path, picture in seen:
            assert named is not None  # which goes with pictures
            said = answer(trained, picture[None]).classes[0]
            new = Correction(picture, named, str(path), said)
            old = kept.add(new)
            instead = f" (not {old.label}, as was said before)" if old and old.label != named else ""
            right = " It was right about that." if said == named else ""
            lines.append(f"Kept: {_told(new)}{instead}.{right}")
    count = len(kept.items)
    if json:
        print_json(
            {"model": str(model), "folder": str(kept.folder), "corrections": [_entry(one) for one in kept.items]}
        )
    elif not quiet:
        if not lines:
            lines = [_told(one) for one in kept.items]
        more = f" 'glassnet improve {model}' learns from them." if count else ""
        tell("\n".join([*lines, f"{count:,} correction{'' if count == 1 else 's'} beside {model}.{more}"]))


def _class_named(text: str, classes: tuple[Label, ...]) -> Label:
    from glassnet.checks import nearest
    from glassnet.errors import ParameterError

    for known in classes:
        if str(known) == text:
            return known
    names = [str(known) for known in classes]
    raise ParameterError(
        f"--label: the network knows no class {text!r:.60}; it knows {', '.join(names):.200}.", nearest(text, names)
    )


def _as_seen(trained: TrainedModel, path: Path, digit: int | None) -> Array:
    """The picture, or one digit of it, as the network sees it, (H, W, C) uint8."""
    from glassnet.cli.predict import sample
    from glassnet.errors import DataError, ParameterError
    from glassnet.pictures import find_digits, load_reduced

    if not path.exists():
        raise DataError(f"There is no picture {str(path)!r:.200}.", "Look for a typing error in its name.")
    if digit is None:
        return sample(trained, str(path))
    seen = find_digits(trained, load_reduced(path)[0]).seen
    if not 1 <= digit <= len(seen):
        raise ParameterError(f"--digit {digit}: {len(seen)} digits were found in {str(path)!r}.", "They count from 1.")
    return seen[digit - 1]


def _told(one: Correction) -> str:
    return f"{one.source} is {one.label}, and was taken for {one.answered}"


def _entry(one: Correction) -> dict[str, Any]:
    return {"file": one.file, "label": one.label, "source": one.source, "answered": one.answered}
