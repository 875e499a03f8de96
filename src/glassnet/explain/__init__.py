"""Explanations: one sample's arithmetic, written out with its numbers; and what stands in a network's way."""

from glassnet.explain.diagnosis import Finding, diagnose
from glassnet.explain.render import FORMATS, render
from glassnet.explain.step import step
from glassnet.explain.structure import Explanation

__all__ = ["FORMATS", "Explanation", "Finding", "diagnose", "render", "step"]
