"""The longest way through a guide, over all answers that its conditions can tell apart.

Items that share no condition cannot influence each other. So the guide falls into components, and
the most minutes of the whole are the most of each added up; only within a component are answers
tried together.
"""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldkit.protocol.conditions import LENGTH_LIMIT, Condition, compile_condition
from fieldkit.protocol.guide import Guide
from fieldkit.protocol.items import (
    Choice,
    DateItem,
    GridItem,
    Item,
    MultipleItem,
    NumberItem,
    PercentItem,
    RankItem,
    RepeatItem,
    ScaleItem,
    SingleItem,
    TextItem,
    YearItem,
)
from fieldkit.protocol.routing import Key, dependencies, relevance

ASSIGNMENT_LIMIT = 4_000
"""Most combinations of answers tried in one component."""

STEP_LIMIT = 50_000
"""Most items looked at in all, over all combinations tried; the shipped guides take 2,200 at most."""

_SECTION = "section "

# What these make of an answer tells nothing about which answers to try.
_NOT_TRIED = {
    "regex", "translate", "join", "substring-before", "substring-after", "format-date", "format-date-time",
    "pow", "exp", "exp10", "log", "log10", "sqrt",
}  # fmt: skip


@dataclass
class Survey:
    """What can happen on the ways through a guide.

    Attributes:
        minutes: the most that any way takes.
        open_items: the most open items on any way; in a repeat, once for each instance.
        asked_items: the most items on any way; a repeat counts once.
        section_minutes: by section id, the most that any way takes in it.
        reachable: ids of the items that some way asks.
        exact: False where there are too many ways to try: the numbers are then upper bounds.
        longest: answers that lead to the most minutes, for those items that decide.
    """

    minutes: float = 0.0
    open_items: int = 0
    asked_items: int = 0
    section_minutes: dict[str, float] = field(default_factory=dict)
    reachable: set[str] = field(default_factory=set)
    exact: bool = True
    longest: dict[str, Any] = field(default_factory=dict)


def survey_paths(guide: Guide, known: Mapping[str, Any] | None = None) -> Survey:
    """Find the longest ways through a guide.

    Args:
        guide: a guide without errors.
        known: item id to its answer, where only ways with that answer count.

    Returns:
        The survey. A fixed repeat counts its instances, an open one counts one, and one over the
        choices of an item counts those that the tried answers select.
    """
    survey = Survey()
    totals: dict[str, float] = {}
    needed = dependencies(guide)
    conditions = list(_conditions(guide))
    literals: set[str] = set().union(*(condition.literals for condition in conditions))
    looked_at = 0
    for component in _components(guide, needed):
        deciding = _deciding(guide, component, needed)
        candidates = {}
        if triable := _can_be_tried(deciding, conditions, literals):
            candidates = {item_id: _candidates(guide, item_id, conditions, literals) for item_id in deciding}
            candidates |= {
                item_id: [answer] for item_id, answer in (known or {}).items() if item_id in deciding
            }
        count = math.prod(len(values) for values in candidates.values())
        looked_at += count * len(guide.items()) if deciding else 0
        if not triable or count > ASSIGNMENT_LIMIT or looked_at > STEP_LIMIT:
            survey.exact = False
            best = _everything(guide, component, survey)
        else:
            best = _best(guide, component, candidates, survey)
        for measure, most in best.items():
            totals[measure] = totals.get(measure, 0) + most
    survey.minutes = round(totals.get("minutes", 0.0), 6)
    survey.open_items = int(totals.get("open", 0))
    survey.asked_items = int(totals.get("asked", 0))
    survey.section_minutes = {s.id: round(totals.get(_SECTION + s.id, 0.0), 6) for s in guide.sections}
    return survey


def _components(guide: Guide, needed: dict[str, set[str]]) -> list[set[str]]:
    """Sets of items linked by conditions, and one of all those that no condition links."""
    linked = {item_id for item_id, names in needed.items() if names}.union(*needed.values())
    group: dict[str, set[str]] = {item_id: {item_id} for item_id in linked}
    for item_id in linked:
        for name in needed[item_id]:
            if group[name] is group[item_id]:
                continue
            merged = group[name] | group[item_id]
            for member in merged:
                group[member] = merged
    free = {item.id for item in guide.items()} - linked
    return [free, *{id(members): members for members in group.values()}.values()]


def _deciding(guide: Guide, component: set[str], needed: dict[str, set[str]]) -> list[str]:
    """The items of a component whose answers decide about others, in the guide's order."""
    named: set[str] = set().union(*(needed[item_id] for item_id in component))
    return [item.id for item in guide.items() if item.id in named]


def _best(
    guide: Guide, component: set[str], candidates: dict[str, list[Any]], survey: Survey
) -> dict[str, float]:
    """The most of each measure over all assignments of a component's deciding items."""
    best: dict[str, float] = {}
    for values in itertools.product(*candidates.values()):
        assigned = dict(zip(candidates, values, strict=True))
        measures = _measure(guide, component, assigned, survey)
        if assigned and measures["minutes"] > best.get("minutes", 0.0):
            longest = {name: value for name, value in assigned.items() if value is not None}
            survey.longest = {k: v for k, v in survey.longest.items() if k not in assigned} | longest
        for measure, amount in measures.items():
            best[measure] = max(best.get(measure, 0.0), amount)
    return best


def _measure(guide: Guide, component: set[str], assigned: dict[str, Any], survey: Survey) -> dict[str, float]:
    """Minutes and counts of a component's items under one assignment."""
    answers: dict[Key, Any] = {}
    for item_id, value in assigned.items():
        for instance in _instance_ids(guide, item_id):
            answers[item_id, instance] = value
    measures = {"minutes": 0.0, "open": 0.0, "asked": 0.0}
    for step in relevance(guide, answers).relevant:
        if step.item.id not in component:
            continue
        survey.reachable.add(step.item.id)
        _count(measures, step.item, step.section.id, top=step.instance_id is None, times=1)
    return measures


