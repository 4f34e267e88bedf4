"""XLSForm's dialect of XPath 1.0, on elementpath's parser.

XPath 1.0 comes from elementpath; what differs in XLSForm is put over it: a missing answer is the
empty string and no number, ISO dates compare as days, and forms have functions of their own.
See https://docs.getodk.org/form-operators-functions/. Values are str, float and bool throughout.

This module imports elementpath; import it only where there is a condition to compile.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from elementpath import XPathContext
from elementpath.xpath1 import XPath1Parser
from elementpath.xpath_tokens import XPathToken

Value = str | float | bool

_NUMBER = re.compile(r"-?([0-9]+(\.[0-9]*)?|\.[0-9]+)\Z")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(T.*)?\Z")
_YEAR = re.compile(r"[0-9]{4}\Z")
_EPOCH = datetime.date(1970, 1, 1).toordinal()
# What the pattern's own characters are: escapes and sets of characters repeat and choose nothing.
_LITERAL = re.compile(r"\\[^1-9]|\[\^?\]?(?:\\.|[^\]\\])*\]")

# Repeats of repeats, and many repeats or choices side by side, can take for ever on the wrong text.
_REGEX_SUBJECT_LIMIT = 200
_REPEATED_GROUP = re.compile(r"\)[*+?{]")
_REPEAT = re.compile(r"(?<!\()[*+?{]")
_REPEAT_LIMIT = 3
_CHOICE_LIMIT = 20
_BEYOND_FORMS = re.compile(r"\(\?(?!:)|\\[1-9]")


class XLSFormParser(XPath1Parser):
    """Parses one XLSForm expression."""


def as_number(value: Any) -> float:
    """A value as a number: ISO dates are days since 1970-01-01, other text is NaN."""
    if isinstance(value, bool | int | float | Decimal):
        return _float(value)
    text = value.strip()
    if _NUMBER.match(text) and len(text) < 300:
        return float(text)
    days = _days(text)
    return math.nan if days is None else days


def as_text(value: Any) -> str:
    """A value as text: whole numbers without a point, no number as nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    number = _float(value)
    if math.isnan(number):
        return ""
    return str(int(number)) if number.is_integer() else repr(number)


def as_truth(value: Any) -> bool:
    """A value as true or false: text is true where there is any, a number where it is not 0."""
    if isinstance(value, str):
        return value != ""
    return bool(value) and not math.isnan(_float(value))


def regex_fault(pattern: str) -> str | None:
    """Why a pattern of `regex()` is refused; None where it is fine."""
    signs = _LITERAL.sub(".", pattern)
    if _REPEATED_GROUP.search(signs) or len(_REPEAT.findall(signs)) > _REPEAT_LIMIT:
        return f"regex: repeat single characters only, at most {_REPEAT_LIMIT} times in a pattern"
    if signs.count("|") > _CHOICE_LIMIT or ("|" in signs and signs.count("(") > 1):
        return f"regex: choose with | in one place only, among at most {_CHOICE_LIMIT + 1}"
    if _BEYOND_FORMS.search(signs):
        return "regex: groups that look around or are named again are not read: write them out"
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return "regex: this is not a regular expression"
    return None


def _float(value: float | Decimal) -> float:
    try:
        return float(value)
    except OverflowError:
        # Digits enough for more than any float stand for a number beyond all others.
        return math.inf if value > 0 else -math.inf


def _days(text: str) -> float | None:
    found = _DATE.match(text)
    if not found:
        return None
    try:
        return float(datetime.date(*(int(part) for part in found.groups()[:3])).toordinal() - _EPOCH)
    except ValueError:
        return None


def _comparable(left: Any, right: Any) -> tuple[float, float]:
    """Both sides as numbers; a year beside a date is the first of January."""
    pair = [left, right]
    for position, other in ((0, right), (1, left)):
        year = pair[position]
        if (
            isinstance(other, str)
            and _days(other) is not None
            and isinstance(year, str)
            and _YEAR.match(year)
        ):
            pair[position] = f"{year}-01-01"
    return as_number(pair[0]), as_number(pair[1])


def _equal(left: Any, right: Any) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return as_truth(left) == as_truth(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    first, second = _comparable(left, right)
    return first == second


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": lambda left, right: (pair := _comparable(left, right))[0] < pair[1],
    "<=": lambda left, right: (pair := _comparable(left, right))[0] <= pair[1],
    ">": lambda left, right: (pair := _comparable(left, right))[0] > pair[1],
    ">=": lambda left, right: (pair := _comparable(left, right))[0] >= pair[1],
}


def _divide(left: float, right: float) -> float:
    if right == 0:
        return math.nan if left == 0 or math.isnan(left) else math.copysign(math.inf, left)
    return left / right


def _modulo(left: float, right: float) -> float:
    return math.nan if right == 0 or math.isinf(left) else math.fmod(left, right)


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": _divide,
    "mod": _modulo,
}


def _selected(given: Any, choice: Any) -> bool:
    return as_text(choice).strip() in as_text(given).split()


def _selected_at(given: Any, position: Any) -> str:
    chosen, index = as_text(given).split(), as_number(position)
    return chosen[int(index)] if 0 <= index < len(chosen) else ""


def _coalesce(*values: Any) -> Any:
    return next((value for value in values if as_text(value) != ""), "")


def _substr(text: Any, start: Any, end: Any = None) -> str:
    whole, first = as_text(text), as_number(start)
    last = len(whole) if end is None else as_number(end)
    if math.isnan(first) or math.isnan(last):
        return ""
    clipped = slice(*(int(max(-len(whole), min(len(whole), edge))) for edge in (first, last)))
    return whole[clipped]


