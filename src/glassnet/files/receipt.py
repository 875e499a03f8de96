"""The machine that a model was trained on, for its receipt: what its last digits depend on."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path
from typing import Any

import numpy as np


def machine() -> dict[str, Any]:
    """Versions, processor, BLAS and threads; nothing that tells whose machine it is."""
    from importlib.metadata import version

    from threadpoolctl import threadpool_info

    build = np.show_config(mode="dicts")  # leaves out what is empty
    found: list[dict[str, Any]] = [library for library in threadpool_info() if library["user_api"] == "blas"]
    blas = min(found, key=lambda library: "numpy" not in library["filepath"], default={})  # SciPy brings one of its own
    return {
        "glassnet": version("glassnet"),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "numba": version("numba"),
        "llvmlite": version("llvmlite"),
        "system": platform.system(),
        "processor": _processor(),
        "vector_instructions": build["SIMD Extensions"].get("found", []),
        "cores": os.cpu_count(),
        "blas": f"{blas['internal_api']} {blas['version']}" if blas else None,
        "blas_kernel": blas.get("architecture"),
    }


def _processor() -> str:
    """The name of the processor; Linux keeps it in a file, other systems tell it when asked."""
    try:
        named = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        named = None
    return named[1] if named else platform.processor() or platform.machine()