def _everything(guide: Guide, component: set[str], survey: Survey) -> dict[str, float]:
    """The sum over all items of a component, whatever its conditions: an upper bound."""
    measures = {"minutes": 0.0, "open": 0.0, "asked": 0.0}
    survey.reachable |= component
    for item_id in component:
        repeat = guide.repeat_of(item_id)
        times = len(_instance_ids(guide, item_id))
        if repeat is not None and repeat.for_each is not None:
            source = guide.item(repeat.for_each)
            times = len(source.choices) + source.other if isinstance(source, MultipleItem) else 1
        section = guide.section_of(item_id).id
        _count(measures, guide.item(item_id), section, top=repeat is None, times=times)
    return measures


def _count(measures: dict[str, float], item: Item, section: str, *, top: bool, times: int) -> None:
    measures["minutes"] += item.minutes * times
    measures[_SECTION + section] = measures.get(_SECTION + section, 0.0) + item.minutes * times
    measures["open"] += times if item.type == "text" else 0
    measures["asked"] += 1 if top else 0


def _instance_ids(guide: Guide, item_id: str) -> list[str | None]:
    repeat = guide.repeat_of(item_id)
    if repeat is None:
        return [None]
    if repeat.for_each is not None:
        source = guide.item(repeat.for_each)
        return [choice.id for choice in source.choices] if isinstance(source, MultipleItem) else []
    return [choice.id for choice in repeat.instances] or ["1"]


def _conditions(guide: Guide) -> Iterator[Condition]:
    for holder in (*guide.sections, *guide.items()):
        if holder.relevant is not None:
            yield compile_condition(holder.relevant)


def _can_be_tried(deciding: list[str], conditions: list[Condition], literals: set[str]) -> bool:
    """Whether the values that some items can be told apart by are known, and not too many."""
    if not deciding:
        return True
    hidden = any(each.functions & _NOT_TRIED and not each.names.isdisjoint(deciding) for each in conditions)
    return not hidden and len(literals) <= ASSIGNMENT_LIMIT


def _candidates(guide: Guide, item_id: str, conditions: list[Condition], literals: set[str]) -> list[Any]:
    """Values of an item that the guide's conditions can tell apart; the first is no answer."""
    item = guide.item(item_id)
    naming = [condition for condition in conditions if item_id in condition.names]
    if isinstance(item, SingleItem):
        return [None, *(choice.id for choice in item.choices), *([{"other": "-"}] if item.other else [])]
    if isinstance(item, MultipleItem):
        counted = any(condition.functions & {"count-selected", "selected-at"} for condition in naming)
        repeated = any(isinstance(r, RepeatItem) and r.for_each == item_id for r in guide.items())
        selections = _selections(item.choices, literals, counted or repeated, item.other)
        # One more than can be tried tells as well that they are too many.
        return [None, *itertools.islice(selections, ASSIGNMENT_LIMIT)]
    if isinstance(item, ScaleItem):
        return [None, *(point.value for point in item.scale)]
    if isinstance(item, RankItem):
        return [None, [], [[choice.id] for choice in item.choices]]
    if isinstance(item, GridItem):
        cells = item.scale[-1].value if item.scale else item.choices[0].id if item.choices else 1
        cell = {"low": 1, "high": 1, "estimate": False} if item.cell == "percent" else cells
        return [None, {row.id: cell for row in item.rows}]
    if isinstance(item, TextItem):
        # A condition can ask what was noted, and how long it is.
        lengths = [int(number) for number in _numbers(literals) if 0 < number < LENGTH_LIMIT]
        return [None, *sorted(literals), *("x" * length for length in lengths)]
    if isinstance(item, DateItem):
        return [None, *_dates(literals)]
    numbers = _numbers(literals)
    if isinstance(item, PercentItem):
        return [None, *({"low": n, "high": n, "estimate": False} for n in numbers if 0 <= n <= 100)]
    return [None, *numbers] if isinstance(item, NumberItem | YearItem) else [None]


def _selections(choices: list[Choice], literals: set[str], counted: bool, other: bool) -> Iterator[list[Any]]:
    """Selections that differ in what conditions name, and in how many others are selected."""
    named: list[Any] = [choice.id for choice in choices if choice.id in literals]
    unnamed: list[Any] = [choice.id for choice in choices if choice.id not in literals]
    if other:
        (named if "other" in literals else unnamed).append({"other": "-"})
    most = len(unnamed) if counted else min(1, len(unnamed))
    for flags in itertools.product((False, True), repeat=min(len(named), 12)):
        chosen = [choice for choice, flag in zip(named, flags, strict=False) if flag]
        for more in range(most + 1):
            yield [*chosen, *unnamed[:more]]


def _numbers(literals: set[str]) -> list[float]:
    """Each number that a condition names, and those just around it."""
    named = {float(text) for text in literals if text.replace(".", "", 1).isdecimal()} or {0.0}
    return sorted({near for number in named for near in (number - 1, number, number + 1)})


def _dates(literals: set[str]) -> list[str]:
    """Each date or year that a condition names, and those just around it."""
    found = {"2000-01-01"}
    for text in literals:
        if len(text) == 4 and text.isdecimal() and 2 <= int(text) <= 9998:
            found |= {f"{int(text) + step:04}" for step in (-1, 0, 1)}
        try:
            day = datetime.date.fromisoformat(text)
            found |= {(day + datetime.timedelta(days=step)).isoformat() for step in (-1, 0, 1)}
        except (ValueError, OverflowError):
            continue
    return sorted(found)
