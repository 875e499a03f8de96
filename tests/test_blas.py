import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from glassnet.blas import one_blas_thread


def threads():
    """As many as NumPy's BLAS has; SciPy may have brought another."""
    np.ones((2, 2)) @ np.ones((2, 2))
    found = [library for library in threadpool_info() if library["user_api"] == "blas"]
    return min(found, key=lambda library: "numpy" not in library["filepath"])["num_threads"]


def test_one_thread_for_as_long_as_it_lasts():
    with threadpool_limits(2, user_api="blas"):
        for _ in range(2):
            with one_blas_thread():
                assert threads() == 1
            assert threads() == 2
