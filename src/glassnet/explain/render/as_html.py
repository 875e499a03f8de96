"""For a browser and for notebooks: one file that needs nothing else."""

from __future__ import annotations

from html import escape
from itertools import groupby

from glassnet.explain import phrases
from glassnet.explain.render.lines import Kind, lines
from glassnet.explain.structure import Explanation

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body style="max-width: 60em; margin: 2em auto; font-family: sans-serif">
{body}
</body></html>"""
SET = {Kind.HEADING: "<h2>{}</h2>", Kind.NOTE: "<p>{}</p>"}


def html(explanation: Explanation) -> str:
    """A whole page, without scripts and without anything from elsewhere."""
    blocks = []
    for kind, run in groupby(lines(explanation), key=lambda line: line.kind):
        texts = [escape(line.text) for line in run]
        if kind in SET:
            blocks += [SET[kind].format(text) for text in texts]
        else:
            blocks.append('<pre style="white-space: pre-wrap">' + "\n".join(texts) + "</pre>")
    return PAGE.format(title=escape(phrases.TITLE), body="\n".join(blocks))
