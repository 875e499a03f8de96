"""Time every workload, ours and its peers in turn, and print one table.

The machine's speed drifts, so what counts is the ratio of neighbours: ours, peer, ours, peer, … with the median and
the range of peer seconds ÷ our seconds. Above 1 we are faster.
"""

import os
import platform
import statistics
from importlib.metadata import version

from benchmarks import mlp, startup, xor

ROUNDS = 7


def main() -> None:
    """Print the table as Markdown."""
    print(
        f"glassnet {version('glassnet')}, Python {platform.python_version()}, NumPy {version('numpy')}, "
        f"{os.cpu_count()} cores, {platform.machine()}\n"
    )
    print("| workload | peer | ours, s | peer, s | peer ÷ ours | range |")
    print("|---|---|---|---|---|---|")
    for workload in (xor, mlp):
        ours, peers = workload.contenders()
        for name, peer in peers.items():
            ours(), peer()  # a warm-up that does not count
            pairs = [(ours(), peer()) for _ in range(ROUNDS)]
            ratios = [theirs / mine for mine, theirs in pairs]
            mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
            print(
                f"| {workload.NAME} | {name} | {mine:.4f} | {theirs:.4f} | {statistics.median(ratios):.2f} "
                f"| {min(ratios):.2f} to {max(ratios):.2f} |",
                flush=True,
            )
    print(f"\n{startup.report()}")


if __name__ == "__main__":
    main()
