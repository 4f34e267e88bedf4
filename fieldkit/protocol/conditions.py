"""Conditions: XLSForm expressions over the answers of an interview.

An expression is looked over before it reaches the parser, so that a hostile or endless one is
refused at once, and a slip is told in a form-writer's words.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from fieldkit.protocol.comparisons import comparisons
from fieldkit.protocol.problems import did_you_mean
from fieldkit.say import grouped, mark, t

LENGTH_LIMIT = 2_000
"""Longest expression, in characters."""

DEPTH_LIMIT = 40
"""Deepest nesting of parentheses."""

OPERATOR_LIMIT = 150
"""Most operators in one expression: each is a level of the parser's recursion."""

MEMORY_LIMIT = 1_000
"""Results that a condition remembers; the same answers come again with every key typed."""

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    | (?P<name>\$\{\s*(?P<inner>[^{}]*?)\s*\})
    | (?P<string>'[^']*'|"[^"]*")
    | (?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
    | (?P<word>[A-Za-z_][A-Za-z0-9_-]*)
    | (?P<operator><=|>=|!=|[=<>+*-])
    | (?P<open>\()
    | (?P<close>\))
    | (?P<comma>,)""",
    re.VERBOSE,
)
_ITEM_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_OPERANDS = ("name", "string", "number", "close")
_OF_THE_MOMENT = {"today", "now"}
_WORD_OPERATORS = ("and", "or", "div", "mod")
_HINTS = {
    "/": mark("paths are not read: name an item as ${item}"),
    "[": mark("paths are not read: name an item as ${item}"),
    "$": mark("name an item as ${item}"),
    "'": mark("a quote is not closed"),
    '"': mark("a quote is not closed"),
    "’": mark("write straight quotes, 'like this'"),
    "‘": mark("write straight quotes, 'like this'"),
    "“": mark("write straight quotes, 'like this'"),
    "”": mark("write straight quotes, 'like this'"),
    "&": mark("write `and`"),
    "|": mark("write `or`"),
    "!": mark("write `not(...)` or `!=`"),
    ".": mark("the current value (`.`) means nothing in a condition: name an item as ${item}"),
}


class ConditionError(ValueError):
    """An expression that cannot be used.

    Attributes:
        message: what is wrong, and what would be right.
        column: where in the expression, from 1.
    """

    def __init__(self, message: str, column: int) -> None:
        super().__init__(t("{message} (column {column})").format(message=message, column=column))
        self.message = message
        self.column = column


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


class Condition:
    """A compiled expression.

    Attributes:
        expression: as it was written.
        names: the items it names.
        literals: the texts and numbers written in it, as text without quotes.
        functions: the functions it calls.
        compared: the answers that it holds against texts or numbers written out.
    """

    def __init__(self, expression: str, tokens: list[_Token], root: Any) -> None:
        self.expression = expression
        self.names = frozenset(token.text for token in tokens if token.kind == "name")
        self.literals = frozenset(
            token.text.strip("'\"") for token in tokens if token.kind in ("string", "number")
        )
        self.functions = frozenset(token.text for token in tokens if token.kind == "word")
        self.compared = tuple(comparisons(tokens))
        self._root = root
        self._ordered_names = sorted(self.names)
        self._known: dict[tuple[Any, ...], bool] | None = None if self.functions & _OF_THE_MOMENT else {}

    def evaluate(self, answers: Mapping[str, Any], today: datetime.date | None = None) -> bool:
        """Whether the condition holds; no value makes it raise.

        Args:
            answers: item id to stored value. What is missing compares as empty.
            today: the day of `today()`, and as its first moment `now()`; where None both are the actual.

        Returns:
            True or false.
        """
        values = tuple(as_form_value(answers.get(name)) for name in self._ordered_names)
        if self._known is None:
            return self._evaluate(values, today)
        # True and 1.0 are equal as keys and differ as values.
        key = tuple((type(value), value) for value in values)
        if key not in self._known:
            if len(self._known) >= MEMORY_LIMIT:
                self._known.clear()
            self._known[key] = self._evaluate(values, today)
        return self._known[key]

    def _evaluate(self, values: tuple[Any, ...], today: datetime.date | None) -> bool:
        from elementpath import XPathContext

        from fieldkit.protocol.form_values import as_truth

        moment = datetime.datetime.combine(today, datetime.time()) if today else datetime.datetime.now()
        variables: dict[str, Any] = dict(zip(self._ordered_names, values, strict=True))
        return as_truth(self._root.evaluate(XPathContext(item="", variables=variables, current_dt=moment)))


@lru_cache(maxsize=1024)
def compile_condition(expression: str) -> Condition:
    """Compile an XLSForm expression.

    Args:
        expression: for example `${unit} = 'bsk' and not(selected(${bodies}, 'council'))`.

    Returns:
        The condition.

    Raises:
        ConditionError: the expression is too long, too deep, or not an expression.
    """
    tokens = _scan(expression)
    return Condition(expression, tokens, _parse(expression, tokens))


def as_form_value(value: Any) -> str | float | bool:
    """A stored value as a form has it.

    Args:
        value: a stored value, or None.

    Returns:
        Several choices as ids with blanks between; `{"other": ...}` as `other`; a percentage or
        range as its midpoint; a grid as the ids of its rows that have a value; None as "".
    """
    if value is None:
        return ""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return _as_float(value)
    if isinstance(value, Mapping):
        if "other" in value and len(value) == 1:
            return "other"
        low, high = value.get("low"), value.get("high")
        if isinstance(low, int | float) and isinstance(high, int | float):
            return (_as_float(low) + _as_float(high)) / 2
        return " ".join(str(row) for row, cell in value.items() if cell is not None)
    if isinstance(value, list | tuple):
        return " ".join(str(as_form_value(part)) for part in value)
    return str(value)


def _as_float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def _scan(expression: str) -> list[_Token]:
    """The expression in tokens, refused where it is too long, too deep or not understood."""
    from fieldkit.protocol.form_functions import FUNCTIONS
    from fieldkit.protocol.xpath import SPECIAL_FUNCTIONS

    if len(expression) > LENGTH_LIMIT:
        raise ConditionError(
            t("more than {length_limit} characters: split the condition over items").format(
                length_limit=grouped(LENGTH_LIMIT)
            ),
            1,
        )
    tokens: list[_Token] = []
    position = depth = operators = 0
    while position < len(expression):
        found = _TOKEN.match(expression, position)
        column = position + 1
        if found is None:
            bad = expression[position]
            told = t("`{sign}` has no place in a condition").format(sign=bad)
            raise ConditionError(t(_HINTS[bad]) if bad in _HINTS else told, column)
        position = found.end()
        kind = found.lastgroup if found.lastgroup != "inner" else "name"
        text = found["inner"] if kind == "name" else found.group()
        if kind == "space":
            continue
        if kind == "name" and not _ITEM_NAME.match(text):
            told = t("`{name}` is no item id: small letters, digits, underscores")
            raise ConditionError(told.format(name=f"${{{text}}}"), column)
        depth += (kind == "open") - (kind == "close")
        operators += kind == "operator" or text in _WORD_OPERATORS
        if depth > DEPTH_LIMIT:
            raise ConditionError(
                t("parentheses nested more than {depth_limit} deep").format(depth_limit=DEPTH_LIMIT), column
            )
        if operators > OPERATOR_LIMIT:
            raise ConditionError(
                t("more than {operator_limit} operators: split the condition over items").format(
                    operator_limit=OPERATOR_LIMIT
                ),
                column,
            )
        tokens.append(_Token(str(kind), text, column))
    if not tokens:
        raise ConditionError(t("the condition is empty: write one, or leave `relevant` out"), 1)
    _check_words(tokens, [*FUNCTIONS, *SPECIAL_FUNCTIONS])
    return tokens


def _check_words(tokens: list[_Token], functions: list[str]) -> None:
    """Refuse words that are neither an operator nor a known function, and signs out of place."""
    before = "open"
    following = [*tokens[1:], _Token("end", "", tokens[-1].column)]
    for token, after in zip(tokens, following, strict=True):
        if _is_infix(token) and before not in _OPERANDS:
            # XPath would read it as the name of an element.
            raise ConditionError(
                t("`{text}` needs a value on both sides").format(text=token.text), token.column
            )
        before = token.kind
        if token.kind != "word":
            continue
        if after.kind == "open" and token.text not in _WORD_OPERATORS:
            if token.text not in functions:
                told = t("there is no function `{name}`: {hint}")
                hint = did_you_mean(token.text, functions)
                raise ConditionError(told.format(name=token.text, hint=hint), token.column)
        elif token.text not in _WORD_OPERATORS:
            told = t("`{word}` stands alone: write {item} for an item, '{word}' for a choice")
            raise ConditionError(told.format(word=token.text, item=f"${{{token.text}}}"), token.column)
        if token.text == "regex":
            _check_pattern(tokens, token)


def _is_infix(token: _Token) -> bool:
    return (token.kind == "word" and token.text in _WORD_OPERATORS) or (
        token.kind == "operator" and token.text == "*"
    )


def _check_pattern(tokens: list[_Token], function: _Token) -> None:
    """Refuse a regex whose pattern is not written out, or could take for ever."""
    from fieldkit.protocol.form_functions import regex_fault

    start = tokens.index(function)
    closing = next((n for n in range(start, len(tokens)) if tokens[n].kind == "close"), len(tokens) - 1)
    pattern = tokens[closing - 1]
    if pattern.kind != "string":
        raise ConditionError(
            t("regex: write the pattern as text in quotes, as the second argument"), function.column
        )
    if (fault := regex_fault(pattern.text[1:-1])) is not None:
        raise ConditionError(fault, pattern.column)


def _parse(expression: str, tokens: list[_Token]) -> Any:
    """The expression as a tree that can be evaluated."""
    from elementpath import ElementPathError

    from fieldkit.protocol.xpath import XLSFormParser

    # Each token stays in its column, so that the parser's columns are the author's.
    plain = [" "] * len(expression)
    for token in tokens:
        text = f"${token.text}" if token.kind == "name" else token.text
        plain[token.column - 1 : token.column - 1 + len(text)] = text
    try:
        return XLSFormParser().parse("".join(plain))
    except ElementPathError as error:
        raise _told(str(error), tokens) from None


def _told(error: str, tokens: list[_Token]) -> ConditionError:
    """What the parser found, in plain words."""
    found = re.search(r"column (\d+)", error)
    column = int(found.group(1)) if found else tokens[-1].column
    if sum((token.kind == "open") - (token.kind == "close") for token in tokens):
        return ConditionError(t("parentheses do not match: each `(` needs one `)`"), column)
    if "arguments" in error or "XPST0017" in error:
        name = next((token.text for token in tokens if token.column == column), t("a function"))
        return ConditionError(t("`{name}` has too few or too many arguments").format(name=name), column)
    return ConditionError(
        t("this is not an expression: an operator, a value or a comma is missing or too many"), column
    )
