from functools import partial

import pytest

from glassnet.cli.axis import parse_axis, plan
from glassnet.data import Choice
from glassnet.evaluation import wilson_interval
from glassnet.lab import process_pool, run_jobs, summarize
from tests.lab.jobs import row

PLATEAU = [[0.66], [0.67], [0.66], [0.0]]


def test_rates_intervals_and_quartiles():
    rows = [row(2, seed, right) for seed, right in enumerate((4, 3, 4, 2, 4))]
    four, two = summarize([row(4, 0, 1), *reversed(rows)], [4, 2, 8])
    assert (four.value, four.runs, four.success) == (4, 1, 0)
    assert (two.runs, two.success, (two.low, two.high)) == (5, 0.6, wilson_interval(3, 5))
    assert two.quartiles == (0.5, 0.75, 1, 1, 1)


def test_kinds_of_failure_the_commonest_first_each_with_its_first_run():
    rows = [
        row(seed=0, right=2, outputs=[[0.5]] * 4),
        row(seed=1, right=3, outputs=[[0.5], [1], [0.5], [0]]),
        row(seed=3, right=3, outputs=PLATEAU),
        row(seed=2, right=3, outputs=[[0.69], [0.01], [0.69], [0.68]]),  # the same three, but another sample is apart
        row(seed=4),
    ]
    (setting,) = summarize(rows, [2])
    assert [(kind.right, kind.count, kind.seed) for kind in setting.failures] == [(3, 2, 2), (2, 1, 0), (3, 1, 1)]
    assert setting.failures[0].outputs == [[0.69], [0.01], [0.69], [0.68]]


def test_samples_too_many_to_list():
    (setting,) = summarize([row(right=90, samples=100)], [2])
    assert setting.failures[0].outputs is None


def test_article_5_more_hidden_neurons_succeed_more_often():
    jobs, succeeds = plan(
        "xor", parse_axis("2,6", None), Choice(), runs=20, net=None, epochs=None, seed=0, engine="reference"
    )
    assert succeeds
    two, six = summarize(list(run_jobs(jobs, partial(process_pool, 2))), [2, 6])
    assert two.high < six.low
    assert two.low < 0.2 < two.high  # the article's figure
    kinds = {kind.right for kind in two.failures}
    assert 3 in kinds
    assert two.success == pytest.approx(two.accuracies.tolist().count(1.0) / 20)
