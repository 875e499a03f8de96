"""glassnet bench"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glassnet.cli.options import Force, Json, Quiet


def bench(
    workloads: Annotated[
        list[str] | None, typer.Argument(metavar="WORKLOAD", help="What to do; everything where nothing is named.")
    ] = None,
    peers: Annotated[str | None, typer.Option(help="Measure against these only, such as torch,jax.")] = None,
    rounds: Annotated[int, typer.Option(help="How often ours and a peer take turns.")] = 5,
    threads: Annotated[int | None, typer.Option(help="For everybody; as many as there are processors.")] = None,
    python: Annotated[
        Path | None,
        typer.Option(help="The Python that has the peers; .peers/bin/python where there is one, else this one."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write the tables into this Markdown file.")] = None,
    chart: Annotated[Path | None, typer.Option(help="Draw the ratios into this PNG.")] = None,
    force: Force = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Say how fast this is: ours and what people use instead, in turn, on the same work.

    Workloads: xor, perceptron, mlp, cnn, xor-1000, one-picture, many-pictures, to-99, to-99-any, memory, convolution.
    Peers: numpy, numpy-matrix, torch, torch-bf16, jax, sklearn, keras-torch, keras-tensorflow, onnxruntime, and
    one-by-one, which is ours without what makes many networks quick. A peer takes part where its numbers agree with
    the reference engine's; whoever is missing is named. "make bench-peers" installs the peers beside this. Ctrl-C
    keeps what was measured.

    \b
    Examples:
      glassnet bench xor --peers numpy --rounds 1
      glassnet bench xor --peers numpy,sklearn --rounds 1 --out table.md --chart chart.png
    """
    import os

    from glassnet.benchmarks import NAMES, PEERS, Plan, Results, measure, save_chart
    from glassnet.benchmarks.machine import machine
    from glassnet.benchmarks.results import figure
    from glassnet.benchmarks.rounds import Row
    from glassnet.checks import check_choice, check_integer
    from glassnet.cli.output import check_output, print_json, say, tell

    names = workloads or list(NAMES)
    for name in names:
        check_choice("bench", "WORKLOAD", name, NAMES)
    chosen = list(PEERS) if peers is None else peers.split(",")
    for name in chosen:
        check_choice("bench", "--peers", name, PEERS)
    check_integer("bench", "--rounds", rounds)
    threads = os.cpu_count() or 1 if threads is None else threads
    check_integer("bench", "--threads", threads, maximum=1024)
    for path, other in ((out, chart), (chart, None)):
        if path is not None:
            check_output(path, force, other)
    results = Results(machine(threads), rounds)
    plan = Plan(names, chosen, rounds, threads, str(python or _peers_python()))
    interrupted = False
    try:
        for found in measure(plan, lambda line: None if quiet else say(line)):
            results.add(found)
            if isinstance(found, Row) and not quiet:
                say(f"    {figure(found.ratio)} times ours")
    except KeyboardInterrupt:
        interrupted = True
        say("Interrupted: what follows was measured before.")
    if out is not None:
        _write(results.markdown(), out)
    if chart is not None and results.rows:
        save_chart(results, chart)
    if json:
        print_json(results.document())
    elif not quiet:
        tell(results.markdown().rstrip())
    if interrupted:
        raise typer.Exit(130)


def _peers_python() -> Path:
    """The Python of the peers' environment in the current folder, else this one."""
    import sys

    beside = Path(".peers", "bin", "python")
    return beside.absolute() if beside.exists() else Path(sys.executable)


def _write(text: str, path: Path) -> None:
    from glassnet.atomic import atomic_write

    with atomic_write(path) as file:
        file.write(text.encode())
