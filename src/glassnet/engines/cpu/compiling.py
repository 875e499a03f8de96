"""Kernels compiled once for a machine: their machine code lies in the user's cache, and Numba sleeps when it is there.

A kernel is a Python function in `kernels/` that Numba compiles to one object file. The folder of these files is named
after everything that the code depends on: every source of this engine, the compilers, the processor. So nothing stale
is ever answered, and a start with a full cache needs neither Numba nor any source, only LLVM's linker.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from subprocess import DEVNULL, Popen
from typing import Any

from glassnet.atomic import atomic_write

ELSEWHERE = ("functions/activations.py", "losses/probabilities.py", "randomness.py")  # kernels take constants from them
FOLDERS = 4  # that are kept: some people have several versions
DIGEST = 32  # bytes of the SHA-256 in front of each file
MANY = 6  # missing kernels from which a second process is worth its start
HELPING = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from glassnet.engines.cpu import compiling
if str(compiling.folder()) == sys.argv[2]:
    for name in sys.argv[3:]:
        compiling.address(name)
"""
_lock = threading.RLock()
_addresses: dict[str, int] = {}


def nobody(kernel: str) -> None:
    """Who listens unless somebody else does."""


listener: Callable[[str], None] = nobody  # is told the name of each kernel that is compiled, and "" after it


def address(name: str) -> int:
    """The address of kernel "module.function", which is compiled where the cache does not hold it."""
    with _lock:
        if name not in _addresses:
            content = _read(name)
            if content is None:
                listener(name)
                from glassnet.engines.cpu import building

                content = building.object_code(name)
                _write(name, content)
                listener("")
            _addresses[name] = _link(name, content)
        return _addresses[name]


def make_ready(names: Iterable[str]) -> None:
    """Have kernels compiled; where many are missing by two processes, which go through them from either end."""
    missing = sorted(name for name in set(names) - set(_addresses) if not (folder() / name).exists())
    helper = None
    if len(missing) >= MANY and (os.cpu_count() or 1) > 1 and sys.executable:
        arguments = [json.dumps(sys.path), str(folder()), *reversed(missing)]
        helper = Popen([sys.executable, "-c", HELPING, *arguments], stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)
    try:
        for name in missing:
            address(name)
    finally:
        if helper:
            helper.kill()
            helper.wait()


@cache
def folder() -> Path:
    """Where the object files for this processor, these compilers and these sources lie."""
    import platformdirs

    key = hashlib.sha256()
    for part in (sys.version, version("numba"), version("llvmlite"), *processor()):
        key.update(part.encode() + b"\0")
    here = Path(__file__).parent
    for source in sorted([*here.rglob("*.py"), *(here.parents[1] / name for name in ELSEWHERE)]):
        key.update(source.relative_to(here.parents[1]).as_posix().encode() + b"\0" + source.read_bytes() + b"\0")
    place = platformdirs.user_cache_path("glassnet") / "kernels" / key.hexdigest()[:24]
    with suppress(OSError):  # there is none yet, or it is read-only
        os.utime(place)  # those that have not been used for longest are forgotten first
    return place


@cache
def processor() -> tuple[str, str]:
    """LLVM's name of the processor and the features that it has, such as +avx512f."""
    import llvmlite.binding as llvm

    return llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()


def _read(name: str) -> bytes | None:
    """The symbol and the code of a kernel, where the cache holds them whole."""
    try:
        raw = (folder() / name).read_bytes()
    except OSError:
        return None
    return raw[DIGEST:] if hashlib.sha256(raw[DIGEST:]).digest() == raw[:DIGEST] else None


def _write(name: str, content: bytes) -> None:
    """Keep a kernel for the next start; where nothing can be written, there is none."""
    try:
        if not folder().exists():
            _forget_old(folder().parent)
        folder().mkdir(parents=True, exist_ok=True)
        with atomic_write(folder() / name) as file:
            file.write(hashlib.sha256(content).digest() + content)
    except OSError:
        pass


def _forget_old(place: Path) -> None:
    """Keep the folders only that were used last: each change of a version leaves one."""
    import shutil

    if place.is_dir():
        folders = sorted(place.iterdir(), key=lambda one: one.stat().st_mtime)
        for old in folders[: 1 - FOLDERS]:
            shutil.rmtree(old, ignore_errors=True)


def _link(name: str, code: bytes) -> int:
    import llvmlite.binding as llvm

    linker = _linker()
    linker.add_object_file(llvm.ObjectFileRef.from_data(code))
    linker.finalize_object()
    return linker.get_function_address(name)


@cache
def _linker() -> Any:
    import llvmlite.binding as llvm

    return llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine())


@cache
def machine() -> Any:
    """LLVM's idea of this processor."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    name, features = processor()
    target = llvm.Target.from_default_triple()
    place = "static" if "x86_64" in target.triple else "default"
    return target.create_target_machine(
        cpu=name, features=features, opt=3, reloc=place, codemodel="jitdefault", jit=True
    )
