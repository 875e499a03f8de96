"""Numbers rounded to bf16: the upper half of a float32, that is its sign, its exponent and eight
binary digits, the first of which is always 1.

The product of pairs takes two of them at a time, which stand where one number of float32 would. Of A two neighbours of
a row are a pair, as `rounded` lays them; of B two neighbours of a column, which `paired` lays side by side.
"""

from __future__ import annotations

from glassnet.engines.cpu.blocks.memory import halves, shorts
from glassnet.engines.cpu.building import part

MAGNITUDE, INFINITE, QUIET = 0x7FFFFFFF, 0x7F800000, 0x400000  # bits of a float32
BELOW, UPPER = 0x7FFF, 0xFFFF  # of its lower half, and how many a half can hold


@part(inline="always")
def nearest(bits):
    """The bits of a float32 whose upper half is the nearest bf16, of two the even one; no number stays no number."""
    up = bits + BELOW + (bits >> 16 & 1)
    return bits | QUIET if bits & MAGNITUDE > INFINITE else up


def rounded(now, row, lo, hi):
    """y[n] = the numbers of x[n] in bf16, filled up to pairs with a 0. Row: x, y, numbers of a row."""
    size = row[2]
    wide = size + size % 2
    for n in range(lo, hi):
        x, y = shorts(row[0] + 4 * n * size, size), halves(row[1] + 2 * n * wide, wide)
        for i in range(size):
            y[i] = nearest(x[i]) >> 16
        if size < wide:
            y[size] = 0


def paired(now, row, lo, hi):
    """y[k, i] = (x[2k, i], x[2k + 1, i]) in bf16, after the last row a 0.

    Row: x, y, numbers of a row, rows (−1: as many as samples).
    """
    size = row[2]
    rows = now[0] if row[3] < 0 else row[3]
    for k in range(lo, min(hi, (rows + 1) // 2)):
        pair(row[0] + 8 * k * size, row[1] + 4 * k * size, size, size, 2 * k + 1 < rows)


def overlapping(now, row, lo, hi):
    """y[g, i] = (x[g, i], x[g, i + gap]) in bf16 for the first numbers of each group, beyond its end 0.

    Row: x, y, numbers of a group, gap, how many of them are kept, groups of a sample.
    """
    size, gap, kept, groups = row[2], row[3], row[4], row[5]
    inside = min(kept, max(0, size - gap))
    for g in range(lo * groups, hi * groups):
        x, y = row[0] + 4 * g * size, row[1] + 4 * g * kept
        pair(x, y, inside, gap, True)
        pair(x + 4 * inside, y + 4 * inside, kept - inside, gap, False)


@part
def pair(x, y, size, gap, both):
    """y[i] = (x[i], x[i + gap]), or (x[i], 0)."""
    first, target = shorts(x, size), shorts(y, size)
    if both:
        second = shorts(x + 4 * gap, size)
        for i in range(size):
            target[i] = nearest(second[i]) & ~UPPER | nearest(first[i]) >> 16 & UPPER
    else:
        for i in range(size):
            target[i] = nearest(first[i]) >> 16 & UPPER
