"""For a page in Markdown."""

from __future__ import annotations

from itertools import groupby

from glassnet.explain.render.lines import Kind, lines
from glassnet.explain.structure import Explanation


def markdown(explanation: Explanation) -> str:
    """Headings, paragraphs, and formulas and tables as blocks of code, which keep every sign."""
    blocks = []
    for kind, run in groupby(lines(explanation), key=lambda line: line.kind):
        texts = [line.text for line in run]
        if kind is Kind.HEADING:
            blocks += [f"## {text}" for text in texts]
        elif kind is Kind.NOTE:
            blocks += [text.replace("_", "\\_").replace("[", "\\[") for text in texts]
        else:
            blocks.append("\n".join(f"    {text}" for text in texts))
    return "\n\n".join(blocks)
