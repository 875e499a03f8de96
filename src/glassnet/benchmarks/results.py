"""What was measured, as an object for JSON and as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from glassnet.benchmarks.convolution import Share
from glassnet.benchmarks.measuring import Found, Missing, Versions
from glassnet.benchmarks.rounds import Row

HEAD = ("workload", "precision", "peer", "ours", "peer's", "ratio", "range")


@dataclass
class Results:
    """Everything found so far.

    machine : what it was measured on.   rounds : of each row.
    """

    machine: dict[str, Any]
    rounds: int
    rows: list[Row] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)

    def add(self, found: Found) -> None:
        """Keep what came."""
        if isinstance(found, Row):
            self.rows.append(found)
        elif isinstance(found, Missing):
            self.missing.append(found)
        elif isinstance(found, Share):
            self.shares.append(found)
        else:
            assert isinstance(found, Versions)
            self.versions |= found.packages

    def document(self) -> dict[str, Any]:
        """For JSON. Rows of "memory" are in bytes, all others in seconds; figures that a row has not are left out."""
        return {
            "machine": self.machine,
            "versions": self.versions,
            "rounds": self.rounds,
            "rows": [{name: value for name, value in asdict(row).items() if value is not None} for row in self.rows],
            "convolution": [{**asdict(share), "share": share.share} for share in self.shares],
            "missing": [asdict(one) for one in self.missing],
        }

    def about(self) -> str:
        """Date and machine in a sentence."""
        about = self.machine
        load = "" if about["load"] is None else f", load {about['load']} at the start"
        return (
            f"{about['date']}: {about['processor']}, {about['cores']} cores, {about['system']}; "
            f"{about['threads']} threads, Python {about['python']}{load}."
        )

    @classmethod
    def of(cls, document: dict[str, Any]) -> Results:
        """What `document` was made from."""
        shares = [{name: value for name, value in one.items() if name != "share"} for one in document["convolution"]]
        return cls(
            document["machine"],
            document["rounds"],
            [Row(**row) for row in document["rows"]],
            [Missing(**one) for one in document["missing"]],
            [Share(**one) for one in shares],
            document["versions"],
        )

    def markdown(self, targets: Mapping[tuple[str, str, str], float] | None = None) -> str:
        """The same as tables; `targets` are the ratios wished for, by workload, precision and peer."""
        lines = [self.about(), ""]
        if self.versions:
            lines += [", ".join(f"{name} {version}" for name, version in sorted(self.versions.items())) + ".", ""]
        if self.rows:
            lines += [
                f"Medians of {self.rounds} rounds in turn. Ratios are the peer's time ÷ ours: above 1 ours is faster.",
                "",
                *_table(HEAD if targets is None else (*HEAD, "target"), [_cells(row, targets) for row in self.rows]),
                "",
            ]
        told = [row for row in self.rows if row.accuracy is not None and row.peer_accuracy is not None]
        lines += [
            f"Median test accuracy of {row.workload}: ours {row.accuracy:.4f}, {row.peer} {row.peer_accuracy:.4f}.\n"
            for row in told
        ]
        if self.shares:
            lines += [
                "The convolution 3×3, 13×13×32 → 11×11×64, beside multiply-adds that never leave their registers:",
                "",
                *_table(("product", "threads", "GFLOP/s", "peak", "share"), map(_share_cells, self.shares)),
                "",
            ]
        lines += [f"- missing: {one.workload} ({one.precision}), {one.peer}: {one.why}" for one in self.missing]
        return "\n".join(lines).rstrip() + "\n"


def _cells(row: Row, targets: Mapping[tuple[str, str, str], float] | None) -> Sequence[str]:
    show = megabytes if row.workload == "memory" else seconds
    range_ = f"{figure(row.low)} to {figure(row.high)}"
    cells = row.workload, row.precision, row.peer, show(row.ours), show(row.peer_seconds), figure(row.ratio), range_
    if targets is None:
        return cells
    target = targets.get((row.workload, row.precision, row.peer))
    return *cells, "" if target is None else f"{target:,g}, {'reached' if row.ratio >= target else 'missed'}"


def _share_cells(share: Share) -> Sequence[str]:
    return (
        share.product,
        str(share.threads),
        f"{share.speed / 1e9:.0f}",
        f"{share.peak / 1e9:.0f}",
        f"{share.share:.0%}",
    )


def seconds(value: float) -> str:
    """Three digits, in the unit that suits them."""
    unit, size = next((one for one in (("s", 1.0), ("ms", 1e-3)) if value >= one[1]), ("µs", 1e-6))
    return f"{figure(value / size)} {unit}"


def megabytes(value: float) -> str:
    """Bytes as MB."""
    return f"{value / 1e6:.0f} MB"


def figure(value: float) -> str:
    """Three digits, without an exponent."""
    return f"{value:,.0f}" if value >= 99.95 else f"{value:.1f}" if value >= 9.995 else f"{value:.2f}"


def _table(head: Sequence[str], rows: Any) -> list[str]:
    """Markdown whose columns stand straight."""
    lines = [tuple(head), *(tuple(row) for row in rows)]
    wide = [max(len(line[k]) for line in lines) for k in range(len(head))]
    shown = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, wide, strict=True)) + " |" for line in lines
    ]
    return [shown[0], "|" + "|".join("-" * (width + 2) for width in wide) + "|", *shown[1:]]
