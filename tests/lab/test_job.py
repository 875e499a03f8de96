import json
import pickle
from dataclasses import replace

import pytest

from glassnet.cli.axis import parse_axis, plan
from glassnet.data import Choice
from glassnet.lab import perform, summarize
from tests.lab.jobs import jobs


def test_a_run_is_what_train_does_with_its_seed(glassnet_train, tmp_path):
    (job,), _ = plan(
        "moons",
        parse_axis(None, None),
        Choice(),
        runs=1,
        net="dense8 relu dense2",
        epochs=3,
        seed=5,
        engine="reference",
    )
    words = ("train", "moons", "--net", "dense8 relu dense2", "--epochs", "3", "--seed", "5")
    report = glassnet_train(*words, "--out", str(tmp_path / "model"), "--json")
    row = perform(job)
    assert (row["accuracy"], row["steps"], row["ended"]) == (report["accuracy"], report["steps"], report["ended"])
    assert row["outputs"] is None  # 200 samples are too many to list


@pytest.fixture
def glassnet_train(capsys):
    from glassnet.cli.main import run

    def call(*words):
        capsys.readouterr()
        assert run(words) == 0
        return json.loads(capsys.readouterr().out)

    return call


def test_a_row_holds_what_came_of_it_and_everything_that_it_depends_on():
    job = jobs()[3]
    row = perform(job)
    assert job.key == (row["over"], row["value"], row["seed"]) == ("hidden", 4, 1)
    assert [len(row["outputs"]), row["samples"], row["steps"]] == [4, 4, 8]
    assert row["settings"]["data"]["source"] == "xor"
    assert row["settings"]["recipe"]["seed"] == 1
    assert row["settings"]["layers"][0]["units"] == 4
    assert json.loads(json.dumps(row)) == json.loads(json.dumps(perform(pickle.loads(pickle.dumps(job)))))


def test_a_run_that_runs_away_is_a_row_too():
    job = jobs()[0]
    wild = replace(job, recipe=replace(job.recipe, optimizer=replace(job.recipe.optimizer, learning_rate=1e30)))
    row = perform(wild)
    assert row["ended"].startswith("diverged")
    assert summarize([row], [2])[0].diverged == 1
