"""What kernels are built from: memory by its address, vectors, products in registers. Compiled code alone uses it."""
