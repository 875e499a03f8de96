"""An explanation as lines of four kinds, which the formats for people set each in its own way."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from glassnet.explain import phrases
from glassnet.explain.numerals import bracketed, exact, number
from glassnet.explain.structure import Equation, Explanation, Factor, Gradient, Path, Table, Term, Update


class Kind(Enum):
    """What a line is."""

    HEADING = auto()
    NOTE = auto()  # words
    FORMULA = auto()
    TABLE = auto()  # numbers below each other, in columns


class Line(NamedTuple):
    """One line of an explanation."""

    kind: Kind
    text: str


def lines(explanation: Explanation) -> Iterator[Line]:
    """Everything that an explanation holds, in the order in which it is read."""
    yield Line(Kind.HEADING, phrases.FORWARD)
    for equation in explanation.forward:
        yield from _equation(equation)
    if explanation.hidden:
        example = explanation.forward[0].unit
        yield Line(Kind.NOTE, phrases.HIDDEN.format(count=explanation.hidden, example=example))
    if explanation.loss:
        loss = explanation.loss
        yield Line(Kind.NOTE, phrases.LOSS.format(name=loss.name, formula=loss.formula, value=exact(loss.value)))
    if explanation.gradient:
        yield Line(Kind.HEADING, phrases.BACKWARD)
        yield from _gradient(explanation.gradient)
        if explanation.update:
            yield Line(Kind.HEADING, phrases.UPDATE)
            yield from _update(explanation.update, explanation.gradient)


def _equation(equation: Equation) -> Iterator[Line]:
    inner = ", ".join(_product(term) for term in equation.terms) if equation.joint == "max" else _sum(equation.terms)
    rest = next((phrases.REST.format(count=term.rest) for term in equation.terms if term.rest), "")
    name = f"{equation.name} = "
    if equation.joint == "max":
        written = f"{name}{phrases.LARGEST}({inner}) = {number(equation.value)}"
    elif equation.function:
        whole = f"{equation.function}({number(equation.total)}) = {number(equation.value)}"
        alone = inner == number(equation.total)
        written = f"{name}{whole}" if alone else f"{name}{equation.function}({inner}) = {whole}"
    else:
        written = f"{name}{inner} = {number(equation.value)}"
    yield Line(Kind.FORMULA, written)
    about = ", ".join(part for part in (equation.unit, equation.note, rest) if part)
    yield Line(Kind.NOTE, about)
    for table in equation.tables:
        yield from _table(table)


def _sum(terms: tuple[Term, ...]) -> str:
    """Terms with the signs between them: 0·2.8668 + 1·(−2.8715) − 0.0013."""
    text = ""
    for k, term in enumerate(terms):
        alone = len(term.factors) < 2
        value = number(term.value)
        if k == 0:
            text = value if alone else _product(term, first=True)
        elif alone and value.startswith("−"):
            text += f" − {value[1:]}"
        else:
            text += f" + {value if alone else _product(term)}"
    return text


def _product(term: Term, first: bool = False) -> str:
    if len(term.factors) < 2:
        return number(term.value)
    numbers = [number(factor.value) for factor in term.factors]
    return "·".join(text if first and k == 0 else bracketed(text) for k, text in enumerate(numbers))


def _table(table: Table) -> Iterator[Line]:
    yield Line(Kind.NOTE, f"{table.name}:")
    cells = [[number(value) for value in row] for row in table.rows]
    wide = max(len(cell) for row in cells for cell in row)
    for row in cells:
        yield Line(Kind.TABLE, "  ".join(cell.rjust(wide) for cell in row))


def _gradient(gradient: Gradient) -> Iterator[Line]:
    yield Line(Kind.NOTE, phrases.WEIGHT.format(name=gradient.weight, value=exact(gradient.before)))
    several = len(gradient.paths) > 1 or gradient.rest is not None
    yield Line(Kind.NOTE, phrases.PATHS if several else phrases.ONE_PATH)
    for k, path in enumerate(gradient.paths):
        if several:
            yield Line(Kind.NOTE, phrases.PATH.format(number=k + 1))
        yield from _path(path)
    if gradient.rest is not None:
        yield Line(Kind.NOTE, phrases.OTHER_PATHS.format(value=exact(gradient.rest)))
    parts = [path.value for path in gradient.paths] + ([] if gradient.rest is None else [gradient.rest])
    if several:
        summed = " + ".join(exact(part) if k == 0 else bracketed(exact(part)) for k, part in enumerate(parts))
        yield Line(Kind.FORMULA, f"∂L/∂w = {summed} = {exact(gradient.value)}")
    error = f"{gradient.error:.1e}".replace("-", "−")
    yield Line(Kind.NOTE, phrases.DIFFERENCE.format(value=exact(gradient.numeric), error=error))


def _path(path: Path) -> Iterator[Line]:
    for factor in path.factors:
        yield Line(Kind.FORMULA, _factor(factor))
    names = " · ".join(factor.name for factor in path.factors)
    numbers = " · ".join(bracketed(exact(factor.value)) for factor in path.factors)
    yield Line(Kind.FORMULA, f"{names} = {numbers} = {exact(path.value)}")


def _factor(factor: Factor) -> str:
    """A factor with its formula and its numbers: ∂y/∂h1 = y·(1 − y) · W[0,0] = 0.249439·1 = 0.249439."""
    numbers = "·".join(bracketed(exact(part.value)) for part in factor.parts)
    chain = " · ".join(part.name for part in factor.parts)
    pieces = (factor.name, chain, factor.formula, numbers, exact(factor.value))
    return " = ".join(piece for piece in pieces if piece)


def _update(update: Update, gradient: Gradient) -> Iterator[Line]:
    yield Line(
        Kind.NOTE,
        phrases.STEP.format(optimizer=update.optimizer, step=update.step + 1, gradient=exact(gradient.value)),
    )
    for change in update.changes:
        yield Line(Kind.FORMULA, f"{change.name} ← {change.formula} = {change.numbers} = {exact(change.value)}")
    yield Line(Kind.NOTE, phrases.CHANGED.format(before=exact(update.before), after=exact(update.after)))
