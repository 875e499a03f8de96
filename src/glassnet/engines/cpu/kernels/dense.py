"""The fully connected layer.

Products take numbers of float32, or pairs in bf16 in their places: see kernels/bf16.py. Sizes count places.
"""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.memory import floats, real
from glassnet.engines.cpu.blocks.multiply import NO_FLOOR, multiply
from glassnet.engines.cpu.sizes import ROWS, STRIP


def forward(now, row, lo, hi):
    """y = max(x W + b, floor) for samples lo … hi. Row: x, W, b, y, I, O, floor, the product."""
    x, W, b, y, I, O = row[0], row[1], row[2], row[3], row[4], row[5]
    multiply(
        row[7], x + 4 * lo * I, I, 1, 0, W, O, 0, I, 1, b, 0, y + 4 * lo * O, O, hi - lo, O, np.float32(real(row[6]))
    )


def transpose(now, row, lo, hi):
    """V = Wᵀ, a strip of W's rows a unit. Row: W, V, I, O."""
    I, O = row[2], row[3]
    W, V = floats(row[0], I * O), floats(row[1], I * O)
    first, last = STRIP * lo, min(STRIP * hi, I)
    for start in range(0, O, STRIP):
        for i in range(first, last):
            for o in range(start, min(start + STRIP, O)):
                V[o * I + i] = W[i * O + o]


def input_gradient(now, row, lo, hi):
    """dx = dy Wᵀ for samples lo … hi. Row: dy, V = Wᵀ, zeros, dx, I, O, the product."""
    dy, V, zeros, dx, I, O = row[0], row[1], row[2], row[3], row[4], row[5]
    multiply(row[6], dy + 4 * lo * O, O, 1, 0, V, I, 0, O, 1, zeros, 0, dx + 4 * lo * I, I, hi - lo, I, NO_FLOOR)


def weight_gradient(now, row, lo, hi):
    """dW = xᵀ dy over the batch, ROWS rows of it a unit. Row: x, dy, zeros, dW, I, O, the product, samples a number."""
    x, dy, zeros, dW, I, O, N = row[0], row[1], row[2], row[3], row[4], row[5], -(-now[0] // row[7])
    first, last = ROWS * lo, min(ROWS * hi, I)
    multiply(row[6], x + 4 * first, 1, I, 0, dy, O, 0, N, 1, zeros, 0, dW + 4 * first * O, O, last - first, O, NO_FLOOR)


def bias_gradient(now, row, lo, hi):
    """db = Σₙ dy[n]. Row: dy, db, O."""
    O, N = row[2], now[0]
    db, dy = floats(row[1], O), floats(row[0], N * O)
    for o in range(O):
        db[o] = 0
    for n in range(N):
        for o in range(O):
            db[o] += dy[n * O + o]
