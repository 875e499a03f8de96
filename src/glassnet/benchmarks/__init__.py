"""Ours against its peers on the same work, in turn."""

from glassnet.benchmarks.chart import save_chart
from glassnet.benchmarks.measuring import Found, Plan, measure
from glassnet.benchmarks.results import Results
from glassnet.benchmarks.workloads import NAMES, PEERS

__all__ = ["NAMES", "PEERS", "Found", "Plan", "Results", "measure", "save_chart"]
