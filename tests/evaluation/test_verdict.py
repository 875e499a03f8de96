import numpy as np
import pytest
from sklearn.metrics import accuracy_score, confusion_matrix

from glassnet.data import Dataset
from glassnet.engines import answer, choose_engine
from glassnet.errors import DataError, ShapeError
from glassnet.evaluation import NumbersVerdict, Verdict, calibration, examine, judge, judge_numbers
from glassnet.files import TrainedModel
from glassnet.layers import Activation, Dense
from glassnet.model import Sequential


def classifier(classes=("a", "b", "c")):
    """Answers the class whose number is largest: its weights are the identity."""
    network = Sequential([Dense(len(classes)), Activation("softmax")], (len(classes),))
    network.set_weights({"dense_1.W": np.eye(len(classes))})
    return TrainedModel(network, classes)


@pytest.fixture
def samples():
    draw = np.random.default_rng(5)
    x = draw.normal(size=(60, 3)).astype(np.float32)
    labels = np.array(["a", "b", "c"])[draw.integers(0, 3, 60)]
    return Dataset.from_arrays(x, labels)


def test_accuracy_and_confusion_agree_with_scikit_learn(samples):
    verdict = judge(classifier(), samples)
    answered = samples.x.argmax(1)
    assert verdict.accuracy == pytest.approx(accuracy_score(samples.y, answered))
    np.testing.assert_array_equal(verdict.confusion, confusion_matrix(samples.y, answered))
    assert verdict.low < verdict.accuracy < verdict.high
    assert verdict.samples == 60


def test_mistakes_name_the_sample_and_come_surest_first(samples):
    verdict = judge(classifier(), samples)
    answered = samples.x.argmax(1)
    assert sorted(mistake.index for mistake in verdict.mistakes) == np.flatnonzero(answered != samples.y).tolist()
    for mistake in verdict.mistakes:
        assert mistake.predicted == "abc"[answered[mistake.index]]
        assert mistake.true == "abc"[samples.y[mistake.index]]
    sure = [mistake.confidence for mistake in verdict.mistakes]
    assert sure == sorted(sure, reverse=True)


def test_the_baseline_is_the_commonest_class():
    data = Dataset.from_arrays(np.eye(3)[[0, 1, 1, 1, 2]], list("abbbc"))
    verdict = judge(classifier(), data)
    assert (verdict.majority, verdict.baseline) == ("b", 0.6)
    assert verdict.accuracy == 1
    assert verdict.mistakes == []


def test_classes_are_matched_by_name():
    """Data may hold fewer classes than the network knows, and in another order."""
    data = Dataset("some", np.eye(3)[[2, 0]], np.array([0, 1]), ("c", "a"))
    verdict = judge(classifier(), data)
    assert verdict.accuracy == 1
    assert verdict.confusion.tolist() == [[1, 0, 0], [0, 0, 0], [0, 0, 1]]


def test_a_class_that_the_network_does_not_know():
    data = Dataset.from_arrays(np.eye(3), ["a", "b", "dog"], name="pets")
    with pytest.raises(DataError, match="pets has the class 'dog'; the network knows a, b, c"):
        judge(classifier(), data)


def test_samples_of_another_shape():
    data = Dataset.from_arrays(np.eye(4)[:3], list("abc"))
    with pytest.raises(ShapeError, match=r"dense_1, expects samples of shape \(N, 3\), got \(3, 4\)"):
        judge(classifier(), data)


def test_it_says_whether_confidences_are_right(samples):
    answers = answer(classifier(), samples.x, choose_engine())
    found = judge(classifier(), samples).calibration
    assert found.error == calibration(answers.confidences, samples.x.argmax(1) == samples.y).error
    assert found.counts.sum() == 60


def test_chance_is_set_aside():
    """6 of 6 say 61% at least, which is more than half; 5 of 5 say 57%, less than the four fifths of the baseline."""
    even = Dataset.from_arrays(np.eye(3)[[0, 1, 0, 1, 0, 1]], list("ababab"))
    assert judge(classifier(), even).better_than_baseline
    uneven = Dataset.from_arrays(np.eye(3)[[0, 0, 0, 0, 1]], list("aaaab"))
    assert judge(classifier(), uneven).accuracy == 1
    assert not judge(classifier(), uneven).better_than_baseline


def test_classes_and_numbers_do_not_mix(samples):
    regression = TrainedModel(Sequential([Dense(1)], (3,)))
    numbers = Dataset.from_arrays(np.ones((4, 3)), np.ones(4), regression=True)
    with pytest.raises(DataError, match=r"answers with numbers, but the targets of data are classes"):
        judge_numbers(regression, samples)
    with pytest.raises(DataError, match=r"answers with classes, but the targets of data are numbers"):
        judge(classifier(), numbers)
    with pytest.raises(DataError, match=r"answers with classes, not with numbers\. Use judge\(\)"):
        judge_numbers(classifier(), numbers)
    with pytest.raises(DataError, match=r"answers with numbers, not with classes\. Use judge_numbers\(\)"):
        judge(regression, samples)


def test_examine_takes_both(samples):
    assert isinstance(examine(classifier(), samples), Verdict)
    numbers = Dataset.from_arrays(np.ones((4, 3)), np.ones(4), regression=True)
    assert isinstance(examine(TrainedModel(Sequential([Dense(1)], (3,))), numbers), NumbersVerdict)
