"""What a network got wrong, kept with the right answer, and the network trained on with it."""

from glassnet.improvement.corrections import Correction, Corrections
from glassnet.improvement.improving import Improving
from glassnet.improvement.outcome import Improvement

__all__ = ["Correction", "Corrections", "Improvement", "Improving"]
