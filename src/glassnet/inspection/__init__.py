"""A look at data before a network learns from them: counts, twins, leaks, doubtful labels, what has to be beaten."""

from glassnet.inspection.inspection import Inspection, Place, Twins, count_classes, inspect_data
from glassnet.inspection.suspects import Suspect, suspects
from glassnet.inspection.twins import alike_pictures, equal_samples

__all__ = [
    "Inspection",
    "Place",
    "Suspect",
    "Twins",
    "alike_pictures",
    "count_classes",
    "equal_samples",
    "inspect_data",
    "suspects",
]
