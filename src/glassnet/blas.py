"""NumPy's matrix products on one thread."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any


def one_blas_thread() -> AbstractContextManager[Any]:
    """For as long as it lasts NumPy's matrix products run on one thread.

    Their last digits depend on how many there are, and on a busy machine several wait for each other, ten times as long
    as one works.
    """
    return _libraries().limit(limits=1, user_api="blas")


@cache
def _libraries() -> Any:
    """The libraries that have threads; looking for them takes longer than a small training."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
