"""A convolution, ReLU and max pooling as one, for windows of the pooling that stand side by side.

Forward: sums that no window of the pooling looks at are not computed, and those that are do not leave the cache.
Back: of each window one sum alone has a gradient, and where ReLU gave 0, none. Those that have one are listed, and
∂L/∂W and ∂L/∂x are sums over the lists.

Row: x, W, b, y, which (bytes), scratch of a thread, its size, H, W, C, PH, PW, O, KH, KW, QH, QW, floor. P are the
sizes after the pooling, Q its window.
"""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.chunks import first_of
from glassnet.engines.cpu.blocks.combine import combine
from glassnet.engines.cpu.blocks.memory import floats, octets, real, shorts, ten
from glassnet.engines.cpu.blocks.multiply import NO_FLOOR, multiply
from glassnet.engines.cpu.blocks.vectors import LANES
from glassnet.engines.cpu.building import part

ZERO = np.float32(0)


def forward(now, row, lo, hi):
    """y = max over each window of max(x ⋆ W + b, floor); which: its place in the window, of equals the first.

    Row: as above, then the product. In bf16 C counts pairs.
    """
    x, kernel, b = row[0], row[1], row[2]
    H, W, C, PH, PW, O, KH, KW, QH, QW = ten(row, 7)
    floor = np.float32(real(row[17]))
    sums, wide = row[5] + 4 * row[6] * now[6], PW * QW
    for n in range(lo, hi):
        for u in range(PH):
            for q in range(QH):
                multiply(
                    row[18], x + 4 * (n * H + u * QH + q) * W * C, C, 1, W * C, kernel, O, KW * C * O, KW * C, KH,
                    b, 0, sums + 4 * q * wide * O, O, wide, O, floor,
                )  # fmt: skip
            place = (n * PH + u) * PW * O
            y, which = floats(row[3] + 4 * place, PW * O), octets(row[4] + place, PW * O)
            if QH == 2 and QW == 2:
                largest_of_four(floats(sums, 2 * wide * O), y, which, PW, O)
            else:
                largest(floats(sums, QH * wide * O), y, which, PW, O, QH, QW)


@part
def largest_of_four(sums, y, which, PW, O):
    """A row of windows of 2 × 2."""
    below = 2 * PW * O
    for v in range(PW):
        start = 2 * v * O
        a, b = sums[start : start + O], sums[start + O : start + 2 * O]
        c, d = sums[below + start : below + start + O], sums[below + start + O : below + start + 2 * O]
        out, place = y[v * O : v * O + O], which[v * O : v * O + O]
        for o in range(O):
            best, k = a[o], np.int32(0)
            larger = b[o] > best or b[o] != b[o]  # no number stays no number
            best, k = b[o] if larger else best, np.int32(1) if larger else k
            larger = c[o] > best or c[o] != c[o]
            best, k = c[o] if larger else best, np.int32(2) if larger else k
            larger = d[o] > best or d[o] != d[o]
            best, k = d[o] if larger else best, np.int32(3) if larger else k
            out[o] = best
            place[o] = k


@part
def largest(sums, y, which, PW, O, QH, QW):
    """A row of windows of any size."""
    for v in range(PW):
        for o in range(O):
            best, k = sums[v * QW * O + o], 0
            for q in range(QH):
                for r in range(QW):
                    value = sums[((q * PW + v) * QW + r) * O + o]
                    if value > best or value != value:
                        best, k = value, q * QW + r
            y[v * O + o], which[v * O + o] = best, k


