"""Every registered layer has its page, under the headings of all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from glassnet.layers import LAYERS

PAGES = Path(__file__).parents[2] / "docs" / "derivations"


@pytest.mark.parametrize("kind", LAYERS.values(), ids=LAYERS)
def test_every_layer_has_its_page(kind):
    lines = (PAGES / f"{kind.__module__.rpartition('.')[2]}.md").read_text(encoding="utf-8").splitlines()
    assert lines[0] == f"# {kind.__name__}"
    headings = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    assert headings == ["Shapes", "Forward", "Backward", "Example", "Source"]


def test_every_page_is_of_a_layer():
    assert {page.stem for page in PAGES.glob("*.md")} == {
        kind.__module__.rpartition(".")[2] for kind in LAYERS.values()
    }
