import json
import pickle
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from glassnet.cli.tasks import plan_tasks
from glassnet.data import load_data
from glassnet.engines import answer
from glassnet.files import TrainedModel
from glassnet.lab import perform_forgetting, process_pool, run_jobs, summarize_courses, tasks_of, together
from glassnet.model import Sequential
from glassnet.training import train

DIGITS = ((0, 1, 2, 3, 4), (5, 6, 7, 8, 9))


def job(source="digits", net: str | None = "flatten dense32 relu dense10", epochs: int | None = 6, runs=1, seed=0):
    _, jobs = plan_tasks(source, None, runs=runs, net=net, epochs=epochs, seed=seed, engine="reference")
    return jobs[-1]


def test_tasks_part_the_samples_by_class():
    parts = load_data("digits", 0)
    low, high = tasks_of("digits", 0, DIGITS)
    assert set(low.train.y) == {0, 1, 2, 3, 4}
    assert set(high.test.y) == {5, 6, 7, 8, 9}
    assert len(low.train) + len(high.train) == len(parts.train)
    assert low.train.classes == parts.train.classes
    np.testing.assert_array_equal(low.test.x, parts.test.x[parts.test.y < 5])
    assert len(together([low.test, high.test])) == len(parts.test)


def test_two_rules_over_the_articles_samples():
    first, second = tasks_of("first-input", 0, ())
    assert first.train.x.tolist() == load_data("first-input", 0).train.x.tolist()
    assert first.train.y.tolist() == [0, 1, 1, 0]
    assert second.train.x.tolist() == [[0, 0, 0], [1, 1, 0], [1, 0, 0], [0, 1, 0]]
    assert second.train.y.tolist() == [0, 1, 0, 1]


def test_the_first_task_is_lost_while_the_second_is_learnt():
    rows = [perform_forgetting(job(seed=seed)) for seed in range(3)]
    first, second = summarize_courses(rows, ["0-4", "5-9"])
    assert (len(first.median), first.least[6] > 0.85, first.most[12]) == (13, True, 0)
    assert (second.median[6], second.least[12] > 0.7) == (0, True)
    assert first.together[0] > 0.85  # nothing in the data forbids to know both
    assert second.together[0] > 0.85


def test_article_4_the_rule_of_the_first_input_gives_way_to_another():
    rows = [perform_forgetting(job("first-input", None, None, seed=seed)) for seed in range(4)]
    first, second = summarize_courses(rows, ["first", "second"])
    assert (first.median[100], second.median[100]) == (1, 0.5)
    assert (first.median[200], second.median[200]) == (0.5, 1)  # right as often as by guessing
    assert first.together == second.together == (1, 1, 1)


def test_a_row_is_what_two_trainings_by_hand_give():
    one = job(seed=2)
    row = perform_forgetting(one)
    network = Sequential(one.layers, (8, 8, 1), seed=2)
    tasks = tasks_of("digits", 2, DIGITS)
    for k, task in enumerate(tasks, 1):
        train(network, task.train, one.recipe)
        for curve, other in zip(row["curves"], tasks, strict=True):
            found = answer(TrainedModel(network, other.test.classes, other.test.preparation), other.test.x)
            assert curve[6 * k] == np.mean(found.indices == other.test.y)
    assert row["right"] == sum(row["curves"][k][12] * len(task.test) for k, task in enumerate(tasks))
    assert (row["samples"], row["steps"]) == (
        359,
        6 * sum(-(-len(task.train) // one.recipe.batch_size) for task in tasks),
    )


def test_a_row_is_the_same_anywhere_and_goes_into_json():
    jobs = [job("first-input", None, 5, seed=seed) for seed in range(2)]
    assert jobs[0].settings["tasks"] == []
    rows = [perform_forgetting(one) for one in jobs]
    elsewhere = run_jobs(jobs, partial(process_pool, 2), work=perform_forgetting)
    assert sorted(elsewhere, key=lambda row: row["seed"]) == rows
    assert json.loads(json.dumps(rows[0])) == rows[0]
    assert pickle.loads(pickle.dumps(jobs[0])) == jobs[0]


def test_a_run_that_runs_away_is_a_row_too():
    one = job(epochs=3)
    wild = replace(one, recipe=replace(one.recipe, optimizer=replace(one.recipe.optimizer, learning_rate=1e30)))
    row = perform_forgetting(wild)
    assert row["ended"].startswith("diverged")
    assert [len(curve) for curve in row["curves"]] == [7, 7]


def test_medians_and_bands():
    rows = [{"curves": [[0.0, x], [x, 1.0]], "together": [x, 1.0]} for x in (0.25, 1.0, 0.5)]
    one, other = summarize_courses(rows, ["one", "other"])
    assert (one.task, one.median.tolist(), one.least.tolist(), one.most.tolist()) == (
        "one", [0, 0.5], [0, 0.25], [0, 1],
    )  # fmt: skip
    assert one.together == pytest.approx((0.5, 0.25, 1))
    assert other.median.tolist() == [0.5, 1]
