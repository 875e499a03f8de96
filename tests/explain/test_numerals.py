import pytest

from glassnet.explain.numerals import bracketed, exact, number


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (2.8668058, "2.8668"),
        (0.0, "0"),
        (-0.0, "0"),
        (-0.00128211, "−0.0013"),
        (-1.28e-5, "−1.28e−05"),
        (3.0, "3"),
        (-2e7, "−2e+07"),
    ],
)
def test_numbers_in_sums(value, written):
    assert number(value) == written


def test_numbers_in_products():
    assert [exact(value) for value in (0.02146949, -0.95261, 0.0, -0.0)] == ["0.0214695", "−0.95261", "0", "0"]
    assert [bracketed(text) for text in ("−1", "1")] == ["(−1)", "1"]
