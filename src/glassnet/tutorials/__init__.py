"""Yesterday's tutorials: scripts for TensorFlow, Keras and python-mnist, run with glassnet in their place."""

from glassnet.tutorials.running import Outcome, run_script

__all__ = ["Outcome", "run_script"]