def _regex(text: Any, pattern: Any) -> bool:
    wanted, subject = as_text(pattern), as_text(text)
    if len(subject) > _REGEX_SUBJECT_LIMIT or regex_fault(wanted):
        return False
    return re.fullmatch(wanted, subject) is not None


def _round(value: Any, digits: Any = 0.0) -> float:
    number, places = as_number(value), as_number(digits)
    if not math.isfinite(number) or not abs(places) <= 15:
        return number
    factor = 10.0 ** int(places)
    shifted = number * factor + 0.5
    return math.floor(shifted) / factor if math.isfinite(shifted) else number


def _int(value: Any) -> float:
    number = as_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


def _date(value: Any) -> str:
    if isinstance(value, str):
        if _YEAR.match(value):
            return f"{value}-01-01"
        return value[:10] if _days(value) is not None else ""
    days = as_number(value)
    ordinal = _EPOCH + days
    if math.isnan(days) or not 1 <= ordinal <= datetime.date.max.toordinal():
        return ""
    return datetime.date.fromordinal(int(ordinal)).isoformat()


def _extreme(choose: Callable[[list[float]], float], values: tuple[Any, ...]) -> float:
    numbers = [number for value in values if not math.isnan(number := as_number(value))]
    return choose(numbers) if numbers else math.nan


_MANY = (1, None)
FUNCTIONS: dict[str, tuple[Any, Callable[..., Value]]] = {
    "selected": (2, _selected),
    "count-selected": (1, lambda given: float(len(as_text(given).split()))),
    "selected-at": (2, _selected_at),
    "coalesce": (_MANY, _coalesce),
    "not": (1, lambda value: not as_truth(value)),
    "boolean": (1, as_truth),
    "true": (0, lambda: True),
    "false": (0, lambda: False),
    "number": (1, as_number),
    "int": (1, _int),
    "round": ((1, 2), _round),
    "abs": (1, lambda value: abs(as_number(value))),
    "sum": (_MANY, lambda *values: sum(as_number(value) for value in values)),
    "min": (_MANY, lambda *values: _extreme(min, values)),
    "max": (_MANY, lambda *values: _extreme(max, values)),
    "count-non-empty": (_MANY, lambda *values: float(sum(as_text(value) != "" for value in values))),
    "string": (1, as_text),
    "string-length": (1, lambda value: float(len(as_text(value)))),
    "concat": (_MANY, lambda *values: "".join(as_text(value) for value in values)),
    "contains": (2, lambda text, part: as_text(part) in as_text(text)),
    "starts-with": (2, lambda text, part: as_text(text).startswith(as_text(part))),
    "ends-with": (2, lambda text, part: as_text(text).endswith(as_text(part))),
    "substr": ((2, 3), _substr),
    "normalize-space": (1, lambda text: " ".join(as_text(text).split())),
    "regex": (2, _regex),
    "date": (1, _date),
    "decimal-date-time": (1, as_number),
}
"""Each function of a condition: how many arguments it takes, and what it does."""

SPECIAL_FUNCTIONS = ("if", "today")
"""Functions that need more than their arguments' values."""

_TokenMethod = Callable[..., Value]


def _function(work: Callable[..., Value]) -> _TokenMethod:
    def evaluate(self: XPathToken, context: XPathContext | None = None) -> Value:
        return work(*(argument.evaluate(context) for argument in self))

    return evaluate


def _operator(work: Callable[[Any, Any], Value], *, numbers: bool) -> _TokenMethod:
    def evaluate(self: XPathToken, context: XPathContext | None = None) -> Value:
        values = [operand.evaluate(context) for operand in self]
        if numbers:
            values = [as_number(value) for value in values]
        # A sign before a number is the operator with one operand.
        return work(*values) if len(values) == 2 else work(0.0, values[0])

    return evaluate


def _or(self: XPathToken, context: XPathContext | None = None) -> bool:
    return as_truth(self[0].evaluate(context)) or as_truth(self[1].evaluate(context))


def _and(self: XPathToken, context: XPathContext | None = None) -> bool:
    return as_truth(self[0].evaluate(context)) and as_truth(self[1].evaluate(context))


def _if(self: XPathToken, context: XPathContext | None = None) -> Any:
    return self[1 if as_truth(self[0].evaluate(context)) else 2].evaluate(context)


def _today(self: XPathToken, context: XPathContext | None = None) -> str:
    today = context.current_dt.date() if context is not None else datetime.date.today()
    return today.isoformat()


def _register() -> None:
    members: dict[str, dict[str, Any]] = {"or": {"evaluate": _or}, "and": {"evaluate": _and}}
    for symbol, compare in _COMPARISONS.items():
        members[symbol] = {"evaluate": _operator(compare, numbers=False)}
    for symbol, calculate in _ARITHMETIC.items():
        members[symbol] = {"evaluate": _operator(calculate, numbers=True)}
    for name, (arguments, work) in FUNCTIONS.items():
        members[name] = {"evaluate": _function(work), "nargs": arguments}
    members |= {"if": {"evaluate": _if, "nargs": 3}, "today": {"evaluate": _today, "nargs": 0}}
    for symbol, own in members.items():
        if symbol not in XLSFormParser.symbol_table:
            XLSFormParser.function(symbol, nargs=own["nargs"])
        # The token classes are XPath1Parser's own: make subclasses, so that it stays as it is.
        base = XLSFormParser.symbol_table[symbol]
        XLSFormParser.symbol_table[symbol] = type(base.__name__, (base,), own)
    XLSFormParser.build()


_register()
