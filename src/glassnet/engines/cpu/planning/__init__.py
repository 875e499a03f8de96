"""From layers to a tape: for each layer the operations of its way forward and back, one kind a file."""

from glassnet.engines.cpu.planning.layers import fits, plan_layers
from glassnet.engines.cpu.planning.operands import WIDE, suits_bf16
from glassnet.engines.cpu.planning.plan import Plan

__all__ = ["WIDE", "Plan", "fits", "plan_layers", "suits_bf16"]
