"""What was found out about data, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from glassnet.cli.output import percent, table
from glassnet.inspection import Inspection, Place, Twins, count_classes

if TYPE_CHECKING:
    from glassnet.data import Parts

SHOWN = 5  # examples of each kind
SHOWN_CLASSES = 20
UNBALANCED = 3.0  # times as many samples in the largest class as in the smallest
TOO_MANY = 0.25  # of all labels in doubt say more of the networks than of the labels
FEW = 20  # samples of a class, of which a network hardly learns


def inspection_lines(parts: Parts, found: Inspection, notes: Sequence[str] = ()) -> list[str]:
    """What a person should know, the worst first; `notes` came up while the data were read."""
    return [
        opening_line(parts),
        *notes,
        *parts.train.notes,
        *_equal_lines(parts, found.equal),
        *(_alike_lines(parts, found.alike) if found.alike else []),
        *_balance_lines(parts, found),
        *_suspect_lines(parts, found),
        *_baseline_lines(found),
    ]


def opening_line(parts: Parts) -> str:
    """What kind of data these are, and how many."""
    train, test = parts
    shape = train.sample_shape
    if len(shape) == 3:
        kind = f"pictures of {shape[1]}×{shape[0]}, {'in colour' if shape[2] == 3 else 'in grey'}"
    else:
        kind = f"rows of {'×'.join(map(str, shape))} numbers"
    targets = "numbers for targets" if train.classes is None else f"{len(train.classes)} classes"
    asked = f", {len(test):,} to test with" if test is not train else ", and tested with the same"
    return f"{train.name}: {len(train):,} samples to learn from{asked}; {kind}; {targets}."


def class_rows(parts: Parts) -> list[str]:
    """The samples of each class as a table, the largest first; nothing where targets are numbers."""
    sizes = sorted(count_classes(parts).items(), key=lambda item: -item[1][0])
    rows = [(str(label), f"{train:,}", f"{test:,}") for label, (train, test) in sizes[:SHOWN_CLASSES]]
    more = [f"and {len(sizes) - SHOWN_CLASSES:,} smaller classes"] if len(sizes) > SHOWN_CLASSES else []
    return ["", table(("class", "to learn from", "to test with"), rows), *more, ""] if sizes else []


def _equal_lines(parts: Parts, twins: Twins) -> list[str]:
    leaks, pairs, repeats = _counts(twins)
    return _twin_lines(
        parts,
        twins,
        f"LEAK: {leaks:,} of {len(parts.test):,} samples to test with {_are(leaks)} among those to learn from. "
        "A test with what was learnt says nothing: take them out of one of both.",
        f"CONTRADICTION: {pairs:,} {'pair is' if pairs == 1 else 'pairs are'} the same, with different answers. "
        "No network can get both right.",
        f"{repeats:,} {'sample repeats' if repeats == 1 else 'samples repeat'} another.",
        "No two samples are the same.",
    )


def _alike_lines(parts: Parts, twins: Twins) -> list[str]:
    leaks, pairs, repeats = _counts(twins)
    return _twin_lines(
        parts,
        twins,
        f"ALIKE: {leaks:,} of {len(parts.test):,} pictures to test with {_are(leaks)} nearly the same as one to "
        "learn from. Where that is one picture taken twice, the test says too much good.",
        f"ALIKE: {pairs:,} {'pair' if pairs == 1 else 'pairs'} of pictures with different answers {_are(pairs)} "
        "nearly the same.",
        f"{repeats:,} {'picture is' if repeats == 1 else 'pictures are'} nearly the same as another.",
        "No two pictures are nearly the same.",
    )


def _counts(twins: Twins) -> tuple[int, int, int]:
    """Samples to test with that leak, pairs with different answers, samples that repeat another."""
    return len({other for _, other in twins.leaks}), len(twins.contradictions), twins.repeats


def _twin_lines(parts: Parts, twins: Twins, leaks: str, contradictions: str, repeats: str, nothing: str) -> list[str]:
    """What is said of each kind of twins that there are, with examples; or that there are none."""
    lines = [leaks, *_examples(parts, twins.leaks)] if twins.leaks else []
    lines += [contradictions, *_examples(parts, twins.contradictions)] if twins.contradictions else []
    lines += [repeats] if twins.repeats else []
    return lines or [nothing]


def _examples(parts: Parts, pairs: list[tuple[Place, Place]]) -> list[str]:
    from glassnet.pictures.samples import target_words

    def named(place: Place) -> str:
        data = parts.train if place.part == "train" else parts.test
        return f"{called(parts, place)} (is {target_words(data, place.number)})"

    more = [f"  and {len(pairs) - SHOWN:,} more"] if len(pairs) > SHOWN else []
    return [*(f"  {named(one)} and {named(other)}" for one, other in pairs[:SHOWN]), *more]


def called(parts: Parts, place: Place) -> str:
    """The file or the line that a sample is from, or its part and number."""
    data = parts.train if place.part == "train" else parts.test
    return data.called(place.number) if data.names is not None else f"{place.part} sample {place.number}"


def _balance_lines(parts: Parts, found: Inspection) -> list[str]:
    if not found.counts:
        return []
    sizes = sorted(found.counts.items(), key=lambda item: -item[1][0])
    lines = []
    if found.imbalance > UNBALANCED:
        (large, (most, _)), (small, (least, _)) = sizes[0], [item for item in sizes if item[1][0]][-1]
        lines.append(
            f"UNBALANCED: {large!r} has {most:,} samples, {small!r} {least:,}. Accuracy says little here: "
            f"look at the recall of each class."
        )
    few = [f"{label} ({count})" for label, (count, _) in sizes if count < FEW]
    if few:
        lines.append(f"Fewer than {FEW} samples to learn from: {_listed(few)}.")
    untested = [str(label) for label, (_, count) in sizes if not count]
    if untested and found.tested:
        lines.append(f"No samples to test with: {_listed(untested)}.")
    return [*lines, *class_rows(parts)]


def _suspect_lines(parts: Parts, found: Inspection) -> list[str]:
    if not found.checked:
        return []
    count = len(found.suspects)
    if not count:
        return [f"None of {found.checked:,} labels is in doubt, to networks that had not learnt from them."]
    if count > TOO_MANY * found.checked:
        return [f"Networks doubt {count:,} of {found.checked:,} labels: they learn too little from these data to tell."]
    lines = [
        f"{count:,} of {found.checked:,} labels {_are(count)} in doubt, to networks that had not learnt from them:"
    ]
    lines += [
        f"  {called(parts, Place('train', one.number))} is {one.label}, rather {one.likelier} "
        f"({percent(one.likelier_confidence)} against {percent(one.confidence)})"
        for one in found.suspects[:SHOWN]
    ]
    return [*lines, f"  and {count - SHOWN:,} more"] if count > SHOWN else lines


def _baseline_lines(found: Inspection) -> list[str]:
    lines = []
    if found.baseline is not None:
        lines.append(f"Always answering {str(found.majority)!r} would be right in {percent(found.baseline)}.")
    if found.nearest is not None:
        near = found.nearest
        lines.append(
            f"The class of the nearest of {near.training:,} training samples would be right in "
            f"{percent(near.accuracy)} ({percent(near.low)} to {percent(near.high)}), asked for {near.test:,}."
        )
    return lines


def _listed(words: list[str]) -> str:
    return ", ".join(words[:SHOWN_CLASSES]) + (
        f" and {len(words) - SHOWN_CLASSES:,} more" if words[SHOWN_CLASSES:] else ""
    )


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
