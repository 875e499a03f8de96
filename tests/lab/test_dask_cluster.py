"""Runs that go through a real scheduler and real workers, in processes of their own."""

import json
import signal
import subprocess
import sys
import time
import warnings
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from distributed import Client
from threadpoolctl import threadpool_info, threadpool_limits

from glassnet.cli.axis import Axis, plan
from glassnet.cli.main import run
from glassnet.cli.tasks import plan_tasks
from glassnet.data import Choice, load_data, write_idx
from glassnet.errors import DataError, GlassnetError, ParameterError
from glassnet.files import machine
from glassnet.lab import Job, check_cluster, cluster, dask_cluster, perform, perform_forgetting, run_jobs
from glassnet.lab.likeness import check_versions
from glassnet.layers import Activation, Dense, Flatten
from glassnet.losses import CategoricalCrossentropy
from glassnet.recipe import Recipe
from tests.lab.cluster_processes import Cluster
from tests.lab.jobs import jobs
from tests.lab.test_executor import die_once, in_order

PATIENCE = 600.0  # seconds: on a busy machine processes take their time, and nothing here waits for it to pass
COMMAND = f"""
from glassnet.cli import main
from glassnet.lab import dask_cluster
dask_cluster.WAIT_SECONDS = {PATIENCE}
main()
"""


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    monkeypatch.setattr(dask_cluster, "WAIT_SECONDS", PATIENCE)


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """A scheduler; see `workers`."""
    place = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        place.fill(1, 4)
        yield place
    finally:
        place.end()


@pytest.fixture
def workers(there):
    """The cluster with two workers that are there, one of them with four threads."""
    there.fill(1, 4)
    with Client(there.address, timeout=PATIENCE, set_as_default=False) as client:
        client.wait_for_workers(2, PATIENCE)
    return there


@pytest.fixture
def another(tmp_path):
    """A cluster without workers, to do with as one likes."""
    (tmp_path / "another").mkdir()
    place = Cluster(tmp_path / "another")
    yield place
    place.end()


def opening(place, job=None):
    return partial(cluster, place.address, job or jobs()[0])


def digits(runs):
    """Runs whose matrix products are large enough for BLAS to divide them between threads."""
    layers = (Flatten(), Dense(64), Activation("relu"), Dense(10), Activation("softmax"))
    recipe = Recipe(CategoricalCrossentropy(), epochs=1, batch_size=512)
    job = Job("", None, "digits", load_data("digits", 0).train.fingerprint, layers, recipe)
    return [replace(job, recipe=replace(recipe, seed=seed)) for seed in range(runs)]


def test_the_same_rows_as_in_one_process(workers):
    assert in_order(run_jobs(jobs(9), opening(workers))) == [perform(job) for job in jobs(9)]


def test_the_same_rows_from_workers_with_many_threads(workers):
    large = digits(4)
    rows = sorted(run_jobs(large, opening(workers, large[0])), key=lambda row: row["seed"])
    assert rows == [perform(job) for job in large]


def test_the_same_rows_of_tasks_in_turn(workers):
    _, turns = plan_tasks("first-input", None, runs=4, net=None, epochs=5, seed=0, engine="reference")
    rows = run_jobs(turns, opening(workers, turns[0]), work=perform_forgetting)
    assert sorted(rows, key=lambda row: row["seed"]) == [perform_forgetting(job) for job in turns]


def count_threads(job):
    """As many as NumPy's BLAS may use in a run, after others have ended beside it; SciPy may have brought another."""
    with threadpool_limits(1, user_api="blas"):
        time.sleep(0.02 * (job.recipe.seed % 3))
        found = [library for library in threadpool_info() if library["user_api"] == "blas"]
    return {"threads": min(found, key=lambda library: "numpy" not in library["filepath"])["num_threads"]}


def test_runs_side_by_side_leave_each_other_one_thread(workers):
    assert {row["threads"] for row in run_jobs(jobs(20), opening(workers), work=count_threads)} == {1}


def slowly(job):
    time.sleep(0.05)
    return {"key": job.key}


def keys(rows):
    return sorted(row["key"] for row in rows)


def test_the_runs_of_a_killed_worker_are_done_again_and_none_twice(workers, tmp_path):
    rows = list(run_jobs(jobs(20), opening(workers), work=partial(die_once, tmp_path / "died")))
    assert (tmp_path / "died").exists()
    assert keys(rows) == sorted(job.key for job in jobs(20))


