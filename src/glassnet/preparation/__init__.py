"""What stands between a person's input and the first layer, as small descriptions that a model file can hold."""

from glassnet.preparation.category import Category
from glassnet.preparation.columns import Column, Columns
from glassnet.preparation.date import Date
from glassnet.preparation.digit_box import DigitBox
from glassnet.preparation.fit import Fit
from glassnet.preparation.number import Number
from glassnet.preparation.preparation import PREPARATIONS, Preparation
from glassnet.preparation.scale import Scale
from glassnet.preparation.table import Table, text_column

__all__ = [
    "PREPARATIONS",
    "Category",
    "Column",
    "Columns",
    "Date",
    "DigitBox",
    "Fit",
    "Number",
    "Preparation",
    "Scale",
    "Table",
    "text_column",
]
