"""Pictures that the project draws, to measure reading on what no network has learnt from; each follows from a seed."""