def test_all_workers_are_killed_and_another_comes(workers):
    rows = run_jobs(jobs(30), opening(workers), work=slowly)
    done = [next(rows) for _ in range(5)]
    workers.kill_workers()
    workers.start("--nthreads", "2")
    assert keys([*done, *rows]) == sorted(job.key for job in jobs(30))


def test_all_workers_are_killed_and_none_comes(another, monkeypatch):
    another.start()
    rows = run_jobs(jobs(100), opening(another), work=slowly)
    next(rows)
    wait = Client.wait_for_workers
    monkeypatch.setattr(Client, "wait_for_workers", lambda client, count, seconds: wait(client, count, 0.5))
    another.kill_workers()
    with pytest.raises(
        GlassnetError, match=r"The scheduler at tcp://[\d.:]+ has no worker\. Start one on each machine"
    ):
        list(rows)


def test_the_scheduler_is_killed(another, monkeypatch):
    another.start()
    rows = run_jobs(jobs(100), opening(another), work=slowly)
    next(rows)
    monkeypatch.setattr(dask_cluster, "WAIT_SECONDS", 0.5)
    another.scheduler.kill()
    with pytest.raises(
        GlassnetError, match=r"No Dask scheduler answers at tcp://[\d.:]+\. Start one there: dask sched"
    ):
        list(rows)


def test_what_a_run_raises_is_raised(workers):
    def fail(job):
        raise GlassnetError("No luck at all.")

    with pytest.raises(GlassnetError, match="No luck at all"):
        list(run_jobs(jobs(), opening(workers), work=fail))


def lack(job):
    raise ModuleNotFoundError("No module named 'glassnet'")


def test_a_worker_that_lacks_something(workers):
    with pytest.raises(
        GlassnetError, match=r"A worker lacks something: No module .*pip install 'glassnet\[cluster\]=="
    ):
        list(run_jobs(jobs(), opening(workers), work=lack))


@pytest.fixture
def older(another):
    """A cluster whose only worker says that it has another glassnet."""
    named = another.folder / "glassnet-0.0.7.dist-info"
    named.mkdir()
    (named / "METADATA").write_text("Metadata-Version: 2.1\nName: glassnet\nVersion: 0.0.7\n")
    another.start(PYTHONPATH=str(another.folder))
    return another


def test_a_worker_of_another_version_is_named_before_the_first_run(older, monkeypatch):
    said = r"The worker tcp://127.0.0.1:\d+ has glassnet 0.0.7, here it is 0.1.0: its results would not be the same\. "
    with pytest.raises(GlassnetError, match=said + "Install the same there"):
        list(run_jobs(jobs(), opening(older)))
    here = {"glassnet": "0.1.0", "numpy": np.__version__, "python": ".".join(map(str, sys.version_info)), "numba": "1"}
    monkeypatch.setattr(dask_cluster, "check_versions", lambda client: here)  # as if it had come later
    with pytest.raises(GlassnetError, match=said):
        list(run_jobs(jobs(), opening(older)))


def test_a_worker_without_glassnet():
    class Client:
        def get_versions(self, packages):
            here = {"packages": {"glassnet": "1", "numba": "4", "llvmlite": "5", "numpy": "2", "python": "3"}}
            worker = {"packages": {"glassnet": None, "numba": "4", "llvmlite": "5", "numpy": "2", "python": "3"}}
            return {"client": here, "workers": {"tcp://one": here, "tcp://two": worker}}

    with pytest.raises(
        GlassnetError, match=r"The worker tcp://two has no glassnet, here it is 1: .*==1' numpy==2 numba==4"
    ):
        check_versions(Client())


def tell_kernel(job):
    return {"kernel": machine()["blas_kernel"]}


def test_a_worker_of_another_kind_is_told_of(another):
    here = machine()["blas_kernel"]
    other = "Nehalem" if here != "Nehalem" else "SandyBridge"  # of OpenBLAS, which every x86-64 processor can do
    another.start(OPENBLAS_CORETYPE=other)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        (there,) = {row["kernel"] for row in run_jobs(jobs(1), opening(another), work=tell_kernel)}
    told = [str(one.message) for one in warned if "kernel" in str(one.message)]
    assert len(told) == (there != here)  # another BLAS does not obey
    assert all(f"computes with the BLAS kernel {there}, here it is {here}: the last digits" in line for line in told)


