"""Diagnosis: what stands in a network's way, with the evidence and what to try; one finding a file."""

from glassnet.explain.diagnosis.diagnose import diagnose
from glassnet.explain.diagnosis.finding import Finding
from glassnet.explain.diagnosis.inputs import strange_inputs

__all__ = ["Finding", "diagnose", "strange_inputs"]
