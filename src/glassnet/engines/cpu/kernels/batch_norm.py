"""Batch normalisation in three steps, each over all samples before the next: mean, variance, output.

Sums are taken over each chunk of the batch and then over the chunks, in a fixed order, in float64.
Row: x, y, x̂, γ, β, moving mean, moving variance, sums (chunks, 2, C) in float64, C, places a sample, ε, momentum,
used (3, C): mean, variance and scale of this batch in float32, dy, dx, dγ, dβ.
"""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.chunks import first_of
from glassnet.engines.cpu.blocks.memory import doubles, floats, real
from glassnet.engines.cpu.sizes import CHUNKS

ONE = np.float32(1)


def sum_x(now, row, lo, hi):
    """Σx of each chunk."""
    C, places = row[8], row[9]
    for chunk in range(lo, hi):
        sums = doubles(row[7] + 16 * chunk * C, C)
        sums[:] = 0.0
        for place in range(first_of(chunk, now[0]) * places, first_of(chunk + 1, now[0]) * places):
            x = floats(row[0] + 4 * place * C, C)
            for c in range(C):
                sums[c] += x[c]


def mean(now, row, lo, hi):
    """μ of the batch."""
    C, M = row[8], now[0] * row[9]
    used = floats(row[12], C)
    for c in range(C):
        total = 0.0
        for chunk in range(CHUNKS):
            total += doubles(row[7] + 16 * chunk * C, C)[c]
        used[c] = total / M


def sum_squares(now, row, lo, hi):
    """Σ(x − μ)² of each chunk."""
    C, places = row[8], row[9]
    used = floats(row[12], C)
    for chunk in range(lo, hi):
        sums = doubles(row[7] + 16 * chunk * C, C)
        sums[:] = 0.0
        for place in range(first_of(chunk, now[0]) * places, first_of(chunk + 1, now[0]) * places):
            x = floats(row[0] + 4 * place * C, C)
            for c in range(C):
                difference = np.float64(x[c] - used[c])
                sums[c] += difference * difference


def variance(now, row, lo, hi):
    """σ² and 1/√(σ² + ε) of the batch."""
    C, M, epsilon = row[8], now[0] * row[9], real(row[10])
    used = floats(row[12], 3 * C)
    for c in range(C):
        total = 0.0
        for chunk in range(CHUNKS):
            total += doubles(row[7] + 16 * chunk * C, C)[c]
        used[C + c] = total / M
        used[2 * C + c] = 1 / np.sqrt(used[C + c] + epsilon)


def moving(now, row, lo, hi):
    """Outside training: the moving mean and variance are those that are used."""
    C, epsilon = row[8], real(row[10])
    used, m, v = floats(row[12], 3 * C), floats(row[5], C), floats(row[6], C)
    for c in range(C):
        used[c], used[C + c] = m[c], v[c]
        used[2 * C + c] = 1 / np.sqrt(v[c] + epsilon)


def forward(now, row, lo, hi):
    """x̂ = (x − μ)·scale, y = γ·x̂ + β."""
    C = row[8]
    used, gamma, beta = floats(row[12], 3 * C), floats(row[3], C), floats(row[4], C)
    for place in range(lo * row[9], hi * row[9]):
        x, y, x_hat = (
            floats(row[0] + 4 * place * C, C),
            floats(row[1] + 4 * place * C, C),
            floats(row[2] + 4 * place * C, C),
        )
        for c in range(C):
            x_hat[c] = (x[c] - used[c]) * used[2 * C + c]
            y[c] = gamma[c] * x_hat[c] + beta[c]


def sum_gradients(now, row, lo, hi):
    """Σdy·x̂ and Σdy of each chunk."""
    C, places = row[8], row[9]
    for chunk in range(lo, hi):
        sums = doubles(row[7] + 16 * chunk * C, 2 * C)
        sums[:] = 0.0
        for place in range(first_of(chunk, now[0]) * places, first_of(chunk + 1, now[0]) * places):
            dy, x_hat = floats(row[13] + 4 * place * C, C), floats(row[2] + 4 * place * C, C)
            for c in range(C):
                sums[c] += dy[c] * x_hat[c]
                sums[C + c] += dy[c]


def gradients(now, row, lo, hi):
    """dγ and dβ of the batch; the moving averages go on."""
    C, momentum = row[8], real(row[11])
    used, m, v = floats(row[12], 3 * C), floats(row[5], C), floats(row[6], C)
    d_gamma, d_beta = floats(row[15], C), floats(row[16], C)
    for c in range(C):
        total_gamma, total_beta = 0.0, 0.0
        for chunk in range(CHUNKS):
            sums = doubles(row[7] + 16 * chunk * C, 2 * C)
            total_gamma += sums[c]
            total_beta += sums[C + c]
        d_gamma[c], d_beta[c] = total_gamma, total_beta
        m[c] = momentum * m[c] + (1 - momentum) * used[c]
        v[c] = momentum * v[c] + (1 - momentum) * used[C + c]


def backward(now, row, lo, hi):
    """dx = γ·scale·(dy − dβ/M − x̂·dγ/M)."""
    C, M = row[8], np.float32(now[0] * row[9])
    used, gamma = floats(row[12], 3 * C), floats(row[3], C)
    d_gamma, d_beta = floats(row[15], C), floats(row[16], C)
    for place in range(lo * row[9], hi * row[9]):
        dy, dx, x_hat = (
            floats(row[13] + 4 * place * C, C),
            floats(row[14] + 4 * place * C, C),
            floats(row[2] + 4 * place * C, C),
        )
        for c in range(C):
            dx[c] = gamma[c] * used[2 * C + c] * (dy[c] - d_beta[c] / M - x_hat[c] * (d_gamma[c] / M))
