"""The functions that a condition may call, as forms have them.

See https://docs.getodk.org/form-operators-functions/; no argument makes one of them raise.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from typing import Any

from fieldkit.protocol.form_values import EPOCH, Value, as_days, as_number, as_text, as_truth, is_year
from fieldkit.say import t

# What the pattern's own characters are: escapes and sets of characters repeat and choose nothing.
_LITERAL = re.compile(r"\\[^1-9]|\[\^?\]?(?:\\.|[^\]\\])*\]")

# Repeats of repeats, and many repeats or choices side by side, can take for ever on the wrong text.
_REGEX_SUBJECT_LIMIT = 200
_REPEATED_GROUP = re.compile(r"\)[*+?{]")
_REPEAT = re.compile(r"(?<!\()[*+?{]")
_REPEAT_LIMIT = 3
_CHOICE_LIMIT = 20
_BEYOND_FORMS = re.compile(r"\(\?(?!:)|\\[1-9]")

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def regex_fault(pattern: str) -> str | None:
    """Why a pattern of `regex()` is refused; None where it is fine."""
    signs = _LITERAL.sub(".", pattern)
    if _REPEATED_GROUP.search(signs) or len(_REPEAT.findall(signs)) > _REPEAT_LIMIT:
        return t("regex: repeat single characters only, at most {repeat_limit} times in a pattern").format(
            repeat_limit=_REPEAT_LIMIT
        )
    if signs.count("|") > _CHOICE_LIMIT or ("|" in signs and signs.count("(") > 1):
        return t("regex: choose with | in one place only, among at most {n}").format(n=_CHOICE_LIMIT + 1)
    if _BEYOND_FORMS.search(signs):
        return t("regex: groups that look around or are named again are not read: write them out")
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return t("regex: this is not a regular expression")
    return None


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
        if is_year(value):
            return f"{value}-01-01"
        return value[:10] if as_days(value) is not None else ""
    days = as_number(value)
    ordinal = EPOCH + days
    if math.isnan(days) or not 1 <= ordinal <= datetime.date.max.toordinal():
        return ""
    return datetime.date.fromordinal(int(ordinal)).isoformat()


def _extreme(choose: Callable[[list[float]], float], values: tuple[Any, ...]) -> float:
    numbers = [number for value in values if not math.isnan(number := as_number(value))]
    return choose(numbers) if numbers else math.nan


def _calculated(work: Callable[..., float], *values: Any) -> float:
    """What a calculation comes to: beyond all numbers where it overflows, no number where undefined."""
    numbers = [as_number(value) for value in values]
    try:
        return float(work(*numbers))
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


def _power(number: float, power: float) -> float:
    if number == 0 and power < 0:
        return math.inf
    try:
        return math.pow(number, power)
    except OverflowError:
        # Only an odd power of a number below zero is below zero.
        return -math.inf if number < 0 and power % 2 == 1 else math.inf


def _logarithm(work: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else work(number)


def _translate(text: Any, before: Any, after: Any) -> str:
    new = as_text(after)
    table: dict[int, str | None] = {}
    for place, character in enumerate(as_text(before)):
        table.setdefault(ord(character), new[place] if place < len(new) else None)
    return as_text(text).translate(table)


def _substring_after(text: Any, part: Any) -> str:
    return as_text(text).partition(as_text(part))[2]


def _substring_before(text: Any, part: Any) -> str:
    before, found, _ = as_text(text).partition(as_text(part)) if as_text(part) else ("", "", "")
    return before if found else ""


def _format(value: Any, form: Any, *, times: bool) -> str:
    day = _date(value)
    if not day:
        return ""
    date = datetime.date.fromisoformat(day)
    days = as_number(value)
    # To the millisecond: seconds are kept as a part of a day, and come back a little off.
    moment = datetime.timedelta(milliseconds=round((days - math.floor(days)) * 86_400_000))
    hours, rest = divmod(moment // datetime.timedelta(milliseconds=1), 3_600_000)
    parts = {
        "%Y": f"{date.year:04}", "%y": f"{date.year % 100:02}",
        "%m": f"{date.month:02}", "%n": f"{date.month}", "%b": _MONTHS[date.month - 1],
        "%d": f"{date.day:02}", "%e": f"{date.day}", "%a": _DAYS[date.weekday()],
    }  # fmt: skip
    if times:
        parts |= {
            "%H": f"{hours:02}", "%h": f"{hours}", "%M": f"{rest // 60_000:02}",
            "%S": f"{rest // 1000 % 60:02}", "%3": f"{rest % 1000:03}",
        }  # fmt: skip
    return re.sub("%.", lambda found: parts.get(found.group(), found.group()), as_text(form))


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
    "format-date": (2, lambda value, form: _format(value, form, times=False)),
    "format-date-time": (2, lambda value, form: _format(value, form, times=True)),
    "pow": (2, lambda number, power: _calculated(_power, number, power)),
    "exp": (1, lambda power: _calculated(math.exp, power)),
    "exp10": (1, lambda power: _calculated(_power, 10.0, power)),
    "log": (1, lambda number: _calculated(_logarithm(math.log), number)),
    "log10": (1, lambda number: _calculated(_logarithm(math.log10), number)),
    "sqrt": (1, lambda number: _calculated(math.sqrt, number)),
    "pi": (0, lambda: math.pi),
    "translate": (3, _translate),
    "substring-before": (2, _substring_before),
    "substring-after": (2, _substring_after),
    "join": ((2, None), lambda between, *values: as_text(between).join(map(as_text, values))),
    # Outside repeats, where conditions look, each item is there once whatever was answered.
    "count": (_MANY, lambda *values: float(len(values))),
    # A condition's item has no value of its own that once() could keep.
    "once": (1, lambda value: value),
    "boolean-from-string": (1, lambda value: as_text(value).lower() in ("true", "1")),
}
"""Each function of a condition: how many arguments it takes, and what it does."""
