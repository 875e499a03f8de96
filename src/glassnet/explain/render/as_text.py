"""For the terminal."""

from __future__ import annotations

from glassnet.explain.render.lines import Kind, lines
from glassnet.explain.structure import Explanation

INDENT = {Kind.HEADING: "", Kind.NOTE: "  ", Kind.FORMULA: "  ", Kind.TABLE: "      "}


def text(explanation: Explanation) -> str:
    """Plain text; a blank line before every heading but the first."""
    written = [
        ("\n" if line.kind is Kind.HEADING else "") + INDENT[line.kind] + line.text for line in lines(explanation)
    ]
    return "\n".join(written).lstrip("\n")
