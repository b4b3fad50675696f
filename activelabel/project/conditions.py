"""The language of `--where`: a line of text becomes a small tree of conditions, or is refused; nothing in it is run.

Python's own parser reads the line, and of what it can read only what is listed here is taken over; the rest is refused
by name. `docs/filters.md` has the grammar.
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from typing import Final, TypeAlias

from activelabel.errors import WrongUse

__all__ = ["AllOf", "AnyOf", "Compared", "Condition", "Contains", "Missing", "Not", "Value", "parse_condition"]

LONGEST: Final = 2000  # characters of a line
DEEPEST: Final = 50  # conditions within conditions
GRAMMAR: Final = 'as in: length > 200 and (sender == "ann" or text contains "free"); see docs/filters.md'
PIECES: Final = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|`([^`]*)`|\b(contains)\b|(>>)""", re.DOTALL)
SIGNS: Final[dict[type[ast.cmpop], str]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
TURNED: Final = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}

Value: TypeAlias = str | float


@dataclass(frozen=True, slots=True)
class Compared:
    """A column stands so to a value; sign is one of ``== != < <= > >=``."""

    column: str
    sign: str
    value: Value


@dataclass(frozen=True, slots=True)
class Contains:
    """The text of a column holds this text somewhere, in any case."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Missing:
    """The cell of a column is empty."""

    column: str


@dataclass(frozen=True, slots=True)
class Not:
    """What it holds is not so."""

    part: Condition


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part is so."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part at least is so."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Compared | Contains | Missing | Not | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class _Column:
    name: str


def parse_condition(line: str) -> Condition:
    """Return what a line says.

    Raises
    ------
    WrongUse
        If it is too long, or says something that is no condition.

    Examples
    --------
    >>> parse_condition('10 < age and text contains "free"')
    AllOf(parts=(Compared(column='age', sign='>', value=10.0), Contains(column='text', text='free')))
    >>> parse_condition("`bill length` not in (3, 4)").part.parts[1]
    Compared(column='bill length', sign='==', value=4.0)
    """
    if len(line) > LONGEST:
        raise WrongUse(f"--where is {len(line):,} characters long", f"write {LONGEST:,} at most")
    try:
        with warnings.catch_warnings():
            # odd escapes in a text are the person's; a warning about them speaks of Python, which this is not
            warnings.simplefilter("ignore")
            found = ast.parse(PIECES.sub(_as_python, line).strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        hint = "== compares; a column whose name is no plain word stands between backticks"
        raise WrongUse(f"--where cannot be read: {line}", f"{GRAMMAR}; {hint}") from None
    return _condition(found.body, 0)


def _as_python(piece: re.Match[str]) -> str:
    quoted, column, contains, _ = piece.groups()
    if quoted is not None:
        return str(quoted)
    if column is not None:
        return f" column({column!r}) "
    # an operator that binds as it should and that nobody needs; written by the person it is no more than two signs
    return " >> " if contains else "> >"


def _condition(node: ast.expr, depth: int) -> Condition:
    if depth > DEEPEST:
        raise WrongUse(f"--where is more than {DEEPEST} conditions deep", "write it flatter")
    match node:
        case ast.BoolOp(op=joined, values=values):
            parts = tuple(_condition(value, depth + 1) for value in values)
            return AllOf(parts) if isinstance(joined, ast.And) else AnyOf(parts)
        case ast.UnaryOp(op=ast.Not(), operand=part):
            return Not(_condition(part, depth + 1))
        case ast.Compare(left=left, ops=signs, comparators=others):
            found = [_pair(*each) for each in zip((left, *others), signs, others, strict=False)]
            return found[0] if len(found) == 1 else AllOf(tuple(found))
        case ast.BinOp(left=left, op=ast.RShift(), right=right):
            return _contains(_operand(left), _operand(right))
        case ast.Call(func=ast.Name(id="missing"), args=[of], keywords=[]):
            return Missing(_name(_operand(of)))
    raise _refused(f"{_shown(node)} alone is no condition")


def _pair(left: ast.expr, sign: ast.cmpop, right: ast.expr) -> Condition:
    if isinstance(sign, ast.In | ast.NotIn):
        found = _among(left, right)
        return Not(found) if isinstance(sign, ast.NotIn) else found
    written = SIGNS.get(type(sign))
    if written is None:
        raise _refused("'is' compares nothing here")
    one, other = _operand(left), _operand(right)
    if isinstance(one, _Column):
        return Compared(one.name, written, _value(other))
    return Compared(_name(other), TURNED.get(written, written), one)


def _among(left: ast.expr, right: ast.expr) -> Condition:
    if isinstance(right, ast.Tuple | ast.List | ast.Set):
        column = _name(_operand(left))
        return AnyOf(tuple(Compared(column, "==", _value(_operand(each))) for each in right.elts))
    one, other = _operand(left), _operand(right)
    if isinstance(one, _Column) and not isinstance(other, _Column):
        return Compared(one.name, "==", other)
    return _contains(other, one)


def _contains(where: _Column | Value, text: _Column | Value) -> Condition:
    if not isinstance(text, str):
        raise _refused("'contains' wants a text in quotes")
    return Contains(_name(where), text)


def _operand(node: ast.expr) -> _Column | Value:
    match node:
        case ast.Name(id=name):
            return _Column(name)
        case ast.Call(func=ast.Name(id="column"), args=[ast.Constant(value=str(name))], keywords=[]):
            return _Column(name)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=ast.Constant(value=int() | float() as number)):
            return -_number(number) if isinstance(sign, ast.USub) else _number(number)
        case ast.Constant(value=str(text)):
            if not text.isprintable() and any("\ud800" <= character <= "\udfff" for character in text):
                raise _refused("half a character is no text")
            return text
        case ast.Constant(value=int() | float() as number):
            return _number(number)
    raise _refused(f"{_shown(node)} is no column, number or text")


def _number(found: float) -> float:
    if isinstance(found, bool):
        raise _refused(f"{found} is no column, number or text")
    try:
        return float(found)
    except OverflowError:
        raise _refused("a number is too large") from None


def _name(operand: _Column | Value) -> str:
    if not isinstance(operand, _Column):
        raise _refused(f"{operand!r} is compared with no column")
    return operand.name


def _value(operand: _Column | Value) -> Value:
    if isinstance(operand, _Column):
        raise _refused(f"{operand.name!r} is compared with; write texts in quotes")
    return operand


def _shown(node: ast.expr) -> str:
    try:
        return repr(ast.unparse(node)[:60])
    except (RecursionError, ValueError):
        return "what is written"


def _refused(what: str) -> WrongUse:
    return WrongUse(f"--where: {what}", GRAMMAR)
