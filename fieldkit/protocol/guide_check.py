"""What is unwise about a guide: items that serve nothing, conditions with slips, ways that are too long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fieldkit.protocol.comparisons import unknown_answers
from fieldkit.protocol.conditions import compile_condition
from fieldkit.protocol.guide import Guide
from fieldkit.protocol.items import GridItem, NoteItem, RepeatItem
from fieldkit.protocol.paths import Survey
from fieldkit.protocol.problems import Problem
from fieldkit.protocol.references import placed_items
from fieldkit.protocol.routing import dependencies
from fieldkit.protocol.source import Place, Source
from fieldkit.protocol.value_display import display_value

MOST_ASKED = 14
"""Items on one way through a guide; an interview of 45 minutes holds 12 to 14."""

MOST_OPEN = 10
"""Open items on one way."""


def guide_warnings(guide: Guide, source: Source, survey: Survey) -> Iterator[Problem]:
    """Find what is unwise about a guide that is right.

    Args:
        guide: a guide without errors.
        source: its file.
        survey: the ways through it.

    Yields:
        Warnings.
    """
    yield from _lengths(guide, source, survey)
    yield from _items(guide, source, survey)
    yield from _comparisons(guide, source)


def _lengths(guide: Guide, source: Source, survey: Survey) -> Iterator[Problem]:
    some = "a way through it takes" if survey.exact else "a way through it may take up to"
    when = _when(guide, survey.longest) if survey.exact else " (too many ways to try each)"
    if survey.minutes > guide.minutes:
        message = (
            f"{some} {survey.minutes:g} minutes{when}; it has {guide.minutes:g}: cut items or add conditions"
        )
        yield source.warning(("minutes",), message)
    if survey.open_items > MOST_OPEN:
        message = f"{some} {survey.open_items} open items; at most {MOST_OPEN} fit an interview: cut some"
        yield source.warning(("sections",), message)
    if survey.asked_items > MOST_ASKED:
        message = f"{some} {survey.asked_items} items; at most {MOST_ASKED} fit an interview: cut some"
        yield source.warning(("sections",), message)
    for n, section in enumerate(guide.sections):
        longest = survey.section_minutes[section.id]
        if section.minutes is not None and longest > section.minutes:
            message = f'section "{section.id}" takes up to {longest:g} minutes; it has {section.minutes:g}'
            yield source.warning(("sections", n, "minutes"), f"{message}: cut items or give it more")


def _when(guide: Guide, longest: dict[str, Any]) -> str:
    if not longest:
        return ""
    shown = [f"{name} = {_plain(guide, name, value)}" for name, value in longest.items()]
    return f" (with {', '.join(shown)})"


def _plain(guide: Guide, item_id: str, value: Any) -> str:
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return "+".join(value) or "none"
    return display_value(guide.item(item_id), value, guide.default_language)


def _items(guide: Guide, source: Source, survey: Survey) -> Iterator[Problem]:
    order = {item.id: n for n, item in enumerate(guide.items())}
    needed = dependencies(guide)
    for item, place in placed_items(guide):
        where = f'item "{item.id}"'
        serves = bool(item.evaluation_questions) or item.context or isinstance(item, NoteItem)
        if isinstance(item, RepeatItem):
            serves = serves or all(inner.evaluation_questions or inner.context for inner in item.items)
        elif (repeat := guide.repeat_of(item.id)) is not None:
            serves = serves or bool(repeat.evaluation_questions) or repeat.context
        if not serves:
            message = f"{where} serves no evaluation question: name one, or write `context: true`"
            yield source.warning(place, message)
        if item.context and item.evaluation_questions:
            yield source.warning(
                (*place, "context"), f"{where} serves evaluation questions: delete `context`"
            )
        if isinstance(item, GridItem) and item.release and item.cell not in ("percent", "number"):
            message = f"{where}: only totals of percentages and numbers are released: delete `release`"
            yield source.warning((*place, "release"), message)
        if item.id not in survey.reachable:
            yield source.warning(
                (*place, "relevant"), f"{where} is never asked: no answers fulfil its condition"
            )
        later = sorted(name for name in needed[item.id] if order[name] > order[item.id])
        if later:
            message = f"{where}: its condition names {', '.join(later)}, asked later: move it up"
            yield source.warning((*place, "relevant"), message)


def _comparisons(guide: Guide, source: Source) -> Iterator[Problem]:
    """Conditions that hold an answer against what it can never be: mostly a slip in a choice's id."""
    sections: list[tuple[str, str | None, Place, RepeatItem | None]] = [
        (f'section "{section.id}"', section.relevant, ("sections", n), None)
        for n, section in enumerate(guide.sections)
    ]
    items = [
        (f'item "{item.id}"', item.relevant, place, guide.repeat_of(item.id))
        for item, place in placed_items(guide)
    ]
    for where, relevant, place, repeat in sections + items:
        if relevant is None:
            continue
        for message in unknown_answers(guide, compile_condition(relevant).compared, repeat):
            yield source.warning((*place, "relevant"), f"{where}: in its condition {message}")
