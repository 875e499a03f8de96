"""Who takes part: one library a file. They run in another Python, which need not have glassnet: NumPy is enough."""
