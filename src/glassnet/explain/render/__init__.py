"""One explanation in five formats, each a small file over the same structure."""

from __future__ import annotations

from collections.abc import Callable

from glassnet.checks import check_choice
from glassnet.explain.render.as_html import html
from glassnet.explain.render.as_json import json
from glassnet.explain.render.as_latex import latex
from glassnet.explain.render.as_markdown import markdown
from glassnet.explain.render.as_text import text
from glassnet.explain.structure import Explanation

__all__ = ["FORMATS", "render"]

FORMATS: dict[str, Callable[[Explanation], str]] = {
    "text": text,
    "json": json,
    "markdown": markdown,
    "latex": latex,
    "html": html,
}


def render(explanation: Explanation, format: str) -> str:
    """The explanation as text, json, markdown, latex or html; ParameterError for anything else."""
    check_choice("explain", "format", format, FORMATS)
    return FORMATS[format](explanation)
