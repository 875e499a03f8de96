"""Measurements that the documents state, beside `glassnet bench`."""
