"""The compiled engine: kernels in Python that Numba compiles once for a machine."""
