"""NumPy, as a careful person writes the steps out by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .contender import Contender, Train, Work, training

PACKAGES = ("numpy",)


def xor(work: Work) -> Contender:
    """2-2-1, one sample at a time."""
    x, t = work.x, work.y.astype(np.float32)

    def begin() -> Train:
        W1, b1, W2, b2 = work.weights()

        def train(count: int) -> list[float]:
            answers = []
            for i in work.arrays["rows"][:count]:
                row = x[i : i + 1]
                z = row @ W1 + b1
                h = np.maximum(z, 0)
                p = 1 / (1 + np.exp(-(h @ W2 + b2)))
                dz = p - t[i]
                dh = dz @ W2.T * (z > 0)
                answers.append(1 - abs(dz[0, 0]))  # the probability of the right answer
                W2[...] -= 0.1 * (h.T @ dz)
                b2[...] -= 0.1 * dz[0]
                W1[...] -= 0.1 * (row.T @ dh)
                b1[...] -= 0.1 * dh[0]
            return list(-np.log(answers))

        return train

    return training(work, begin)


def perceptron(work: Work) -> Contender:
    """The article's way, a sum for each of ten outputs in a loop; "numpy-matrix" takes W @ x instead."""
    x, y = work.x.reshape(len(work.x), -1), work.y

    def begin() -> Train:
        W, b = work.weights()
        W = W.T.copy()

        def loop(count: int) -> list[float]:
            losses = []
            for n in range(count):
                image, label, outputs = x[n], y[n], np.zeros(10)
                for k in range(10):
                    outputs[k] = np.sum(W[k] * image) + b[k]
                answer = np.argmax(np.maximum(outputs, 0))
                for k in range(10):
                    error = (k == answer) * 1.0 - (k == label) * 1.0
                    if error:
                        W[k] -= error * image
                        b[k] -= error
                losses.append(outputs[answer] - outputs[label])
            return losses

        def matrix(count: int) -> list[float]:
            losses = []
            for n in range(count):
                image, label = x[n], y[n]
                z = W @ image + b
                answer = z.argmax()
                if answer != label:
                    W[answer] -= image
                    W[label] += image
                    b[answer] -= 1
                    b[label] += 1
                losses.append(z[answer] - z[label])
            return losses

        return matrix if work.peer == "numpy-matrix" else loop

    return training(work, begin)


def mlp(work: Work) -> Contender:
    """784-128-10 with Adam in place."""
    x, y = work.x, work.y

    def begin() -> Train:
        weights = work.weights()
        W1, b1, W2, b2 = weights
        first, second = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]

        def train(count: int) -> Sequence[float]:
            losses = []
            for t, rows in enumerate(work.batches[:count], start=1):
                a, n = x[rows], np.arange(len(rows))
                z = a @ W1 + b1
                h = np.maximum(z, 0)
                s = h @ W2 + b2
                p = np.exp(s - s.max(1, keepdims=True))
                p /= p.sum(1, keepdims=True)
                losses.append(-np.log(p[n, y[rows]]).mean())
                p[n, y[rows]] -= 1
                p /= len(rows)
                dh = p @ W2.T
                dh *= z > 0
                rate, size = 0.001 / (1 - 0.9**t), 1 / (1 - 0.999**t)
                for w, g, m, v in zip(weights, (a.T @ dh, dh.sum(0), h.T @ p, p.sum(0)), first, second, strict=True):
                    m *= 0.9
                    m += 0.1 * g
                    v *= 0.999
                    v += 0.001 * (g * g)
                    w -= rate * m / (np.sqrt(size * v) + 1e-7)
            return losses

        return train

    return training(work, begin)


WORKLOADS = {"xor": xor, "perceptron": perceptron, "mlp": mlp}
WHOLE: dict[str, object] = {}