def backward(now, row, lo, hi):
    """∂L/∂W, as (O, KH, KW, C), and ∂L/∂b of each chunk of samples into a slot of its own, ∂L/∂x where it is wanted.

    Row: as above, then dy, slots of dW, slots of db, dx (0: not wanted), V = W as (O, KH, KW, C), ReLU (0 or 1).
    The scratch holds O lists of PH·PW entries and QH·QW lists of O, numbers and places, and how long each list is.
    """
    H, W, C, PH, PW, O, KH, KW, QH, QW = ten(row, 7)
    dx, V, relu = row[21], row[22], row[23]
    places, size, windows = PH * PW, KH * KW * C * O, QH * QW
    scratch = row[5] + 4 * row[6] * now[6]
    offsets = shorts(scratch + 4 * (row[6] - QH * QW), QH * QW)  # of each place in a window from its corner
    for k in range(QH * QW):
        offsets[k] = (k // QW * W + k % QW) * C
    for chunk in range(lo, hi):
        slot = row[19] + 4 * chunk * size
        fill(floats(slot, size))
        db = floats(row[20] + 4 * chunk * O, O)
        fill(db)
        for n in range(first_of(chunk, now[0]), first_of(chunk + 1, now[0])):
            start = n * places * O
            y, dy, which = (
                floats(row[3] + 4 * start, places * O),
                floats(row[18] + 4 * start, places * O),
                octets(row[4] + start, places * O),
            )
            one_x = row[0] + 4 * n * H * W * C
            numbers, where = floats(scratch, O * places), shorts(scratch + 4 * O * places, O * places)
            for place in range(places):
                corner = (place // PW * QH * W + place % PW * QW) * C
                for o in range(O):
                    i = place * O + o
                    gradient = ZERO if relu and y[i] <= ZERO else dy[i]
                    db[o] += gradient
                    numbers[i] = gradient
                    where[i] = corner + offsets[which[i]]
            for o in range(O):
                spread(
                    scratch + 4 * o, scratch + 4 * (O * places + o), O, places,
                    one_x, W * C, slot + 4 * o * KH * KW * C, KW * C, KH, KW * C,
                )  # fmt: skip
            if dx:
                one_dx = dx + 4 * n * H * W * C
                fill(floats(one_dx, H * W * C))
                lists = scratch + 8 * O * places
                entries, sources = (
                    floats(lists, windows * places * O),
                    shorts(lists + 4 * windows * places * O, windows * places * O),
                )
                lengths = shorts(lists + 8 * windows * places * O, windows * places)
                for place in range(places):
                    here = slice(place * O, place * O + O)
                    list_by_window(
                        numbers[here], which[here], KH * KW * C, windows, entries[place * windows * O :],
                        sources[place * windows * O :], lengths[place * windows :],
                    )  # fmt: skip
                for i in range(KH):  # so that what is read of V stays in the first cache
                    for k in range(places * windows):
                        if lengths[k]:
                            place = k // windows
                            corner = (place // PW * QH * W + place % PW * QW) * C + offsets[k % windows]
                            spread(
                                lists + 4 * k * O, lists + 4 * (windows * places + k) * O, 1, lengths[k],
                                V + 4 * i * KW * C, KW * C, one_dx + 4 * (corner + i * W * C), W * C, 1, KW * C,
                            )  # fmt: skip


def backward_narrow(now, row, lo, hi):
    """The same where the rows of a window are too narrow for a vector, and ∂L/∂x is not wanted: zeros and all.

    Slots of dW are (KH, KW, C, O). The scratch holds ∂L/∂z, z = x ⋆ W + b, of a sample for one place in all windows:
    what is not the largest there is 0.
    """
    H, W, C, PH, PW, O, KH, KW, QH, QW = ten(row, 7)
    count, size = PH * PW * O, KH * KW * C * O
    scratch = row[5] + 4 * row[6] * now[6]
    for chunk in range(lo, hi):
        slot = row[19] + 4 * chunk * size
        fill(floats(slot, size))
        db = floats(row[20] + 4 * chunk * O, O)
        fill(db)
        for n in range(first_of(chunk, now[0]), first_of(chunk + 1, now[0])):
            start = n * count
            y, dy, which = (
                floats(row[3] + 4 * start, count),
                floats(row[18] + 4 * start, count),
                octets(row[4] + start, count),
            )
            if row[23]:
                for i in range(count):
                    dy[i] = dy[i] if y[i] > ZERO else ZERO
            for place in range(PH * PW):
                for o in range(O):
                    db[o] += dy[place * O + o]
            for k in range(QH * QW):
                dz, here = floats(scratch, count), np.uint8(k)
                for i in range(count):
                    dz[i] = dy[i] if which[i] == here else ZERO
                corner = row[0] + 4 * ((n * H + k // QW) * W + k % QW) * C
                for i in range(KH):
                    part = slot + 4 * i * KW * C * O
                    multiply(
                        now[5], corner + 4 * i * W * C, 1, QW * C, QH * W * C, scratch, O, PW * O, PW, PH,
                        part, O, part, O, KW * C, O, NO_FLOOR,
                    )  # fmt: skip


@part
def fill(numbers):
    """Zeros."""
    for i in range(numbers.size):
        numbers[i] = ZERO


@part
def list_by_window(numbers, which, size, windows, entries, sources, lengths):
    """For each place in a window the gradients of the filters whose largest sum was there, and where V has them."""
    O = numbers.size
    for first in range(0, windows, 4):
        counts = np.int64(0)  # four at a time, 16 bits each: in a register no count waits for the one before
        for o in range(O):
            k = np.int64(which[o]) - first
            if windows <= 4 or 0 <= k < 4:
                entry = (first + k) * O + (counts >> 16 * k & 0xFFFF)
                entries[entry], sources[entry] = numbers[o], o * size
                counts += np.int64(numbers[o] != ZERO) << 16 * k
        for k in range(min(4, windows - first)):
            lengths[first + k] = counts >> 16 * k & 0xFFFF


@part
def spread(numbers, places, stride, count, source, row_source, target, row_target, rows, width):
    """target[r, :width] += Σₗ numbers[l]·source[places[l], r, :width], in parts that fit the registers."""
    for column in range(0, width, 8 * LANES):
        columns = min(8 * LANES, width - column)
        vectors = -(-columns // LANES)
        done = 0
        while done < rows:
            height = 3 if rows - done >= 3 else 1
            combine(
                height, vectors, numbers, places, stride, count,
                source + 4 * (done * row_source + column), row_source,
                target + 4 * (done * row_target + column), row_target, columns - LANES * (vectors - 1),
            )  # fmt: skip
            done += height


def sum_slots(now, row, lo, hi):
    """g (KH·KW·C, O) = the sum over the slots (O, KH·KW·C), always in the same order, a filter a unit.

    Row: slots, how many, g, KH·KW·C, O.
    """
    count, O = row[3], row[4]
    g = floats(row[2], count * O)
    for o in range(lo, hi):
        total = floats(row[0] + 4 * o * count, count)  # in the first slot, which the next step begins anew
        for k in range(1, row[1]):
            slot = floats(row[0] + 4 * (k * O + o) * count, count)
            for i in range(count):
                total[i] += slot[i]
        for i in range(count):
            g[i * O + o] = total[i]
