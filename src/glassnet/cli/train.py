"""glassnet train"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glassnet.cli.options import (
    DataName,
    EngineName,
    Force,
    Ignored,
    Json,
    PictureMemory,
    PictureSize,
    Quiet,
    Target,
    Task,
    Threads,
)

if TYPE_CHECKING:
    from glassnet.cli.settings import Settings
    from glassnet.cli.stopping import StopWish
    from glassnet.data import Choice
    from glassnet.engines import Engine
    from glassnet.session import Session


def train(
    data: DataName,
    net: Annotated[
        str | None,
        typer.Option(
            help="A preset (perceptron, mlp, cnn, pictures, table), layers in words, or a JSON file.", metavar="NET"
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="The model file to write.")] = Path("model.safetensors"),
    epochs: Annotated[int | None, typer.Option(help="How often each sample is seen.")] = None,
    batch_size: Annotated[int | None, typer.Option(help="Samples a step.")] = None,
    optimizer: Annotated[
        str | None, typer.Option(help="sgd, rmsprop, adagrad, adadelta, adam or adamw.", metavar="NAME")
    ] = None,
    learning_rate: Annotated[float | None, typer.Option(help="The length of a step.", metavar="RATE")] = None,
    schedule: Annotated[
        str | None, typer.Option(help="How the rate changes: constant, step, cosine or onecycle.", metavar="NAME")
    ] = None,
    weight_decay: Annotated[float | None, typer.Option(help="Pull of the weights to zero.")] = None,
    clip_norm: Annotated[float | None, typer.Option(help="The longest gradient that is followed.")] = None,
    validation: Annotated[float | None, typer.Option(help="Share of the samples held out, in [0, 1).")] = None,
    patience: Annotated[
        int | None, typer.Option(help="Stop after so many epochs without improvement; keep the best weights.")
    ] = None,
    shuffle: Annotated[bool | None, typer.Option(help="A new order every epoch, or file order.")] = None,
    augment: Annotated[
        str | None,
        typer.Option(
            help="Change pictures a little in every epoch: digits, pictures or none. [default: only in small folders]",
            metavar="KIND",
        ),
    ] = None,
    precision: Annotated[
        str | None,
        typer.Option(help="Of products: float32, or bf16 where the processor has AVX512-BF16.", metavar="KIND"),
    ] = None,
    seed: Annotated[int, typer.Option(help="Where everything random is drawn from.")] = 0,
    size: PictureSize = None,
    memory: PictureMemory = "1.5GB",
    target: Target = None,
    ignore: Ignored = None,
    task: Task = None,
    engine: EngineName = "auto",
    threads: Threads = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where a stopped training was.")] = False,
    force: Force = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Train a network and keep it in a file.

    DATA brings a network and settings of its own; every option changes one of them. Ctrl-C stops and keeps what was
    learnt: the same command with --resume goes on. Where something stands in the network's way (dead units, a plateau,
    a rate too high or too low, overfitting, ...), it is said at the end, with the evidence and what to try.

    \b
    Examples:
      glassnet train digits
      glassnet train mnist --net mlp --out mlp.safetensors
      glassnet train cats/ --size 96x96 --out cats.safetensors      a folder of pictures for each class
      glassnet train mnist --net "conv32 relu pool flatten dense128 relu dense10" --epochs 3 --out cnn.safetensors
      glassnet train mnist --augment digits --epochs 30 --out mnist.safetensors
      glassnet train moons --net "dense16 tanh dense2" --learning-rate 0.05 --out moons.safetensors
      glassnet train flats.csv --target rent --ignore address --out flats.safetensors
    """
    from glassnet.cli.compilation import open_engine
    from glassnet.cli.pictures import parse_memory, parse_size
    from glassnet.cli.settings import Settings
    from glassnet.data import Choice, picture_memory

    wanted, most = parse_size(size), parse_memory(memory)
    settings = Settings(
        net=net,
        epochs=epochs,
        batch_size=batch_size,
        optimizer=optimizer,
        learning_rate=learning_rate,
        schedule=schedule,
        weight_decay=weight_decay,
        clip_norm=clip_norm,
        validation=validation,
        patience=patience,
        shuffle=shuffle,
        augment=augment,
        precision=precision,
        seed=seed,
    )
    settings.check()
    computes = open_engine(engine, threads, quiet)
    choice = Choice(target, tuple(ignore or ()), task)
    with picture_memory(most):
        _train(data, wanted, choice, settings, out, computes, resume=resume, force=force, quiet=quiet, json=json)


def _train(
    source: str,
    size: tuple[int, int] | None,
    choice: Choice,
    settings: Settings,
    out: Path,
    engine: Engine,
    *,
    resume: bool,
    force: bool,
    quiet: bool,
    json: bool,
) -> None:
    from glassnet.cli.finishing import finish
    from glassnet.cli.output import check_output, say
    from glassnet.cli.pictures import counted_pictures
    from glassnet.cli.report import opening_lines
    from glassnet.cli.settings import check_batch
    from glassnet.cli.stopping import stop_wish
    from glassnet.cli.tables import open_data
    from glassnet.files import claim
    from glassnet.model import Sequential
    from glassnet.session import Session

    check_output(out, force or resume)
    with claim(out):
        with counted_pictures(quiet):
            parts = open_data(source, settings.seed, size, choice, quiet=quiet)
        layers, recipe = settings.choose(parts.train)
        network = Sequential(layers, parts.train.sample_shape, seed=recipe.seed)
        check_batch(network, min(recipe.batch_size, len(parts.train)))
        session = Session(network, parts.train, recipe, out, resume=resume, force=force, engine=engine)
        if not quiet:
            say(opening_lines(session))
        with stop_wish() as wish:  # once all epochs are done, the model is written whatever is wished
            if session.finished is None:
                _run(session, wish, quiet)
            finish(session, parts.test, quiet=quiet, json=json)


def _run(session: Session, wish: StopWish, quiet: bool) -> None:
    """Train to the end, or until somebody wishes to stop; then leave a checkpoint and the line that goes on."""
    from contextlib import closing

    from glassnet.cli.output import say
    from glassnet.cli.progress import display

    with closing(session.events()) as events, display(session.recipe, quiet) as shown:
        for event in events:
            shown.show(event, session.run.history)
            if wish.signal and not event.ended:
                break
    if wish.signal and not session.run.ended:
        say(f"Stopped after step {session.run.step}. To go on, give the same command with --resume.")
        raise typer.Exit(wish.exit_code)
