import pytest

from glassnet.cli.tasks import parse_tasks, plan_tasks
from glassnet.errors import ParameterError

DIGITS = tuple(range(10))


@pytest.mark.parametrize(
    ("text", "classes", "names", "tasks"),
    [
        ("0-4,5-9", DIGITS, ["0-4", "5-9"], ((0, 1, 2, 3, 4), (5, 6, 7, 8, 9))),
        (None, DIGITS, ["0-4", "5-9"], ((0, 1, 2, 3, 4), (5, 6, 7, 8, 9))),
        (None, (0, 1, 2), ["0-1", "2"], ((0, 1), (2,))),
        ("9, 0-1+7", DIGITS, ["9", "0-1+7"], ((9,), (0, 1, 7))),
        ("cat+t-rex,dog", ("cat", "dog", "t-rex"), ["cat+t-rex", "dog"], ((0, 2), (1,))),
        ("cat-dog,t-rex", ("cat", "dog", "t-rex"), ["cat-dog", "t-rex"], ((0, 1), (2,))),
    ],
)
def test_classes_of_each_task(text, classes, names, tasks):
    assert parse_tasks(text, classes) == (names, tasks)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0-4", "--tasks must name two tasks or more, each class once. Got '0-4'. Write 0-4,5-9 or cat"),
        ("0-4,4-9", "each class once. Got '0-4,4-9'"),
        ("0-4,5-10", "--tasks: '5-10' names no classes. They are 0, 1, 2"),
        ("4-0,5", "'4-0' names no classes"),
        ("0,", "'' names no classes"),
        ("", "'' names no classes"),
        ("0-,1", "'0-' names no classes"),
    ],
)
def test_what_is_not_understood(text, said):
    with pytest.raises(ParameterError) as refused:
        parse_tasks(text, DIGITS)
    assert said in str(refused.value)


def test_all_at_once_is_mixed_and_nothing_is_held_out():
    names, jobs = plan_tasks("digits", "0,1", runs=2, net="perceptron", epochs=2, seed=5, engine="reference")
    assert names == ["0", "1"]
    assert [job.recipe.seed for job in jobs] == [5, 6]
    assert {(job.recipe.shuffle, job.recipe.validation, job.recipe.epochs) for job in jobs} == {(True, 0.0, 2)}
    assert jobs[0].tasks == ((0,), (1,))
    assert plan_tasks("xor", "0,1", runs=1, net=None, epochs=1, seed=0, engine="reference")[1][0].tasks == ((0,), (1,))
