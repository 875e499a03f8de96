"""The machine that a model was trained on, for its receipt: what its last digits depend on."""

from __future__ import annotations

import ctypes
import os
import platform
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np


def machine() -> dict[str, Any]:
    """Versions, processor, BLAS and threads; nothing that tells whose machine it is."""
    from importlib.metadata import version

    build = np.show_config(mode="dicts")  # leaves out what is empty
    blas = build["Build Dependencies"].get("blas", {})
    return {
        "glassnet": version("glassnet"),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "system": platform.system(),
        "processor": _processor(),
        "vector_instructions": build["SIMD Extensions"].get("found", []),
        "cores": os.cpu_count(),
        "blas": f"{blas.get('name', 'none')} {blas.get('version', '')}".strip(),
        "blas_kernel": _openblas("get_corename", ctypes.c_char_p),
        "blas_threads": _openblas("get_num_threads", ctypes.c_int),
    }


def _processor() -> str:
    """The name of the processor; Linux keeps it in a file, other systems tell it when asked."""
    try:
        named = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        named = None
    return named[1] if named else platform.processor() or platform.machine()


def _openblas(question: str, kind: type[ctypes.c_char_p] | type[ctypes.c_int]) -> str | int | None:
    """What the OpenBLAS that NumPy computes with answers; None where NumPy computes with another library.

    NumPy's own module is asked, since a name is looked up in the libraries it is linked to as well. Builds of OpenBLAS
    put a prefix, a suffix or both around the names.
    """
    library = ctypes.CDLL(import_module("numpy._core._multiarray_umath").__file__)
    for prefix, suffix in (("scipy_", "64_"), ("scipy_", ""), ("", "64_"), ("", "")):
        function = getattr(library, f"{prefix}openblas_{question}{suffix}", None)
        if function is not None:
            function.restype = kind
            answer = function()
            return answer.decode() if isinstance(answer, bytes) else int(answer)
    return None
