"""glassnet lab"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from glassnet.cli.options import (
    Chart,
    ClusterAddress,
    DataName,
    EngineName,
    FirstSeed,
    ForceLab,
    Ignored,
    Json,
    OwnNet,
    Quiet,
    Target,
    Task,
    Workers,
)

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager

    from glassnet.cli.axis import Axis
    from glassnet.lab import Job, Row

    OpenFor = Callable[[Sequence[Job]], AbstractContextManager[Executor]]


def lab(
    data: DataName,
    hidden: Annotated[
        str | None, typer.Option(help="Try these numbers of hidden neurons, such as 2,4,6.", metavar="N,N…")
    ] = None,
    over: Annotated[
        str | None,
        typer.Option(help='Try these values of a setting, such as "optimizer=sgd,adam".', metavar="NAME=VALUES"),
    ] = None,
    runs: Annotated[int, typer.Option(help="How many runs of each.")] = 100,
    net: OwnNet = None,
    epochs: Annotated[int | None, typer.Option(help="How often each sample is seen.")] = None,
    seed: FirstSeed = 0,
    target: Target = None,
    ignore: Ignored = None,
    task: Task = None,
    engine: EngineName = "auto",
    out: Annotated[Path, typer.Option(help="The file for the results, a line of JSON a run.")] = Path("lab.jsonl"),
    chart: Chart = None,
    workers: Workers = None,
    cluster: ClusterAddress = None,
    force: ForceLab = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Say how much of a result is luck: train many times, with a new seed each time.

    A run is what "glassnet train DATA --seed N" does. Where the network is asked about the samples that it learnt from,
    as with xor, a run succeeds if all answers are right. Settings for --over: hidden, net, optimizer, learning_rate,
    schedule, batch_size, epochs, weight_decay, clip_norm, validation, patience, shuffle; nets are parted by semicolons.
    Ctrl-C stops and keeps the runs that are done: the same command goes on.

    \b
    Examples:
      glassnet lab xor --hidden 2,4,6,8 --runs 200
      glassnet lab moons --over learning_rate=0.001,0.01,0.1 --out rates.jsonl --chart rates.png
      glassnet lab flats.csv --target rent --ignore address --hidden 8,32 --runs 10 --out flats.jsonl
      glassnet lab blobs --over "net=dense4 relu dense3;dense16 relu dense3" --runs 20 --out nets.jsonl
    """
    from glassnet.checks import check_integer
    from glassnet.cli.axis import parse_axis, plan
    from glassnet.cli.compilation import open_engine
    from glassnet.cli.lab_report import lab_document, report
    from glassnet.cli.output import check_output, print_json
    from glassnet.data import Choice
    from glassnet.files import claim
    from glassnet.lab import perform, save_spread, save_success, summarize

    check_integer("lab", "--runs", runs)
    open_executor = opener(workers, cluster)
    computes = open_engine(engine, 1, quiet).name
    axis, choice = parse_axis(hidden, over), Choice(target, tuple(ignore or ()), task)
    if chart is not None:
        check_output(chart, force)
    with claim(out):
        jobs, succeeds = plan(data, axis, choice, runs=runs, net=net, epochs=epochs, seed=seed, engine=computes)
        rows = run_jobs_left(out, jobs, perform, open_executor, force=force, quiet=quiet)
    settings = summarize(rows, axis.values)
    article = _article(data, axis, net, epochs)
    if chart is not None:
        if succeeds:
            save_success(settings, axis.name, chart, article)
        else:
            save_spread(settings, axis.name, chart)
    if json:
        print_json(lab_document(data, axis, settings, out))
    elif not quiet:
        report(axis, settings, succeeds, article, out)


def opener(workers: int | None, cluster: str | None) -> OpenFor:
    """What opens an executor for some jobs: processes here, or a cluster."""
    from glassnet import lab
    from glassnet.checks import check_integer
    from glassnet.errors import ParameterError

    if cluster is not None:
        if workers is not None:
            raise ParameterError("--workers counts processes here, and a cluster has its own.", "Give one of the two.")
        lab.check_cluster(cluster)
        return lambda jobs: lab.cluster(cluster, jobs[0])
    most = os.cpu_count() or 1 if workers is None else workers
    check_integer("lab", "--workers", most, maximum=1024)
    return lambda jobs: lab.process_pool(min(most, len(jobs)))


def run_jobs_left(
    out: Path,
    jobs: Sequence[Job],
    work: Callable[[Any], Row],
    open_executor: OpenFor,
    *,
    force: bool,
    quiet: bool,
) -> list[Row]:
    """Do those of `jobs` that have no row in `out` yet; the rows of all, unless somebody wishes to stop."""
    from contextlib import closing
    from functools import partial

    from glassnet.cli.counting import counting
    from glassnet.cli.output import say
    from glassnet.cli.stopping import stop_wish
    from glassnet.lab import Results, run_jobs

    total = len(jobs)
    with Results(out, jobs, force=force) as results, stop_wish() as wish:
        done = len(results.rows)
        if done and not quiet:
            say(f"{str(out)!r} holds {done:,} of these {total:,} runs already.")
        pool = partial(open_executor, results.left)
        with (
            counting(done, total, quiet) as shown,
            closing(run_jobs(results.left, pool, stop=lambda: bool(wish.signal), work=work)) as rows,
        ):
            for row in rows:
                results.add(row)
                shown.advance()
        if len(results.rows) < total:
            say(f"Stopped after {len(results.rows):,} of {total:,} runs. To go on, give the same command again.")
            raise typer.Exit(wish.exit_code)
        return results.rows


def _article(data: str, axis: Axis, net: str | None, epochs: int | None) -> dict[Any, float]:
    """By width, the shares of successes that the article on XOR reports for the training that this lab repeats."""
    same = data == "xor" and axis.name == "hidden" and net is None and epochs is None
    return {width: share for width, share in {2: 0.2, 4: 0.6, 6: 0.9}.items() if same and width in axis.values}
