"""What an interview held line by line says: one thing a line, so that it reads well aloud."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fieldkit.protocol.framework import Framework
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
    ScaleItem,
    ScalePoint,
    SingleItem,
    YearItem,
)
from fieldkit.protocol.values import display_value
from fieldkit.records.responses import NO_ATTRIBUTION
from fieldkit.say import t, tn
from fieldkit.study.answers import Answer
from fieldkit.study.closing import asked_steps, closing
from fieldkit.study.conduct import Conduct
from fieldkit.study.memo import MEMO
from fieldkit.study.pace import priority_minutes_left
from fieldkit.study.recovered import Recovered
from fieldkit.study.steps import StepView
from fieldkit.text import shortened, visible_line

_RECOVERED_SHOWN: Final = 200
"""Characters of recovered words that are told without being asked for."""


def item_lines(conduct: Conduct, step: StepView, total: int) -> list[str]:
    """An item as it is read out, what can be given as its value, its probes, and what is noted already."""
    language = conduct.language
    lines = [
        t("Item {number} of {total}. Section: {section}.").format(
            number=step.number, total=total, section=step.section.title.get(language)
        )
    ]
    if step.person is not None:
        lines.append(t("For {person}.").format(person=step.person))
    if not step.relevant:
        lines.append(t("A condition hides this item; what is noted is kept all the same."))
    lines += step.fill(step.item.text, language).splitlines()
    lines += value_lines(step.item, language)
    lines += [
        t("Probe {number}: {text}").format(number=number, text=step.fill(probe.text, language))
        for number, probe in enumerate(step.item.probes, start=1)
    ]
    return [*lines, *_noted(step.item, conduct.answer(step.key), language)]


def value_lines(item: Item, language: str) -> list[str]:
    """What can be given as an item's value, and how it is written; nothing where it has none."""
    if isinstance(item, ScaleItem):
        return [*_points(item.scale, language), t("Write for instance: {line}").format(line=".v 3")]
    if isinstance(item, SingleItem | MultipleItem):
        several = isinstance(item, MultipleItem)
        other = [t("Also: other: and words of one's own")] if item.other else []
        how = t("Write for instance: {line}").format(line=".v 2")
        if several:
            how = t("Several can be chosen. Write for instance: {line}").format(line=".v 1,3")
        return [*_choices(item.choices, language), *other, how]
    if isinstance(item, RankItem):
        how = t("To be put in order. Write for instance: .v 2>1=3, or .v none")
        return [*_choices(item.choices, language), how]
    if isinstance(item, GridItem):
        return [*_choices(item.rows, language), *_cells(item, language)]
    if isinstance(item, PercentItem):
        return [t("A percentage. Write for instance: .v 12, .v 10-15 or .v ~12")]
    if isinstance(item, NumberItem):
        return [t("A number. Write for instance: .v 1200")]
    if isinstance(item, YearItem):
        return [t("A year. Write for instance: .v 1991")]
    if isinstance(item, DateItem):
        return [t("A date or a year. Write for instance: .v 2005-06-30")]
    return []


def memo_lines(conduct: Conduct) -> list[str]:
    """The interviewer's memo so far, and how it is written."""
    written = [str(paragraph.get("text", "")) for paragraph in conduct.answer(MEMO).paragraphs]
    how = t("Your own memo on the interview. Every line is kept in it until a command comes, such as .close.")
    return [how, *written]


def recovered_lines(found: Sequence[Recovered], *, whole: bool) -> list[str]:
    """What a crash had left in the draft.

    Args:
        found: what was recovered when the interview was opened.
        whole: whether all words are read, and it is said where there are none; else how they begin.
    """
    if not found:
        return [t("Nothing had to be recovered when this interview was opened.")] if whole else []
    told = tn(
        "Recovered what was typed before the last stop, in {n} items.",
        "Recovered what was typed before the last stop, in {n} items.",
        len(found),
    )
    lines = [told.format(n=len(found))]
    for each in found:
        words = each.words if whole else shortened(" ".join(each.words.split()), _RECOVERED_SHOWN)
        place = t("Memo") if each.number is None else str(each.number)
        parts = words.splitlines() or [""]
        lines += [t("Recovered, {place}: {words}").format(place=place, words=part) for part in parts]
    return lines


def aside_lines(conduct: Conduct, step: StepView, framework: Framework | None) -> list[str]:
    """What stands beside an item for the interviewer: hint, evaluation questions, indicators, cards."""
    item, language = step.item, conduct.language
    lines = []
    if item.hint is not None:
        lines.append(t("Hint: {text}").format(text=step.fill(item.hint, language)))
    takes = t("Takes {n} minutes, priority.") if item.priority else t("Takes {n} minutes.")
    lines.append(takes.format(n=f"{item.minutes:g}"))
    for question in conduct.guide.questions_of(item.id):
        if framework is None or not framework.has_question(question):
            continue
        asked = framework.question(question)
        told = t("Evaluation question {id}: {text}")
        lines.append(told.format(id=question, text=asked.text.get(language)))
        for indicator in asked.indicators:
            if indicator.id in item.indicators:
                lines.append(t("Indicator: {text}").format(text=indicator.text.get(language)))
    for card in item.show_cards:
        lines += _card(conduct.guide, card, language)
    return lines


