"""glassnet lab forget"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glassnet.cli.options import (
    Chart,
    ClusterAddress,
    DataName,
    EngineName,
    FirstSeed,
    ForceLab,
    Json,
    OwnNet,
    Quiet,
    Workers,
)


def forget(
    data: DataName = "first-input",
    tasks: Annotated[
        str | None,
        typer.Option(
            help="The classes of each task, such as 0-4,5-9 or cat+dog,bird; else two halves.", metavar="T,T…"
        ),
    ] = None,
    runs: Annotated[int, typer.Option(help="How many runs.")] = 10,
    net: OwnNet = None,
    epochs: Annotated[int | None, typer.Option(help="How often each sample of a task is seen.")] = None,
    seed: FirstSeed = 0,
    engine: EngineName = "auto",
    out: Annotated[Path, typer.Option(help="The file for the results, a line of JSON a run.")] = Path("forget.jsonl"),
    chart: Chart = None,
    workers: Workers = None,
    cluster: ClusterAddress = None,
    force: ForceLab = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Show how a network forgets: train it on one task, then on another, and watch the first one go.

    After every epoch the network is asked about test samples of every task. Beside it, a network from the same start
    learns all tasks at once. Without DATA the tasks are two rules: the answer is the first of three inputs where the
    third is 1 (as in the article on the neuron that learns a rule), and the second where the third is 0. Ctrl-C stops
    and keeps the runs that are done: the same command goes on.

    \b
    Examples:
      glassnet lab forget --chart forget.png
      glassnet lab forget digits --tasks 0-4,5-9 --net "flatten dense32 relu dense10" --epochs 10 --out digits.jsonl
      glassnet lab forget blobs --tasks 0,1,2 --runs 3 --out blobs.jsonl
    """
    from glassnet.checks import check_integer
    from glassnet.cli.compilation import open_engine
    from glassnet.cli.forget_report import forget_document, report_forgetting
    from glassnet.cli.lab import opener, run_jobs_left
    from glassnet.cli.output import check_output, print_json
    from glassnet.cli.tasks import plan_tasks
    from glassnet.files import claim
    from glassnet.lab import perform_forgetting, save_courses, summarize_courses

    check_integer("lab forget", "--runs", runs)
    open_executor = opener(workers, cluster)
    computes = open_engine(engine, 1, quiet).name
    if chart is not None:
        check_output(chart, force)
    with claim(out):
        names, jobs = plan_tasks(data, tasks, runs=runs, net=net, epochs=epochs, seed=seed, engine=computes)
        rows = run_jobs_left(out, jobs, perform_forgetting, open_executor, force=force, quiet=quiet)
    courses = summarize_courses(rows, names)
    if chart is not None:
        save_courses(courses, runs, chart)
    if json:
        print_json(forget_document(data, jobs[0].recipe.epochs, rows, courses, out))
    elif not quiet:
        report_forgetting(courses, rows, out)
