"""What a diagnosis found, in words."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from glassnet.cli.output import console, say

if TYPE_CHECKING:
    from glassnet.explain.diagnosis import Finding

MOST = 3  # that are told of, the weightiest
TO_COPY = re.compile(r"--[a-z-]+ (\"[^\"]*\"|[\d.]+)|'glassnet [^']*'")
JOINT = "\0"  # stands for a space that no line ends at


def finding_lines(findings: Sequence[Finding]) -> list[str]:
    """The weightiest findings, each with its evidence and what to try; no lines where there are none."""
    from glassnet.explain import phrases

    if not findings:
        return []
    lines = ["", phrases.DIAGNOSIS]
    for one in findings[:MOST]:
        lines += _wrapped(one.says, "  ")
        lines += _wrapped(phrases.EVIDENCE.format(shown=one.shown), "    ")
        lines += _wrapped(phrases.TRY.format(advice=one.advice), "    ")
    return lines


def say_strange(found: Finding | None) -> None:
    """Remark in one line on inputs that a network cannot know."""
    if found is not None:
        say(f"{found.says} {found.shown[:1].upper()}{found.shown[1:]}")


def _wrapped(text: str, indent: str) -> list[str]:
    """Lines as wide as the terminal, in which what one may copy stays together; one line where there is none."""
    if not sys.stdout.isatty():
        return [indent + text]
    whole = TO_COPY.sub(lambda match: match[0].replace(" ", JOINT), text)
    width = console().width
    lines = wrap(
        whole, width, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return [line.replace(JOINT, " ") for line in lines]
