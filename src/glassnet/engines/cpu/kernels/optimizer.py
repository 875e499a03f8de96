"""Optimizers: one step of each weight along its gradient, a block of weights a unit.

Row: w, g, first slot, second slot, how many weights, table, then the optimizer's own numbers. The table holds, for
every step of the span, the learning rate and two factors that change from step to step.
"""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.memory import doubles, floats, real
from glassnet.engines.cpu.building import part
from glassnet.engines.cpu.sizes import BLOCK

ZERO, ONE, TWO = np.float32(0), np.float32(1), np.float32(2)


@part
def part(address, lo, hi, size):
    """The numbers of units lo … hi of the vector at an address."""
    first, last = BLOCK * lo, min(BLOCK * hi, size)
    return floats(address + 4 * first, last - first)


def sgd(now, row, lo, hi):
    """w ← w − rate·g."""
    w, g = part(row[0], lo, hi, row[4]), part(row[1], lo, hi, row[4])
    rate = np.float32(doubles(row[5], 3 * now[1] + 3)[3 * now[1]])
    for i in range(w.size):
        w[i] -= rate * g[i]


def momentum(now, row, lo, hi):
    """v ← momentum·v − rate·g, w ← w + v; nesterov: w ← w + momentum·v − rate·g. Own: momentum, nesterov."""
    w, g, v = part(row[0], lo, hi, row[4]), part(row[1], lo, hi, row[4]), part(row[2], lo, hi, row[4])
    rate, share, nesterov = np.float32(doubles(row[5], 3 * now[1] + 3)[3 * now[1]]), np.float32(real(row[6])), row[7]
    for i in range(w.size):
        v[i] = share * v[i] - rate * g[i]
        w[i] += share * v[i] - rate * g[i] if nesterov else v[i]


def rmsprop(now, row, lo, hi):
    """v ← rho·v + (1 − rho)·g², w ← w − rate·g / (√v + epsilon). Own: rho, epsilon."""
    w, g, v = part(row[0], lo, hi, row[4]), part(row[1], lo, hi, row[4]), part(row[2], lo, hi, row[4])
    rate = np.float32(doubles(row[5], 3 * now[1] + 3)[3 * now[1]])
    rho, rest, epsilon = np.float32(real(row[6])), np.float32(1 - real(row[6])), np.float32(real(row[7]))
    for i in range(w.size):
        v[i] = rho * v[i] + rest * (g[i] * g[i])
        w[i] -= rate * g[i] / (np.sqrt(v[i]) + epsilon)


def adagrad(now, row, lo, hi):
    """v ← v + g², w ← w − rate·g / (√(initial + v) + epsilon). Own: epsilon, initial."""
    w, g, v = part(row[0], lo, hi, row[4]), part(row[1], lo, hi, row[4]), part(row[2], lo, hi, row[4])
    rate = np.float32(doubles(row[5], 3 * now[1] + 3)[3 * now[1]])
    epsilon, initial = np.float32(real(row[6])), np.float32(real(row[7]))
    for i in range(w.size):
        v[i] += g[i] * g[i]
        w[i] -= rate * g[i] / (np.sqrt(initial + v[i]) + epsilon)


def adadelta(now, row, lo, hi):
    """v ← rho·v + (1 − rho)·g², d = √(u + ε)/√(v + ε)·g, u ← rho·u + (1 − rho)·d², w ← w − rate·d. Own: rho, ε."""
    w, g = part(row[0], lo, hi, row[4]), part(row[1], lo, hi, row[4])
    v, u = part(row[2], lo, hi, row[4]), part(row[3], lo, hi, row[4])
    rate = np.float32(doubles(row[5], 3 * now[1] + 3)[3 * now[1]])
    rho, rest, epsilon = np.float32(real(row[6])), np.float32(1 - real(row[6])), np.float32(real(row[7]))
    for i in range(w.size):
        v[i] = rho * v[i] + rest * (g[i] * g[i])
        d = np.sqrt(u[i] + epsilon) / np.sqrt(v[i] + epsilon) * g[i]
        u[i] = rho * u[i] + rest * (d * d)
        w[i] -= rate * d


def adam(now, row, lo, hi):
    """m and v are means of g and g²; w ← w − rate·m̂ / (√v̂ + epsilon). Own: beta_1, beta_2, epsilon.

    The table's factors: rate / (1 − beta_1ᵗ), and 1 / (1 − beta_2ᵗ).
    """
    w, g = part(row[0], lo, hi, row[4]), part(row[1], lo, hi, row[4])
    m, v = part(row[2], lo, hi, row[4]), part(row[3], lo, hi, row[4])
    table = doubles(row[5], 3 * now[1] + 3)
    rate, unbias = np.float32(table[3 * now[1] + 1]), np.float32(table[3 * now[1] + 2])
    beta_1, rest_1 = np.float32(real(row[6])), np.float32(1 - real(row[6]))
    beta_2, rest_2, epsilon = np.float32(real(row[7])), np.float32(1 - real(row[7])), np.float32(real(row[8]))
    for i in range(w.size):
        m[i] = beta_1 * m[i] + rest_1 * g[i]
        v[i] = beta_2 * v[i] + rest_2 * (g[i] * g[i])
        w[i] -= rate * m[i] / (np.sqrt(v[i] * unbias) + epsilon)


def penalize(now, row, lo, hi):
    """Σ λ₁·|w| + λ₂·w² of each unit, and its slope added to the gradient. Row: w, g, λ₁, λ₂, sums, how many weights."""
    for unit in range(lo, hi):
        w, g = part(row[0], unit, unit + 1, row[5]), part(row[1], unit, unit + 1, row[5])
        first, second = part(row[2], unit, unit + 1, row[5]), part(row[3], unit, unit + 1, row[5])
        total = 0.0
        for i in range(w.size):
            total += first[i] * abs(w[i]) + second[i] * w[i] * w[i]
            g[i] += first[i] * np.sign(w[i]) + TWO * second[i] * w[i]
        doubles(row[4], unit + 1)[unit] = total


def squares(now, row, lo, hi):
    """Σg² of each unit. Row: g, sums, how many weights."""
    for unit in range(lo, hi):
        g = part(row[0], unit, unit + 1, row[2])
        total = 0.0
        for i in range(g.size):
            total += np.float64(g[i]) * np.float64(g[i])
        doubles(row[1], unit + 1)[unit] = total


def clip(now, row, lo, hi):
    """g shortened where all of it together is longer than `most`. Row: g, sums, how many weights, most."""
    total, most = 0.0, real(row[3])
    sums = doubles(row[1], -(-row[2] // BLOCK))
    for k in range(sums.size):
        total += sums[k]
    norm = np.sqrt(total)
    if norm > most:
        factor = np.float32(most / norm)
        g = part(row[0], lo, hi, row[2])
        for i in range(g.size):
            g[i] *= factor


def decay(now, row, lo, hi):
    """Weight decay, added to the gradient or, decoupled, taken off the weight.

    Row: w, g, which weights (0 or 1), how many, table, weight decay, decoupled.
    """
    w, g, which = part(row[0], lo, hi, row[3]), part(row[1], lo, hi, row[3]), part(row[2], lo, hi, row[3])
    amount = np.float32(real(row[5]))
    if row[6]:
        amount = np.float32(doubles(row[4], 3 * now[1] + 3)[3 * now[1]] * real(row[5]))
        for i in range(w.size):
            w[i] -= amount * which[i] * w[i]
    else:
        for i in range(w.size):
            g[i] += amount * which[i] * w[i]
