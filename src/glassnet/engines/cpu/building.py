"""From a kernel in Python to machine code, by Numba and LLVM, each step of the way once.

Numba would optimise and translate every function that a kernel calls on its own, and again inside the kernel. Here the
pieces are put together as they come, and LLVM goes over the whole.
"""

from __future__ import annotations

from functools import cache, partial
from importlib import import_module
from typing import Any

import llvmlite.binding as llvm
from numba import njit, types
from numba.core import codegen, compiler, cpu
from numba.core.compiler_lock import global_compiler_lock
from numba.core.compiler_machinery import register_pass
from numba.core.registry import cpu_target
from numba.core.typed_passes import NativeLowering

from glassnet.engines.cpu.compiling import machine

UNCOUNTED = """
define void @NRT_incref(ptr %array) { ret void }
define void @NRT_decref(ptr %array) { ret void }
"""  # arrays here lie in memory of others: nobody counts who uses them
FROM_OUTSIDE = {"logf", "memcpy", "memset", "sched_yield", "sqrt", "sqrtf", "SwitchToThread"}  # that kernels may call

SHORT_LOOPS = {
    "small.one",
    "small.many",
}  # kernels whose loops turn a few times: vectors and unrolling cost more than they save


class Pieces(codegen.AOTCodeLibrary):  # type: ignore[misc]
    """LLVM's code of one function, as it comes."""

    def _optimize_functions(self, ll_module: Any) -> None:
        ll_module.data_layout = self._codegen._data_layout

    def _optimize_final_module(self) -> None:
        pass


class Workshop(codegen.AOTCPUCodegen):  # type: ignore[misc]
    """Where such pieces are made."""

    _library_class = Pieces


@register_pass(mutates_CFG=True, analysis_only=False)
class Lowering(NativeLowering):  # type: ignore[misc]
    """Numba's last step, without machine code."""

    _name = "glassnet_lowering"

    def run_pass(self, state: Any) -> bool:
        """See numba.core.typed_passes.NativeLowering."""
        state.library = workshop().create_library(state.func_id.func_qualname)
        state.flags.no_compile = state.flags.no_cpython_wrapper = state.flags.no_cfunc_wrapper = True
        super().run_pass(state)
        token = list[None]().append  # Numba wants to know functions by a built-in one: each gets one of its own
        state.cr = state.cr._replace(cfunc=token)
        state.targetctx.insert_user_function(token, state.cr.fndesc, [state.library])
        return True


class Pipeline(compiler.CompilerBase):  # type: ignore[misc]
    """Numba's way, but for its last step."""

    def define_pipelines(self) -> list[Any]:
        """See numba.core.compiler.CompilerBase."""
        steps = compiler.DefaultPassBuilder.define_nopython_pipeline(self.state)
        steps.passes = [(Lowering, why) if step is NativeLowering else (step, why) for step, why in steps.passes]
        steps.finalize()
        return [steps]


part = partial(njit, pipeline_class=Pipeline)  # a function that kernels call


@cache
def workshop() -> Workshop:
    """The one for all pieces."""
    return Workshop("glassnet", "host")


def object_code(name: str) -> bytes:
    """Kernel "module.function" as an object file that needs nothing but the C library: no wrapper for Python, no
    counting of references.
    """
    from glassnet.engines.cpu.blocks.multiply import ARGUMENTS

    module, function = name.rsplit(".", 1)
    source = getattr(import_module(f"glassnet.engines.cpu.kernels.{module}"), function)
    flags = compiler.Flags()
    flags.nrt = True
    flags.error_model = "numpy"
    flags.fastmath = cpu.FastMathOptions({"contract", "nsz", "reassoc"})
    numbers = types.CPointer(types.int64)
    arguments = ARGUMENTS if name.startswith("product.") else (numbers, numbers, types.int64, types.int64)
    contexts = cpu_target.typing_context, cpu_target.target_context
    for context in contexts:
        context.refresh()
    kernel = compiler.compile_extra(*contexts, source, tuple(arguments), types.void, flags, {}, pipeline_class=Pipeline)
    with global_compiler_lock:
        kernel.library.finalize()
    return translated(kernel.library.get_llvm_str(), kernel.fndesc.llvm_func_name, name)


def translated(assembly: str, symbol: str, name: str) -> bytes:
    """One function of an LLVM module, with what it calls, as an object file with the symbol `name`."""
    module = llvm.parse_assembly(UNCOUNTED)
    module.link_in(llvm.parse_assembly(assembly))
    for function in module.functions:
        if function.name == symbol:
            function.name = name
        elif not function.is_declaration:
            function.linkage = "internal"
    tuning = llvm.create_pipeline_tuning_options(speed_level=3)
    tuning.loop_vectorization = tuning.loop_unrolling = name not in SHORT_LOOPS
    passes = llvm.create_pass_builder(machine(), tuning)
    passes.getModulePassManager().run(module, passes)
    unused = llvm.create_new_module_pass_manager()
    unused.add_global_dead_code_eliminate_pass()
    unused.run(module, passes)
    wanted = {one.name for one in module.functions if one.is_declaration and not one.name.startswith("llvm.")}
    if not wanted <= FROM_OUTSIDE:  # Numba's own, such as counting references: it would not be there
        raise RuntimeError(f"kernel {name} asks for {', '.join(sorted(wanted - FROM_OUTSIDE))}")
    return machine().emit_object(module)
