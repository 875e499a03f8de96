import numpy as np
import pytest

from glassnet.data.picture_folder.arranging import arrange, interleave


def some(counts, seed=0):
    """Digests and labels of so many different pictures of each class."""
    labels = np.repeat(np.arange(len(counts)), counts)
    digests = np.random.default_rng(seed).permutation(10 * len(labels))[: len(labels)].astype(np.uint64)
    return digests, labels


def none(labels):
    return np.zeros(len(labels), bool)


def test_worked_by_hand():
    digests = np.array([50, 20, 30, 90, 10, 70], np.uint64)
    labels = np.array([0, 0, 0, 0, 1, 1])
    # class 0 by content: 1, 2, 0, 3 at ⅛, ⅜, ⅝, ⅞; class 1: 4, 5 at ¼, ¾
    assert interleave(digests, labels).tolist() == [1, 4, 2, 0, 5, 3]
    arranged = arrange(digests, labels, none(labels), tested=False)
    assert (arranged.train.tolist(), arranged.test.tolist()) == ([1, 4, 2, 0, 5], [3])


@pytest.mark.parametrize("counts", [(10, 10), (300, 30, 3), (1, 99), (2, 2, 2, 2, 2)])
def test_a_fifth_is_for_the_test_of_each_class_about_a_fifth(counts):
    digests, labels = some(counts)
    arranged = arrange(digests, labels, none(labels), tested=False)
    assert len(arranged.test) == round(0.2 * len(labels))
    assert sorted([*arranged.train, *arranged.test]) == list(range(len(labels)))
    for number, count in enumerate(counts):
        assert abs((labels[arranged.test] == number).sum() - 0.2 * count) <= 1
        assert (labels[arranged.train] == number).sum() >= 1


def test_a_sole_picture_of_a_class_is_learnt_from_whatever_share_is_held_out():
    digests, labels = some((5, 1, 30))
    assert interleave(digests, labels)[0] == 5


def test_every_run_of_those_learnt_from_has_of_each_class_its_share():
    digests, labels = some((400, 100))
    order = arrange(digests, labels, none(labels), tested=False).train
    for start in range(0, 400, 50):
        assert abs((labels[order[start : start + 50]] == 1).sum() - 10) <= 1


def test_what_stands_where_does_not_depend_on_the_order_of_the_files():
    digests, labels = some((30, 20))
    shuffled = np.random.default_rng(1).permutation(50)
    one = arrange(digests, labels, none(labels), tested=False)
    other = arrange(digests[shuffled], labels[shuffled], none(labels), tested=False)
    assert digests[one.train].tolist() == digests[shuffled][other.train].tolist()
    assert digests[one.test].tolist() == digests[shuffled][other.test].tolist()


def test_a_picture_that_comes_along_moves_next_to_none_to_the_other_side():
    digests, labels = some((200, 200))
    before = set(digests[arrange(digests, labels, none(labels), tested=False).test].tolist())
    more = np.append(digests, np.uint64(1_000_000)), np.append(labels, 0)
    after = set(more[0][arrange(*more, none(more[1]), tested=False).test].tolist())
    assert len(before - after) <= 1


def test_of_the_same_picture_one_stays():
    digests = np.array([7, 3, 7, 9, 7, 1, 2, 4], np.uint64)
    labels = np.array([0, 1, 0, 1, 0, 0, 1, 1])
    arranged = arrange(digests, labels, none(labels), tested=False)
    assert arranged.copies.tolist() == [2, 4]
    assert sorted([*arranged.train, *arranged.test]) == [0, 1, 3, 5, 6, 7]


def test_of_the_same_picture_on_both_sides_the_test_keeps_it():
    digests, labels = np.array([7, 3, 7, 9, 3], np.uint64), np.array([0, 1, 0, 1, 1])
    arranged = arrange(digests, labels, np.array([False, True, True, False, False]), tested=True)
    assert (arranged.train.tolist(), arranged.test.tolist()) == ([3], [1, 2])
    assert arranged.copies.tolist() == [0, 4]


def test_a_picture_of_two_classes_is_of_none():
    digests, labels = np.array([7, 3, 7, 9, 8, 6, 7], np.uint64), np.array([0, 0, 1, 1, 0, 1, 0])
    arranged = arrange(digests, labels, none(labels), tested=False)
    assert arranged.contradictions.tolist() == [0, 2, 6]
    assert arranged.copies.tolist() == []
    assert sorted([*arranged.train, *arranged.test]) == [1, 3, 4, 5]
