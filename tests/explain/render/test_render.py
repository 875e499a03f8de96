import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from glassnet import explain
from glassnet.errors import ParameterError
from tests.explain.networks import STACKS, random_network, target_for

NUMBER = r"−?\d+(?:\.\d+)?(?:e[+−]\d+)?"
BRACKETED = rf"(?:\({NUMBER}\)|{NUMBER})"
PRODUCT = rf"{BRACKETED}(?:·{BRACKETED})*"
SUM = rf"{PRODUCT}(?: [+−] {PRODUCT})*"


def explained(name, seed=0):
    layers, shape, loss = STACKS[name]
    network, x = random_network(layers, shape, seed)
    return explain.step(network, x, target_for(loss, network, seed), loss=loss)


def half_a_digit(text):
    """Half of what the last printed digit stands for."""
    digits, _, power = text.strip("()").replace("−", "-").partition("e")
    return 0.5 * 10.0 ** (int(power or 0) - len(digits.partition(".")[2]))


def value(text):
    return float(text.strip("()").replace("−", "-"))


def product(text):
    """A printed product, and how far it may be off."""
    factors = re.findall(BRACKETED, text)
    exact = np.prod([value(factor) for factor in factors])
    widest = np.prod([abs(value(factor)) + half_a_digit(factor) for factor in factors])
    return exact, widest - abs(exact)


def added(text):
    """A printed sum, and how far it may be off."""
    total, off = 0.0, 0.0
    for sign, term in re.findall(rf"(^|[+−] )({PRODUCT})", text):
        one, more = product(term)
        total, off = total - one if sign == "− " else total + one, off + more
    return total, off


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", STACKS)
def test_readding_printed_terms_gives_the_printed_total(name, seed):
    checked = 0
    for line in str(explained(name, seed)).splitlines():
        for terms, total in re.findall(rf"[=(] ?({SUM})\)? = (?:\w+\()?({NUMBER})", line):
            if terms.count("·") or " " in terms:
                again, off = added(terms)
                assert abs(again - value(total)) <= off + half_a_digit(total) + 1e-12, line
                checked += 1
    assert checked >= 2


@pytest.mark.parametrize("name", STACKS)
def test_json_is_the_structure(name):
    explanation = explained(name)
    document = json.loads(explain.render(explanation, "json"))
    assert list(document) == ["inputs", "outputs", "forward", "hidden", "loss", "gradient", "update"]
    assert document["gradient"]["value"] == explanation.gradient.value
    assert len(document["forward"]) == len(explanation.forward)


class Page(HTMLParser):
    """Which tags stand in a page, and what is written there."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.attributes, self.words = [], set(), [], ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes += attributes
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        self.words += text


@pytest.mark.parametrize("name", STACKS)
def test_html_is_one_page_that_needs_nothing_else(name):
    explanation = explained(name)
    page = Page(explanation._repr_html_())
    assert page.open == []
    assert page.tags == {"html", "head", "meta", "title", "body", "h2", "p", "pre"}
    assert not [key for key, _ in page.attributes if key in ("src", "href")]
    for line in str(explanation).split("\n"):
        assert line.strip() in page.words


@pytest.mark.parametrize("name", STACKS)
def test_markdown_keeps_every_formula(name):
    explanation = explained(name)
    page = explain.render(explanation, "markdown").split("\n")
    assert [line for line in page if line.startswith("#")] == ["## Forward", "## Backward", "## Update"]
    formulas = [line.strip() for line in page if line.startswith("    ")]
    assert [line for line in formulas if line.startswith("∂L/∂w")] == [
        line.strip() for line in str(explanation).split("\n") if line.startswith("  ∂L/∂w = ")
    ]


@pytest.mark.parametrize("name", STACKS)
def test_latex_is_ascii_and_balanced(name):
    page = explain.render(explained(name), "latex")
    assert page.isascii()
    assert page.startswith("\\documentclass")
    for line in page.splitlines():
        assert line.count("$") % 2 == 0
        bare = line.replace("\\{", "").replace("\\}", "")
        assert bare.count("{") == bare.count("}")
        assert not re.search(r"(?<!\\)_(?!\{)", line)
    assert "\\frac{\\partial L}{\\partial " in page


def test_latex_sets_names_with_feet_and_tables_in_columns():
    page = explain.render(explained("two ways to say yes"), "latex")
    assert re.search(r"\n\$\\displaystyle h_\{1\} = \\text\{relu\}\(", page)
    assert "\\cdot  x_{1} = " in page
    assert " = W_{0,0} = " in page
    assert "(1\\text{ if }z > 0\\text{ else }0)" in page
    page = explain.render(explained("convolution"), "latex")
    assert "$\\displaystyle h_{1[" in page
    arrays = re.findall(r"\\begin\{array\}\{(r+)\} (.*?) \\end\{array\}", page)
    windows = [body.split(" \\\\ ") for columns, body in arrays if columns == "rrr"]
    assert len(windows) == 4 * 4  # a window and a kernel for each of two channels, of four units
    assert all(len(rows) == 3 and all(row.count(" & ") == 2 for row in rows) for rows in windows)


def test_an_unknown_format():
    with pytest.raises(
        ParameterError, match=r"must be one of text, json, markdown, latex, html. Got 'htm'. Did you mean"
    ):
        explain.render(explained("dense"), "htm")
