"""For a browser and for notebooks: one file that needs nothing else."""

from __future__ import annotations

from html import escape
from itertools import groupby

from glassnet.explain import phrases
from glassnet.explain.render.lines import Kind, lines
from glassnet.explain.structure import Explanation

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
</head>
<body style="max-width: 60em; margin: 2em auto; padding: 0 1em; font-family: sans-serif; line-height: 1.4">
{body}
</body></html>"""
SET = {
    Kind.HEADING: "<h2>{}</h2>",
    Kind.NOTE: '<p style="margin: 0.2em 0 0.6em; font-size: 90%; color: #555">{}</p>',
    Kind.FORMULA: '<pre style="margin: 0.8em 0 0; white-space: pre-wrap">{}</pre>',
    Kind.TABLE: '<pre style="margin: 0 0 0.6em 1.5em; overflow-x: auto">{}</pre>',  # columns stay below each other
}


def html(explanation: Explanation) -> str:
    """A whole page, without scripts and without anything from elsewhere."""
    blocks = []
    for kind, run in groupby(lines(explanation), key=lambda line: line.kind):
        texts = [escape(line.text) for line in run]
        together = ["\n".join(texts)] if kind in (Kind.FORMULA, Kind.TABLE) else texts
        blocks += [SET[kind].format(text) for text in together]
    return PAGE.format(title=escape(phrases.TITLE), body="\n".join(blocks))
