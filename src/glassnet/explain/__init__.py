"""Explanations: the arithmetic of a network on one sample, written out with its numbers."""

from glassnet.explain.render import FORMATS, render
from glassnet.explain.step import step
from glassnet.explain.structure import Explanation

__all__ = ["FORMATS", "Explanation", "render", "step"]