def write_folder(folder, brightness):
    folder.mkdir()
    write_idx(folder / "train-images-idx3-ubyte", np.full((20, 3, 3), brightness, np.uint8))
    write_idx(folder / "train-labels-idx1-ubyte", np.arange(20, dtype=np.uint8) % 2)


def test_a_worker_without_the_data_or_with_others(workers, tmp_path):
    write_folder(tmp_path / "cats", 3)
    job = replace(jobs()[0], source=str(tmp_path / "cats"))
    with pytest.raises(
        DataError, match=r"The worker tcp://127.0.0.1:\d+ has other data as '.*cats' than are here\. Lay"
    ):
        list(run_jobs([job], opening(workers, job)))
    job = replace(job, source="cats")
    with pytest.raises(DataError, match=r"The worker tcp://127.0.0.1:\d+ has no such data: There is no folder 'cats'"):
        list(run_jobs([job], opening(workers, job)))


@pytest.mark.parametrize(
    "address",
    ["", "127.0.0.1:8786", "http://127.0.0.1:8786", "tcp://127.0.0.1", "tcp://:8786", "tcp://a b:1", "tcp://h:1/x"],
)
def test_what_is_no_address(address):
    with pytest.raises(ParameterError, match=r"A cluster is named by the address of its Dask scheduler\. Got "):
        check_cluster(address)


@pytest.mark.parametrize("address", ["tcp://10.0.0.5:8786", "tcp://host.example:1", "tcp://[::1]:8786"])
def test_what_is_an_address(address):
    check_cluster(address)


def test_without_dask(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(GlassnetError, match=r"A cluster needs Dask\. Install it: pip install 'glassnet\[cluster\]'"):
        check_cluster("tcp://127.0.0.1:8786")


def glassnet(folder, *words, **options):
    command = [sys.executable, "-c", COMMAND, "lab", "xor", "--hidden", "2,4", *words]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def rows_in(file):
    return [json.loads(line) for line in Path(file).read_text().splitlines()]


def test_the_command_stops_and_goes_on_there_or_here(workers, tmp_path):
    words = ("--epochs", "100", "--cluster", workers.address)
    started = glassnet(tmp_path, *words, "--runs", "5000")
    file = tmp_path / "lab.jsonl"
    while started.poll() is None and not (file.exists() and file.read_bytes().count(b"\n") >= 3):
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=PATIENCE)
    done = len(rows_in(file))
    assert (started.returncode, out) == (130, "")
    assert 3 <= done < 10_000
    *shown, last = err.splitlines()
    assert last == f"Stopped after {done:,} of 10,000 runs. To go on, give the same command again."
    assert all(line.startswith("run ") for line in shown)  # nothing of Dask's
    runs = str(max(row["seed"] for row in rows_in(file)) + 3)
    out, err = glassnet(tmp_path, *words, "--runs", runs).communicate(timeout=PATIENCE)
    assert err.startswith(f"'lab.jsonl' holds {done:,} of these {2 * int(runs):,} runs already.\nrun ")
    assert out.endswith("Every run is in lab.jsonl.\n")
    more = str(int(runs) + 1)
    here = glassnet(tmp_path, "--epochs", "100", "--runs", more, "--workers", "1", "--quiet")
    assert here.communicate(timeout=PATIENCE) == ("", "")
    rows = rows_in(file)
    assert len(rows) == 2 * int(more)
    alone, _ = plan("xor", Axis("hidden", (2, 4)), Choice(), runs=int(more), net=None, epochs=100, seed=0, engine="cpu")
    assert in_order(rows) == json.loads(json.dumps([perform(job) for job in alone]))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--cluster", "tcp://127.0.0.1:1"), "No Dask scheduler answers at tcp://127.0.0.1:1. Start one there: dask"),
        (("--cluster", "here"), "A cluster is named by the address of its Dask scheduler. Got 'here'. Write --cluster"),
        (("--cluster", "tcp://h:1", "--workers", "2"), "--workers counts processes here, and a cluster has its own."),
    ],
)
def test_the_command_says_what_to_mend_in_one_line(tmp_path, monkeypatch, capsys, words, said):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dask_cluster, "WAIT_SECONDS", 0.3)
    assert run(["lab", "xor", "--runs", "1", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"glassnet: {said}")
    assert err.count("\n") == 1
