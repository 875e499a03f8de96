"""Explanations: the arithmetic of a network on one sample, written out with its numbers, and drawn."""

from glassnet.explain.attribution import Attribution, attribution
from glassnet.explain.feature_maps import FeatureMaps, feature_maps
from glassnet.explain.picture import save_maps, save_picture
from glassnet.explain.render import FORMATS, render
from glassnet.explain.step import step
from glassnet.explain.structure import Explanation
from glassnet.explain.worked import WORKED

__all__ = [
    "FORMATS",
    "WORKED",
    "Attribution",
    "Explanation",
    "FeatureMaps",
    "attribution",
    "feature_maps",
    "render",
    "save_maps",
    "save_picture",
    "step",
]
