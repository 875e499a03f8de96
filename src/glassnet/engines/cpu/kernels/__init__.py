"""The kernels of the engine, one idea a file.

Each is a function kernel(now, row, lo, hi). `now` holds what changes from step to step: the number of samples in the
batch, the number of the step in its span, the address of the batch's sample numbers. `row` holds addresses and sizes,
in the order in which the planner writes them. `lo` and `hi` say which part of the work is this thread's: samples,
chunks of samples, or units of whatever the kernel goes through.
"""
