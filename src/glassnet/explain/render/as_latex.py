"""For a paper: a document for LaTeX, formulas in mathematics."""

from __future__ import annotations

import re
from itertools import groupby

from glassnet.explain.render.lines import Kind, Line, lines
from glassnet.explain.structure import Explanation

PAGE = """\\documentclass{article}
\\usepackage{amsmath}
\\setlength{\\parskip}{0.7ex}
\\setlength{\\arraycolsep}{0.7ex}
\\begin{document}
\\raggedright
%s
\\end{document}
"""
RESERVED = {sign: "\\" + sign for sign in "_%#&${}"} | {"^": "\\^{}", "~": "\\~{}", "\\": "\\textbackslash{}"}
SIGNS = {
    "·": "\\cdot ",
    "−": "-",
    "←": "\\leftarrow ",
    "Σ": "\\textstyle\\sum ",
    "²": "^2",
    "ᶻ": "^z",
    "ᵗ": "^t",
    "‖": "\\Vert ",
    "√": "\\surd ",
    "×": "\\times ",
    "μ": "\\mu ",
    "σ": "\\sigma ",
    "ε": "\\varepsilon ",
    "…": "\\ldots ",
    "′": "'",
    "∂": "\\partial ",
}
NAME = r"[A-Za-z][\w.]*(?:\[[\d,]+\])?"
TOKENS = re.compile(
    f"∂(?P<above>{NAME})/∂(?P<below>{NAME})"  # a derivative
    r"|(?P<hat>[mv])\u0302"  # m̂, v̂
    r"|(?P<letter>(?<![A-Za-z_])[A-Za-z])(?P<foot>[\d.]*\d|(?=\[))(?P<place>\[[\d,]+\])?(?![A-Za-z_])"  # h2.1, W[0,1]
    r"|(?P<power>\^\d+)|(?P<word> (?:if|else) |[A-Za-z_]{2,}[\d.]*)|(?P<sign>[^\x00-\x7f])|(?P<reserved>[_%#&${}\\^~])"
)


def latex(explanation: Explanation) -> str:
    """A whole document, which needs amsmath and nothing else."""
    blocks = list[str]()
    for kind, run in groupby(lines(explanation), key=lambda line: line.kind):
        together = list(run)
        blocks += [_table(together)] if kind is Kind.TABLE else map(_line, together)
    return PAGE % "\n\n".join(blocks)


def _line(line: Line) -> str:
    if line.kind is Kind.HEADING:
        return f"\\section*{{{line.text}}}"
    if line.kind is Kind.NOTE:  # words, with signs among them
        words = re.sub(r"[^\x00-\x7f]\w*|[_%#&${}\\^~]", _sign_in_words, line.text)
        return f"{{\\small {words}}}"
    return f"$\\displaystyle {TOKENS.sub(_token, line.text)}$"


def _table(rows: list[Line]) -> str:
    """Numbers below each other."""
    cells = [row.text.replace("−", "-").split() for row in rows]
    body = " \\\\ ".join(" & ".join(row) for row in cells)
    return f"$\\begin{{array}}{{{'r' * len(cells[0])}}} {body} \\end{{array}}$"


def _token(match: re.Match[str]) -> str:
    found = {name: text for name, text in match.groupdict().items() if text}
    if "above" in found:
        return f"\\frac{{\\partial {_name(found['above'])}}}{{\\partial {_name(found['below'])}}}"
    if "hat" in found:
        return f"\\hat{{{found['hat']}}}"
    if "letter" in found:
        foot, place = found.get("foot", ""), found.get("place", "")
        return f"{found['letter']}_{{{foot + place if foot else place[1:-1]}}}"
    if "power" in found:
        return f"^{{{found['power'][1:]}}}"
    if "word" in found:
        word = found["word"].replace("_", "\\_")
        return f"\\text{{{word}}}"
    return SIGNS.get(match[0]) or RESERVED[match[0]]


def _name(name: str) -> str:
    """h1 as h with a foot."""
    return f"{name[0]}_{{{name[1:]}}}" if len(name) > 1 else name


def _sign_in_words(match: re.Match[str]) -> str:
    text = match[0]
    return RESERVED[text] if text in RESERVED else f"${''.join(SIGNS.get(sign, sign) for sign in text)}$"
