import pytest

from glassnet.benchmarks.rounds import alternate, as_row, why_wrong
from glassnet.benchmarks.workloads import Workload

CNN = Workload("cnn", "an epoch", ("torch",), scale=2.0)


class Turns:
    """Takes turns, notes them, and answers with seconds given before."""

    def __init__(self, name, notes, seconds):
        self.name, self.notes, self.seconds = name, notes, iter(seconds)

    def run(self):
        self.notes.append(self.name)
        return next(self.seconds)


def test_ours_and_the_peer_take_turns():
    notes: list[str] = []
    pairs = alternate(Turns("ours", notes, [1, 2, 3]), Turns("peer", notes, [4, 5, 6]), 3)
    assert notes == ["ours", "peer"] * 3
    assert pairs == [(1, 4), (2, 5), (3, 6)]


def test_a_row_has_medians_and_the_ratios_of_neighbours():
    row = as_row(CNN, "torch", [(1.0, 4.0), (2.0, 6.0), (4.0, 4.0)])  # ratios 4, 3, 1
    assert (row.workload, row.precision, row.peer) == ("cnn", "float32", "torch")
    assert (row.ours, row.peer_seconds) == (4.0, 8.0)  # medians 2 and 4, scaled
    assert (row.ratio, row.low, row.high) == (3.0, 1.0, 4.0)  # not the ratio of the medians


@pytest.mark.parametrize(
    ("numbers", "precision", "said"),
    [
        ([0.5, 0.7009], "float32", ""),
        ([0.5, 0.7021], "float32", "its numbers are up to 0.0021 from the reference's"),
        ([0.5, 0.74], "bf16", ""),
        ([0.5], "float32", "it gave 1 numbers to check, the reference 2"),
        ([0.5, float("nan")], "float32", "its numbers are up to nan from the reference's"),
    ],
)
def test_numbers_far_from_the_reference_are_told(numbers, precision, said):
    assert why_wrong(numbers, [0.5, 0.7], precision) == said
