"""XLSForm's dialect of XPath 1.0, on elementpath's parser.

XPath 1.0 comes from elementpath; what differs in XLSForm is put over it: a missing answer is the
empty string and no number, ISO dates compare as days, and forms have functions of their own.
See https://docs.getodk.org/form-operators-functions/. Values are str, float and bool throughout.

This module imports elementpath; import it only where there is a condition to compile.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from typing import Any

from elementpath import XPathContext
from elementpath.xpath1 import XPath1Parser
from elementpath.xpath_tokens import XPathToken

from fieldkit.protocol.form_functions import FUNCTIONS
from fieldkit.protocol.form_values import Value, as_days, as_number, as_truth, is_year


class XLSFormParser(XPath1Parser):
    """Parses one XLSForm expression."""


def _comparable(left: Any, right: Any) -> tuple[float, float]:
    """Both sides as numbers; a year beside a date is the first of January."""
    pair = [left, right]
    for position, other in ((0, right), (1, left)):
        year = pair[position]
        if isinstance(other, str) and as_days(other) is not None and is_year(year):
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


SPECIAL_FUNCTIONS = ("if", "today", "now")
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


def _moment(context: XPathContext | None) -> datetime.datetime:
    return context.current_dt if context is not None else datetime.datetime.now()


def _today(self: XPathToken, context: XPathContext | None = None) -> str:
    return _moment(context).date().isoformat()


def _now(self: XPathToken, context: XPathContext | None = None) -> str:
    return _moment(context).isoformat(timespec="seconds")


def _register() -> None:
    members: dict[str, dict[str, Any]] = {"or": {"evaluate": _or}, "and": {"evaluate": _and}}
    for symbol, compare in _COMPARISONS.items():
        members[symbol] = {"evaluate": _operator(compare, numbers=False)}
    for symbol, calculate in _ARITHMETIC.items():
        members[symbol] = {"evaluate": _operator(calculate, numbers=True)}
    for name, (arguments, work) in FUNCTIONS.items():
        members[name] = {"evaluate": _function(work), "nargs": arguments}
    members |= {"if": {"evaluate": _if, "nargs": 3}, "today": {"evaluate": _today, "nargs": 0}}
    members |= {"now": {"evaluate": _now, "nargs": 0}}
    for symbol, own in members.items():
        if symbol not in XLSFormParser.symbol_table:
            XLSFormParser.function(symbol, nargs=own["nargs"])
        # The token classes are XPath1Parser's own: make subclasses, so that it stays as it is.
        base = XLSFormParser.symbol_table[symbol]
        XLSFormParser.symbol_table[symbol] = type(base.__name__, (base,), own)
    XLSFormParser.build()


_register()
