"""Explanations: a network's arithmetic on one sample, written out and drawn; and what stands in its way."""

from glassnet.explain.attribution import Attribution, attribution
from glassnet.explain.diagnosis import Finding, diagnose
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
    "Finding",
    "attribution",
    "diagnose",
    "feature_maps",
    "render",
    "save_maps",
    "save_picture",
    "step",
]
