"""glassnet show"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from glassnet.cli.options import Force, Ignored, Json, Quiet, Target, Task

if TYPE_CHECKING:
    from glassnet.files import TrainedModel


def show(
    model: Annotated[str, typer.Argument(metavar="MODEL|DATA", help="A model file, or data as 'train' takes them.")],
    out: Annotated[Path | None, typer.Option(help="Draw samples of DATA into this PNG.")] = None,
    augmented: Annotated[
        bool, typer.Option("--augmented", help="Show pictures of DATA as training may change them.")
    ] = False,
    weights: Annotated[Path | None, typer.Option(help="Draw the first layer's weights into this PNG.")] = None,
    history: Annotated[Path | None, typer.Option(help="Draw loss and accuracy of every epoch into this PNG.")] = None,
    draw: Annotated[bool, typer.Option("--draw", help="Draw both in the terminal.")] = False,
    target: Target = None,
    ignore: Ignored = None,
    task: Task = None,
    force: Force = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Show what a model file holds: layers, parameters, how it came to be, weights as pictures, its history; or data.

    Of data it shows how many samples there are of each class, and some of them.

    \b
    Examples:
      glassnet show model.safetensors --draw
      glassnet show perceptron.safetensors --weights weights.png --history history.png
      glassnet show mnist --out digits.png
      glassnet show digits --augmented
      glassnet show flats.csv --target rent
    """
    from glassnet.cli.show_data import is_data, show_data
    from glassnet.data import Choice
    from glassnet.errors import ParameterError

    choice = Choice(target, tuple(ignore or ()), task)
    if is_data(model):
        if weights or history or draw:
            raise ParameterError(f"--weights, --history and --draw are about models, and {model!r} is data.")
        show_data(model, out, choice, augmented=augmented, force=force, quiet=quiet, json=json)
        return
    if out or augmented:
        raise ParameterError("--out and --augmented are about data.", "Models have --weights and --history.")
    if choice != Choice():
        raise ParameterError("--target, --ignore and --task are about tables.", "A model says what it answers with.")
    _show_model(Path(model), weights, history, draw=draw, force=force, quiet=quiet, json=json)


def _show_model(
    model: Path, weights: Path | None, history: Path | None, *, draw: bool, force: bool, quiet: bool, json: bool
) -> None:
    from glassnet.cli.output import check_output, console, print_json, printable, tell
    from glassnet.files import load
    from glassnet.pictures import draw_curve, draw_weights, save_history, save_weights, weight_pictures

    for path, other in ((weights, history), (history, weights)):
        if path is not None:
            check_output(path, force, model, other)
    trained = load(model)
    if weights is not None:
        save_weights(weight_pictures(trained.network, trained.classes), weights)
    if history is not None:
        save_history(trained.history, history)
    if json:
        print_json(_document(model, trained))
        return
    if quiet:
        return
    tell(
        "\n".join(
            [trained.network.summary(), *_columns(trained), *_classes_line(trained), *_receipt_lines(trained.receipt)]
        )
    )
    if draw:
        terminal = console()
        colour = terminal.color_system is not None and not terminal.no_color
        if trained.history.get("loss"):
            terminal.print(draw_curve(trained.history, terminal.width), soft_wrap=True)
        pictures = weight_pictures(trained.network, [printable(str(label)) for label in trained.classes or ()])
        terminal.print(draw_weights(pictures, terminal.width, colour=colour), soft_wrap=True)


def _columns(trained: TrainedModel) -> list[str]:
    """The columns of a table that the network expects."""
    from glassnet.cli.tables import column_lines

    columns = trained.preparation.columns
    return [] if columns is None else column_lines(columns)


def _classes_line(trained: TrainedModel) -> list[str]:
    return [] if trained.classes is None else [f"classes: {', '.join(map(str, trained.classes))}"]


def _receipt_lines(receipt: dict[str, Any]) -> list[str]:
    """How the model came to be, as far as its receipt tells it in our way; others may write what they like there."""
    lines = []
    match receipt:
        case {"data": {"name": str(name)}, "split": {"train": int(count)}, "seed": int(seed)}:
            lines.append(f"trained on {name}, {count:,} samples, seed {seed}")
    match receipt:
        case {"settings": {"recipe": {"precision": "bf16"}}}:
            lines.append("products in bf16, while it was trained")
    match receipt:
        case {"steps": int(steps), "seconds": int(seconds) | float(seconds), "ended": str(ended)}:
            lines.append(f"{steps:,} steps in {seconds:.1f} s; {ended}")
    match receipt:
        case {"figures": {"accuracy": float(share), "low": float(low), "high": float(high), "samples": int(count)}}:
            lines.append(f"test accuracy {share:.4f} ({low:.4f} to {high:.4f}), {count:,} samples")
        case {"figures": {"root_mean_squared_error": float(error), "r2": float(share), "samples": int(count)}}:
            lines.append(f"root mean squared error of the test {error:.4g}, R² {share:.4f}, {count:,} samples")
    return lines


def _document(path: Path, trained: TrainedModel) -> dict[str, Any]:
    from glassnet.descriptions import to_config

    network = trained.network
    counts = [
        sum(view.size for view in views.values()) for views in network.weight_layout.views(network.vectors.weights)
    ]
    rows = zip(network.names, network.shapes, counts, strict=True)
    return {
        "model": str(path),
        "parameters": network.weight_layout.size,
        "layers": [{"name": name, "shape": list(shape), "parameters": count} for name, shape, count in rows],
        "architecture": network.to_config(),
        "classes": None if trained.classes is None else list(trained.classes),
        "preparation": to_config(trained.preparation),
        "receipt": trained.receipt,
        "history": trained.history,
    }
