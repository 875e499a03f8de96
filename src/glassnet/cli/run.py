"""glassnet run"""

from __future__ import annotations

import sys
from contextlib import nullcontext, redirect_stdout
from pathlib import Path
from typing import Annotated

import typer

from glassnet.cli.options import Json


def run(
    script: Annotated[Path, typer.Argument(metavar="SCRIPT.py", help="A Python script.")],
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="ARGS", help="What the script finds in sys.argv.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not list what was translated.")] = False,
    json: Json = False,
) -> None:
    """Run a script written for Keras, TensorFlow or python-mnist, unchanged, with none of them installed.

    For that script alone, imports of tensorflow, keras, mnist and tensorflow_datasets find glassnet; what it does not
    have is refused by name. At the end, on standard error, a list of what was translated. Options stand before the
    script; what stands behind it is the script's own. MNIST is looked for in $GLASSNET_DATA, then in the cache, then
    downloaded. Without a display plt.show() writes SCRIPT-figure-1.png, or the next free number, into the working
    folder. With --json the script's own output goes to standard error.

    Exit code: the script's own; 1 after an error in it, 2 after one that is explained in a line.

    \b
    Examples:
      glassnet run xor_keras.py
      glassnet run --quiet mnist_cnn.py
      glassnet run digits.py my-mnist-folder 5
    """
    from glassnet.cli.output import print_json, say
    from glassnet.tutorials import run_script

    with redirect_stdout(sys.stderr) if json else nullcontext():
        outcome = run_script(script, arguments or [])
    sys.stdout.flush()
    if outcome.said:
        say(outcome.said)
    if outcome.translated and not quiet and not json:
        say("\n".join(("Translated:", *(f"  {line}" for line in outcome.translated))))
    if json:
        print_json({"script": str(script), "exit_code": outcome.exit_code, "translated": list(outcome.translated)})
    raise typer.Exit(outcome.exit_code)
