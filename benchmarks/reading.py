"""How well `read` reads what the project draws: python -m benchmarks.reading

MNIST's test digits as photographs, as pairs that touch and as captchas, and the scenes of a telephone drawn with a pen;
docs/reading.md holds the result. It needs the MNIST files.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np

from benchmarks.drawn.captchas import draw_captcha
from benchmarks.drawn.photos import Photo, draw_photo, written_by
from benchmarks.drawn.scenes import SCENES, draw_scene
from benchmarks.drawn.touching import draw_pair
from glassnet.arrays import Array
from glassnet.data import load_data
from glassnet.evaluation import calibration
from glassnet.files import TrainedModel, boxed_digits
from glassnet.pictures import Reading, read_picture

PAGE = Path(__file__).parents[1] / "docs" / "reading.md"
FIRST = 40_000  # seeds below this were looked at while `read` was made
HEAD = "| pictures | how many | digits right | whole pictures right | of wrong ones flagged | of right ones flagged |"


def grey(picture: Array) -> Array:
    """Grey (H, W) of a picture (H, W, 3) or (H, W), uint8."""
    return cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture


def mistakes(truth: str, read: str) -> int:
    """The least number of signs to put in, take out or change (Levenshtein's distance)."""
    row = list(range(len(read) + 1))
    for number, sign in enumerate(truth, 1):
        before, row[0] = row[0], number
        for place, other in enumerate(read, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (sign != other))
    return row[-1]


def measure(trained: TrainedModel, photos: Iterator[Photo]) -> tuple[str, list[tuple[Photo, Reading]]]:
    """The cells of a row of the table, and what was read."""
    read = [(photo, read_picture(trained, grey(photo.picture))) for photo in photos]
    signs = [sum(map(len, photo.lines)) for photo, _ in read]
    wrong = [min(n, mistakes("/".join(p.lines), "/".join(r.lines))) for n, (p, r) in zip(signs, read, strict=True)]
    right = np.array([photo.lines == reading.lines for photo, reading in read])
    flagged = np.array([not r.digits or any(digit.doubtful for digit in r.digits) for _, r in read])
    shares = [
        1 - sum(wrong) / sum(signs),
        right.mean(),
        *(flagged[of].mean() if of.any() else 0 for of in (~right, right)),
    ]
    return f"{len(read)} | " + " | ".join(f"{100 * share:.1f}%" for share in shares), read


def calibration_error(read: list[tuple[Photo, Reading]]) -> float:
    """The expected calibration error of the digits in pictures where each has its counterpart."""
    pairs = [
        (digit.confidence, digit.digit == sign)
        for photo, reading in read
        if [len(line) for line in photo.lines] == [len(line) for line in reading.lines]
        for digit, sign in zip(reading.digits, "".join(photo.lines), strict=True)
    ]
    confidences, right = (np.array(column) for column in zip(*pairs, strict=True))
    return calibration(confidences, right).error


def main() -> None:
    """Measure everything and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=500)
    options = asked.parse_args()
    trained, test = boxed_digits(), load_data("mnist").test
    write = written_by(test)
    kinds: dict[str, Callable[[int], Photo]] = {
        "photographs": lambda seed: draw_photo(write, seed),
        "pairs that touch": lambda seed: _alone(draw_pair(test, seed)),
        "captchas": lambda seed: _alone(draw_captcha(test, seed)),
    }
    lines = ["# How well pictures are read", "", "By `make reading`, with the network in the box.", "", HEAD]
    lines.append("|---" * HEAD.count(" |") + "|")
    for name, draw in kinds.items():
        cells, read = measure(trained, (draw(FIRST + k) for k in range(options.count)))
        lines.append(f"| {name} | {cells} |")
        if name == "photographs":
            error = calibration_error(read)
    for name in SCENES:
        cells, _ = measure(trained, (draw_scene(name, FIRST + k) for k in range(max(2, options.count // 50))))
        lines.append(f"| scene: {name} | {cells} |")
    lines += ["", f"Calibration error of the digits in the photographs: {error:.4f}."]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def _alone(drawn: tuple[Array, str]) -> Photo:
    return Photo(drawn[0], [drawn[1]])


if __name__ == "__main__":
    main()