def reminder(conduct: Conduct) -> str | None:
    """The one thing that matters most beside the item, or None."""
    gaps = closing(conduct)
    if gaps.refused:
        told = t("{codes} did not agree to take part: note nothing of what is said.")
        return told.format(codes=", ".join(gaps.refused))
    if gaps.no_consent:
        told = t("Consent not recorded: {codes}. Line .g 0 asks for it.")
        return told.format(codes=", ".join(gaps.no_consent))
    left = conduct.minutes_planned - conduct.elapsed_s() / 60
    needed = sum(step.item.minutes for step in gaps.priority)
    if conduct.interview.sittings and gaps.priority and left < needed:
        numbers = ", ".join(str(step.number) for step in gaps.priority)
        told = t("{left} minutes left; open priority items {numbers} need {needed}.")
        return told.format(left=max(0, int(left)), numbers=numbers, needed=f"{needed:g}")
    return None


def standing_lines(conduct: Conduct) -> list[str]:
    """How far the interview is, and how safe the words are."""
    asked = asked_steps(conduct)
    done, total = sum(step.done for step in asked), len(asked)
    codes = " ".join(respondent.code for respondent in conduct.respondents)
    return [
        t("Respondent: {codes}").format(codes=codes),
        t("Interview: {state}").format(state=t(conduct.interview.state)),
        t("Done: {done} of {total} items").format(done=done, total=total),
        t("Held for {lasted} of {planned} minutes").format(
            lasted=f"{conduct.elapsed_s() / 60:.0f}", planned=f"{conduct.minutes_planned:g}"
        ),
        t("Open priority items need {n} minutes").format(n=f"{priority_minutes_left(conduct):g}"),
        t("Language of the items: {language}").format(language=conduct.language),
        safety(conduct),
    ]


def safety(conduct: Conduct) -> str:
    """Whether what was typed is on disk, and if not why."""
    if conduct.failure is not None:
        told = t("NOT SAVED: {why}. The words stay here, and saving is tried again.")
        return told.format(why=conduct.failure)
    return t("saved") if conduct.saved in ("saved", "drafted") else t("not saved yet")


def unkept_lines(conduct: Conduct) -> list[str]:
    """All words that are nowhere but in memory, so that they stand at least on the screen."""
    return [
        t("NOT SAVED, item {item}: {text}").format(
            item=answer.key.item, text=visible_line(str(paragraph.get("text", "")))
        )
        for answer in conduct.unkept()
        for paragraph in answer.paragraphs
    ]


def _noted(item: Item, answer: Answer, language: str) -> list[str]:
    lines = []
    if answer.value is not None:
        lines.append(t("Value so far: {value}").format(value=display_value(item, answer.value, language)))
    if answer.disposition is not None:
        lines.append(t("Outcome so far: {outcome}").format(outcome=t(answer.disposition)))
    numbers = {probe.id: number for number, probe in enumerate(item.probes, start=1)}
    lines += [
        t("Probe {number} is ticked").format(number=numbers[probe])
        for probe in answer.probes
        if probe in numbers
    ]
    for paragraph in answer.paragraphs:
        kind = t(str(paragraph.get("kind", "paraphrase")))
        told = t("Noted, {kind}: {text}")
        if paragraph.get("attribution") == NO_ATTRIBUTION:
            told = t("Noted, {kind}, not for attribution: {text}")
        lines.append(told.format(kind=kind, text=paragraph.get("text", "")))
    return lines


def _choices(choices: Sequence[Choice], language: str) -> list[str]:
    return [f"{number} {choice.text.get(language)}" for number, choice in enumerate(choices, start=1)]


def _points(scale: Sequence[ScalePoint], language: str) -> list[str]:
    return [f"{point.value} {point.text.get(language)}" for point in scale]


def _cells(item: GridItem, language: str) -> list[str]:
    """What each row of a grid is answered with."""
    if item.cell == "scale":
        each, example = _points(item.scale, language), "1=3;2=4"
    elif item.cell == "single":
        each, example = _choices(item.choices, language), "1=2;2=1"
    elif item.cell == "percent":
        each, example = [t("a percentage")], "1=10-15;2=~12"
    else:
        each, example = [t("a number")], "1=40;2=25"
    return [
        t("For each of these:"),
        *each,
        t("Write for instance: {line}").format(line=f".v {example}"),
    ]


def _card(guide: Guide, card_id: str, language: str) -> list[str]:
    card = guide.show_card(card_id)
    heads = [column.get(language) for column in card.columns]
    lines = [t("Card: {title}").format(title=card.title.get(language))]
    for row in card.cells(language):
        named = [f"{head}: {cell}" if head else cell for head, cell in zip(heads, row, strict=False)]
        lines.append("; ".join(named))
    return [*lines, card.note.get(language)] if card.note is not None else lines
