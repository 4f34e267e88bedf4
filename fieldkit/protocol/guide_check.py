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
from fieldkit.say import t

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
    if survey.minutes > guide.minutes:
        yield source.warning(("minutes",), _too_long(guide, survey))
    if survey.open_items > MOST_OPEN:
        told = (
            t("a way through it takes {n} open items; at most {most} fit an interview: cut some")
            if survey.exact
            else t(
                "a way through it may take up to {n} open items; at most {most} fit an interview: cut some"
            )
        )
        yield source.warning(("sections",), told.format(n=survey.open_items, most=MOST_OPEN))
    if survey.asked_items > MOST_ASKED:
        told = (
            t("a way through it takes {n} items; at most {most} fit an interview: cut some")
            if survey.exact
            else t("a way through it may take up to {n} items; at most {most} fit an interview: cut some")
        )
        yield source.warning(("sections",), told.format(n=survey.asked_items, most=MOST_ASKED))
    for n, section in enumerate(guide.sections):
        longest = survey.section_minutes[section.id]
        if section.minutes is not None and longest > section.minutes:
            told = t(
                'section "{section}" takes up to {longest} minutes; it has {minutes}: '
                "cut items or give it more"
            )
            yield source.warning(
                ("sections", n, "minutes"),
                told.format(section=section.id, longest=f"{longest:g}", minutes=f"{section.minutes:g}"),
            )


def _too_long(guide: Guide, survey: Survey) -> str:
    shown = [f"{name} = {_plain(guide, name, value)}" for name, value in survey.longest.items()]
    if not survey.exact:
        told = t(
            "a way through it may take up to {longest} minutes (too many ways to try each); "
            "it has {minutes}: cut items or add conditions"
        )
    elif shown:
        told = t(
            "a way through it takes {longest} minutes (with {answers}); "
            "it has {minutes}: cut items or add conditions"
        )
    else:
        told = t("a way through it takes {longest} minutes; it has {minutes}: cut items or add conditions")
    longest, minutes = f"{survey.minutes:g}", f"{guide.minutes:g}"
    return told.format(longest=longest, minutes=minutes, answers=", ".join(shown))


def _plain(guide: Guide, item_id: str, value: Any) -> str:
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return "+".join(value) or t("none")
    return display_value(guide.item(item_id), value, guide.default_language)


def _items(guide: Guide, source: Source, survey: Survey) -> Iterator[Problem]:
    order = {item.id: n for n, item in enumerate(guide.items())}
    needed = dependencies(guide)
    for item, place in placed_items(guide):
        where = t('item "{item}"').format(item=item.id)
        serves = bool(item.evaluation_questions) or item.context or isinstance(item, NoteItem)
        if isinstance(item, RepeatItem):
            serves = serves or all(inner.evaluation_questions or inner.context for inner in item.items)
        elif (repeat := guide.repeat_of(item.id)) is not None:
            serves = serves or bool(repeat.evaluation_questions) or repeat.context
        if not serves:
            message = t("{where} serves no evaluation question: name one, or write `context: true`").format(
                where=where
            )
            yield source.warning(place, message)
        if item.context and item.evaluation_questions:
            yield source.warning(
                (*place, "context"),
                t("{where} serves evaluation questions: delete `context`").format(where=where),
            )
        if isinstance(item, GridItem) and item.release and item.cell not in ("percent", "number"):
            told = t("{where}: only totals of percentages and numbers are released: delete `release`")
            yield source.warning((*place, "release"), told.format(where=where))
        if item.id not in survey.reachable:
            yield source.warning(
                (*place, "relevant"),
                t("{where} is never asked: no answers fulfil its condition").format(where=where),
            )
        later = sorted(name for name in needed[item.id] if order[name] > order[item.id])
        if later:
            message = t("{where}: its condition names {later}, asked later: move it up").format(
                where=where, later=", ".join(later)
            )
            yield source.warning((*place, "relevant"), message)


def _comparisons(guide: Guide, source: Source) -> Iterator[Problem]:
    """Conditions that hold an answer against what it can never be: mostly a slip in a choice's id."""
    sections: list[tuple[str, str | None, Place, RepeatItem | None]] = [
        (t('section "{section}"').format(section=section.id), section.relevant, ("sections", n), None)
        for n, section in enumerate(guide.sections)
    ]
    items = [
        (t('item "{item}"').format(item=item.id), item.relevant, place, guide.repeat_of(item.id))
        for item, place in placed_items(guide)
    ]
    for where, relevant, place, repeat in sections + items:
        if relevant is None:
            continue
        for message in unknown_answers(guide, compile_condition(relevant).compared, repeat):
            yield source.warning(
                (*place, "relevant"),
                t("{where}: in its condition {message}").format(where=where, message=message),
            )
