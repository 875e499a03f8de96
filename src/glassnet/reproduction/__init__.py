"""A training made once more from the receipt of its model, and compared bit for bit."""

from glassnet.reproduction.finding import find_data, find_parts
from glassnet.reproduction.outcome import Outcome
from glassnet.reproduction.retraining import Retraining, reproduce

__all__ = ["Outcome", "Retraining", "find_data", "find_parts", "reproduce"]
