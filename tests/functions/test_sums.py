import numpy as np

from glassnet.functions.sums import channel_sums


def test_by_hand():
    x = np.arange(12, dtype=np.float32).reshape(2, 3, 2)
    assert channel_sums(x).tolist() == [0 + 2 + 4 + 6 + 8 + 10, 1 + 3 + 5 + 7 + 9 + 11]
    assert channel_sums(x).dtype == np.float32


def test_row_45_twenty_million_ones_are_counted():
    assert channel_sums(np.ones((20_000_000, 1), np.float32)).tolist() == [20_000_000]
