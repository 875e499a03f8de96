"""PyTorch: fused Adam, pictures with the channels last; "torch-bf16" lets it compute in bf16 where it likes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import numpy as np
import torch
from torch import nn

from .contender import Contender, Train, Work, predicting, training

PACKAGES = ("torch",)


def small_network() -> nn.Sequential:
    """2-2-1; the loss takes the sum before the sigmoid."""
    return nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))


def mlp_network() -> nn.Sequential:
    """784-128-10; the loss takes the sums before the softmax."""
    return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))


def cnn_network() -> nn.Sequential:
    """The articles' convolutional network, for pictures (N, 1, 28, 28)."""
    pool, relu = nn.MaxPool2d(2), nn.ReLU()
    body = nn.Conv2d(1, 32, 3), relu, pool, nn.Conv2d(32, 64, 3), relu, pool, nn.Flatten()
    return nn.Sequential(*body, nn.Linear(1600, 128), relu, nn.Linear(128, 10)).to(memory_format=torch.channels_last)


def fill(network: nn.Sequential, weights: list[np.ndarray]) -> nn.Sequential:
    """Give a network these first weights, in its own order of axes."""
    pictures = any(w.ndim == 4 for w in weights)
    channels = 0
    with torch.no_grad():
        for parameter, w in zip(network.parameters(), weights, strict=True):
            if w.ndim == 4:
                channels = w.shape[3]
                parameter.copy_(torch.from_numpy(w.transpose(3, 2, 0, 1)))
            elif w.ndim == 2 and pictures and channels:  # the first after the pictures: (H·W·C, O) here
                side = round((len(w) // channels) ** 0.5)
                w = w.reshape(side, side, channels, -1).transpose(2, 0, 1, 3).reshape(len(w), -1)
                parameter.copy_(torch.from_numpy(w.T.copy()))
                channels = 0
            else:
                parameter.copy_(torch.from_numpy(w.T.copy()))
    return network


def as_pictures(x: torch.Tensor) -> torch.Tensor:
    """(N, 28, 28, 1) as (N, 1, 28, 28), the same memory."""
    return x.permute(0, 3, 1, 2)


def xor(work: Work) -> Contender:
    """Eager, one sample at a time; one thread is fastest."""
    torch.set_num_threads(1)
    x, y = torch.from_numpy(work.x), torch.from_numpy(work.y.astype(np.float32)[:, None])

    def begin() -> Train:
        network = fill(small_network(), work.weights())
        return steps(network, torch.optim.SGD(network.parameters(), lr=0.1), nn.BCEWithLogitsLoss(), x, y, work)

    return training(work, begin)


def mnist(make: Callable[[], nn.Sequential]) -> Callable[[Work], Contender]:
    """Training on digits with Adam."""

    def prepare(work: Work) -> Contender:
        torch.set_num_threads(work.threads)
        x, y = torch.from_numpy(work.x), torch.from_numpy(work.y)
        x = as_pictures(x) if x.ndim == 4 else x

        def begin() -> Train:
            network = fill(make(), work.weights())
            adam = torch.optim.Adam(network.parameters(), lr=1e-3, eps=1e-7, fused=True)
            return steps(network, adam, nn.CrossEntropyLoss(), x, y, work)

        return training(work, begin)

    return prepare


def steps(network: nn.Module, optimizer: Any, loss: Any, x: torch.Tensor, y: torch.Tensor, work: Work) -> Train:
    """The usual loop."""
    batches = [torch.from_numpy(rows) for rows in work.batches]

    def train(count: int) -> list[torch.Tensor]:
        losses = []
        for rows in batches[:count]:
            with torch.autocast("cpu", torch.bfloat16) if work.peer == "torch-bf16" else nullcontext():
                value = loss(network(x[rows]), y[rows])
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
            losses.append(value.detach())
        return losses

    return train


def pictures(work: Work) -> Contender:
    """Probabilities for pictures."""
    torch.set_num_threads(work.threads)
    network = fill(cnn_network(), work.weights()).eval()

    @torch.inference_mode()
    def ask(x: np.ndarray) -> np.ndarray:
        return network(as_pictures(torch.from_numpy(x))).softmax(1).numpy()

    return predicting(work, ask)


def to_99(work: Work) -> float:
    """A whole process: one epoch, and the test accuracy after it."""
    torch.set_num_threads(work.threads)
    torch.manual_seed(work.seed)
    pool, relu = nn.MaxPool2d(2), nn.ReLU()
    body = nn.Conv2d(1, 24, 5), pool, relu, nn.Conv2d(24, 32, 3), pool, relu, nn.Flatten()
    network = nn.Sequential(*body, nn.Linear(800, 256), relu, nn.Linear(256, 10)).to(memory_format=torch.channels_last)
    x, y = as_pictures(torch.from_numpy(work.x)), torch.from_numpy(work.y)
    order = torch.randperm(len(x)).split(256)
    adam = torch.optim.Adam(network.parameters(), betas=(0.7, 0.9), fused=True)
    cycle = torch.optim.lr_scheduler.OneCycleLR(adam, 0.01, len(order), cycle_momentum=False)
    loss = nn.CrossEntropyLoss()
    for rows in order:
        value = loss(network(x[rows]), y[rows])
        adam.zero_grad()
        value.backward()
        adam.step()
        cycle.step()
    test_x = as_pictures(torch.from_numpy(work.arrays["test_x"] / np.float32(255)))
    test_y = torch.from_numpy(work.arrays["test_y"])
    with torch.inference_mode():
        hits = [(network(a).argmax(1) == t).sum() for a, t in zip(test_x.split(1000), test_y.split(1000), strict=True)]
    return float(sum(hits)) / len(test_y)


def memory(work: Work) -> float:
    """A whole process that trains the convolutional network, pictures kept as bytes; the loss of the last batch."""
    torch.set_num_threads(work.threads)
    network = fill(cnn_network(), work.weights())
    adam, loss = torch.optim.Adam(network.parameters(), lr=1e-3, fused=True), nn.CrossEntropyLoss()
    x, y = as_pictures(torch.from_numpy(work.arrays["x"])), torch.from_numpy(work.y)
    for rows in work.batches:
        value = loss(network(x[torch.from_numpy(rows)].float() / 255), y[torch.from_numpy(rows)])
        adam.zero_grad()
        value.backward()
        adam.step()
    return float(value.detach())


WORKLOADS = {
    "xor": xor,
    "mlp": mnist(mlp_network),
    "cnn": mnist(cnn_network),
    "one-picture": pictures,
    "many-pictures": pictures,
}
WHOLE = {"to-99": to_99, "to-99-any": to_99, "memory": memory}
