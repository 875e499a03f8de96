"""From a photo to digits and numbers, and what a network holds as pictures."""

from glassnet.pictures.annotate import save_annotated, save_grey
from glassnet.pictures.clutter import without_hairs, without_rules
from glassnet.pictures.confusion import save_confusion
from glassnet.pictures.contact_sheet import Tile, save_contact_sheet
from glassnet.pictures.draw import draw_digits
from glassnet.pictures.history import draw_curve, save_history
from glassnet.pictures.ink import even_light, find_ink
from glassnet.pictures.lines import reading_order
from glassnet.pictures.load import load_picture, load_reduced, reduced_from_bytes
from glassnet.pictures.looks import Look
from glassnet.pictures.panels import Panel, Strip, save_panels
from glassnet.pictures.prepare import prepare_picture
from glassnet.pictures.read import Digit, Reading, find_digits, read_picture, sole_digit
from glassnet.pictures.reliability import save_reliability
from glassnet.pictures.sample import compose_number
from glassnet.pictures.samples import draw_samples, sample_tiles, typical_rows
from glassnet.pictures.segment import Box, Glyph, find_glyphs
from glassnet.pictures.sheet import find_sheet
from glassnet.pictures.stage_sheet import save_stages
from glassnet.pictures.stages import Stage, picture_stages
from glassnet.pictures.weights import draw_weights, save_weights, weight_pictures

__all__ = [
    "Box",
    "Digit",
    "Glyph",
    "Look",
    "Panel",
    "Reading",
    "Stage",
    "Strip",
    "Tile",
    "compose_number",
    "draw_curve",
    "draw_digits",
    "draw_samples",
    "draw_weights",
    "even_light",
    "find_digits",
    "find_glyphs",
    "find_ink",
    "find_sheet",
    "load_picture",
    "load_reduced",
    "picture_stages",
    "prepare_picture",
    "read_picture",
    "reading_order",
    "reduced_from_bytes",
    "sample_tiles",
    "save_annotated",
    "save_confusion",
    "save_contact_sheet",
    "save_grey",
    "save_history",
    "save_panels",
    "save_reliability",
    "save_stages",
    "save_weights",
    "sole_digit",
    "typical_rows",
    "weight_pictures",
    "without_hairs",
    "without_rules",
]
