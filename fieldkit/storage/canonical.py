"""Canonical JSON (RFC 8785): one value, one spelling, so that a hash of it is an identity.

orjson writes the same bytes many times faster wherever keys are ASCII (its order of keys is then the
standard's) and numbers are spelt alike; everything else goes through the `rfc8785` package.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import Any

import orjson
import rfc8785

from fieldkit.say import t
from fieldkit.storage.errors import NotStorable
from fieldkit.text import shortened

MAX_INT = 2**53 - 1
"""The greatest integer that every JSON reader keeps exactly."""

MAX_DEPTH = 100
"""How deep lists and mappings may be nested."""

_LEAST_PLAIN = 1e-4
_PLAIN_BELOW = 1e15
"""Fractions from the one to the other are spelt alike by orjson and the standard."""

_MANY = 10_000
"""A value of more containers is looked at one by one, as one that contains itself must be."""

_EXPONENT_FROM = 1e21
"""From here on the standard writes an exponent; a great float below it would read back as an integer."""

_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
_SIMPLE = frozenset({str, int, bool, type(None)})


class _Refused(Exception):
    """Why a value cannot be kept, and the steps to its place, gathered from inside out."""

    def __init__(self, reason: str, steps: list[object] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.steps: list[object] = steps or []

    def message(self) -> str:
        """Return the place and the reason as one line."""
        place = "/".join(str(step) for step in reversed(self.steps))
        return f"{place}: {self.reason}" if place else self.reason


def canonical(value: Any) -> bytes:
    """Return the canonical bytes of a JSON value; tuples count as lists.

    Args:
        value: made of dict (with str keys), list, tuple, str, int, float, bool and None.

    Returns:
        UTF-8 bytes.

    Raises:
        NotStorable: when the value cannot be kept exactly; the message names the place in it.
    """
    try:
        if _plain(value):
            return orjson.dumps(value, option=_OPTIONS)
    except (TypeError, _Refused):
        # What is refused is looked at below, where it is told with its place.
        pass
    try:
        _check(value, 0)
        return rfc8785.dumps(value)
    except _Refused as refused:
        raise NotStorable(refused.message()) from None
    except (TypeError, ValueError) as error:
        steps = _surrogate_steps(value)
        if steps is None:
            raise NotStorable(t("cannot be kept as JSON: {error}").format(error=error)) from error
        raise NotStorable(_Refused(t("half of a surrogate pair is no text"), steps).message()) from error


def _plain(value: Any) -> bool:
    """Tell whether orjson spells a value as the standard does, or refuses it.

    It runs on every write, so it goes through containers in one loop, without calling itself.
    """
    containers: list[Any] = [[value]]
    for container in containers:
        if len(containers) > _MANY:
            return False
        items = container
        if type(container) is dict:
            # Keys that are no text raise a TypeError here.
            if not "".join(container).isascii():
                return False
            items = container.values()
        for item in items:
            kind = type(item)
            if kind in _SIMPLE:
                continue
            if kind is dict or kind is list or kind is tuple:
                containers.append(item)
            elif kind is not float or not _LEAST_PLAIN <= abs(item) < _PLAIN_BELOW or item.is_integer():
                return False
    if len(containers) > MAX_DEPTH:
        _check(value, 0)
    return True


def _check(value: Any, depth: int) -> None:
    """Refuse what JSON cannot keep."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if kind is int:
        if not -MAX_INT <= value <= MAX_INT:
            raise _Refused(
                t("the integer {value} is too large to be kept exactly (limit 2^53 - 1)").format(
                    value=shortened(str(value), 40)
                )
            )
    elif kind is float:
        if not isfinite(value):
            raise _Refused(t("{value} is not a JSON number").format(value=value))
        if MAX_INT < abs(value) < _EXPONENT_FROM:
            raise _Refused(
                t("the number {value} is too large to be kept exactly (limit 2^53 - 1)").format(value=value)
            )
    elif depth > MAX_DEPTH:
        raise _Refused(t("nested more than {depth} deep").format(depth=MAX_DEPTH))
    elif kind is dict:
        for key in value:
            if type(key) is not str:
                raise _Refused(t("the key {key} is not text").format(key=repr(key)))
        _check_all(value.items(), depth + 1)
    elif kind is list or kind is tuple:
        _check_all(enumerate(value), depth + 1)
    else:
        raise _Refused(t("a value of type {kind} cannot be kept as JSON").format(kind=kind.__name__))


def _check_all(entries: Iterable[tuple[object, Any]], depth: int) -> None:
    for step, item in entries:
        try:
            _check(item, depth)
        except _Refused as refused:
            refused.steps.append(step)
            raise


def _surrogate_steps(value: Any) -> list[object] | None:
    """Find the first text that is not valid Unicode: the steps to it from inside out, or None."""
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            return []
        return None
    entries: Any = ()
    if isinstance(value, dict):
        for key in value:
            if _surrogate_steps(key) is not None:
                return [ascii(key)]
        entries = value.items()
    elif isinstance(value, list | tuple):
        entries = enumerate(value)
    for step, item in entries:
        steps = _surrogate_steps(item)
        if steps is not None:
            return [*steps, step]
    return None
