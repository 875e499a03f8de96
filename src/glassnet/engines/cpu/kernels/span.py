"""The loop around everything: all steps of a span, all operations of a step, by several threads at once."""

from __future__ import annotations

from glassnet.engines.cpu.blocks.chunks import first_of
from glassnet.engines.cpu.blocks.memory import (
    add_at,
    call,
    flush_tiny,
    give_way,
    integers,
    look_at,
    pause,
    restore_tiny,
)
from glassnet.engines.cpu.sizes import CHUNKS

SPINS = 2000


def run(now, row, me, threads):
    """One thread's share of a span. `now` is this thread's own; now[4] is its address, now[5] that of the product,
    now[6] the number of the thread.

    Row: operations, how many, first step of the span, how many steps, cuts, rows, number of the span's first step,
    meeting point.
    An operation: its kernel, its row, what it is divided into (−1: samples, −2: chunks of samples, else so many
    units), and whether all threads must have done what stands before it.
    """
    operations, count = integers(row[0], 4 * row[1]), row[1]
    start, steps = row[2], row[3]
    cuts = integers(row[4], start + steps + 1)
    before = flush_tiny()
    for step in range(start, start + steps):
        now[0], now[1], now[2], now[3] = cuts[step + 1] - cuts[step], step, row[5] + 8 * cuts[step], row[6] + step
        for k in range(count):
            kernel, fields, units, wait = (
                operations[4 * k],
                operations[4 * k + 1],
                operations[4 * k + 2],
                operations[4 * k + 3],
            )
            if wait and threads > 1:
                ticket = add_at(row[7], 1)
                all_here = (ticket // threads + 1) * threads
                spins = 0
                while look_at(row[7]) < all_here:
                    spins += 1
                    if spins < SPINS:
                        pause()
                    else:
                        give_way()
            whole = CHUNKS if units < 0 else units
            lo, hi = me * whole // threads, (me + 1) * whole // threads
            if units == -1:
                lo, hi = first_of(lo, now[0]), first_of(hi, now[0])
            if lo < hi:
                call(kernel, now[4], fields, lo, hi)
    restore_tiny(before)
