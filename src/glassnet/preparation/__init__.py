"""What stands between a person's input and the first layer, as small descriptions that a model file can hold."""

from glassnet.preparation.digit_box import DigitBox
from glassnet.preparation.fit import Fit
from glassnet.preparation.preparation import PREPARATIONS, Preparation
from glassnet.preparation.scale import Scale

__all__ = ["PREPARATIONS", "DigitBox", "Fit", "Preparation", "Scale"]
