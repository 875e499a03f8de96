from __future__ import annotations

import numpy as np
import pytest

from glassnet.pictures.doubt import NONE, PARTED, Doubt, digits_opinion, learnt_doubt


def opinion(**likely):
    told = np.full(111, 0.0)
    for name, share in likely.items():
        number = NONE if name == "none" else int(name[1:]) + PARTED * (len(name) == 3)
        told[number] = share
    return told


def test_the_pool_is_the_weighted_geometric_mean():
    doubt = Doubt(pairs=1.0, digits=0.5, sure=0.9)
    likely = doubt.pool(opinion(d4=0.2, d41=0.8), opinion(d4=0.81, d41=0.09))
    assert likely.sum() == pytest.approx(1)
    assert likely[4] / likely[PARTED + 41] == pytest.approx(0.2 * 0.9 / (0.8 * 0.3))


def test_where_both_agree_it_is_surer_than_where_they_do_not():
    doubt = Doubt(pairs=1.0, digits=1.0, sure=0.9)
    pairs = opinion(d38=0.7, d33=0.3)
    agreed, disputed = (doubt.pool(pairs, digits)[PARTED + 38] for digits in (opinion(d38=0.9), opinion(d33=0.9)))
    assert agreed > 0.95
    assert disputed < 0.2


def test_one_opinion_alone_excludes_nothing():
    likely = Doubt(pairs=1.0, digits=1.0, sure=0.9).pool(opinion(d38=1.0), opinion(d3=1.0))
    assert likely.argmax() == PARTED + 38
    assert (likely > 0).all()


def test_each_pair_takes_the_cut_that_fits_it_best():
    whole = np.zeros(11)
    whole[[5, 10]] = 0.4, 0.6
    parts = np.zeros((2, 2, 11))
    parts[0, 0, 3], parts[0, 1, 8] = 0.9, 0.5  # the first cut shows 38 fairly
    parts[1, 0, 3], parts[1, 1, 8], parts[1, 1, 1] = 0.8, 0.6, 0.4  # the second better, and 31, too
    told, best = digits_opinion(whole, parts)
    assert told.shape == (111,)
    assert (told[5], told[NONE]) == (0.4, 0.6)
    assert told[[PARTED + 38, PARTED + 31]] == pytest.approx([0.48, 0.32])
    assert best[[38, 31]].tolist() == [1, 1]


def test_without_cuts_no_pair_is_likely():
    told, best = digits_opinion(np.full(11, 1 / 11), np.zeros((0, 2, 11)))
    assert not told[PARTED:NONE].any()
    assert best.shape == (100,)


def test_what_was_learnt_is_in_the_package():
    doubt = learnt_doubt()
    assert min(doubt.pairs, doubt.digits) > 0
    assert 0 < doubt.sure < 1
