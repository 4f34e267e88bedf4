"""Value, outcome, probes and kind of the item that is asked, each given by a command and told in a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from fieldkit.cli.plain.show import value_lines
from fieldkit.protocol.values import BadValue, display_value, parse_value, soft_warnings
from fieldkit.records.responses import NO_ATTRIBUTION, ResponseKey
from fieldkit.records.vocabulary import (
    COVERED,
    DISPOSITIONS,
    NOT_ASKED_REASONS,
    OUTCOME_DIGITS,
    PARAGRAPH_KINDS,
    match_word,
)
from fieldkit.say import t
from fieldkit.study.conduct import Conduct
from fieldkit.study.errors import without_place
from fieldkit.study.links import link, unlink
from fieldkit.study.steps import StepView

TAKE_BACK: Final = "-"
"""In place of a value: take the value back."""

_SPOKEN: Final = ("8", "9")
"""Digits that say an outcome where they are no value: don't know, not applicable."""


class Told(NamedTuple):
    """What is told of a command.

    Attributes:
        lines: what to say, a line each.
        noted: whether something was noted by it.
    """

    lines: list[str]
    noted: bool = False


def give_value(conduct: Conduct, step: StepView, typed: str) -> Told:
    """Give an item its value as it was typed; alone, say what can be given.

    Returns:
        What is told of it.
    """
    item = step.item
    if not typed:
        return Told(value_lines(item, conduct.language) or [t("This item has no value, only notes.")])
    if typed == TAKE_BACK:
        conduct.set_value(step.key, None)
        return Told([t("Value taken back.")], noted=True)
    try:
        value = parse_value(item, typed, conduct.language)
    except BadValue as error:
        if typed in _SPOKEN and value_lines(item, conduct.language):
            return say_outcome(conduct, step, typed)
        return Told([t("Not taken: {why}").format(why=without_place(str(error), item.id))])
    conduct.set_value(step.key, value)
    shown = display_value(item, value, conduct.language)
    return Told([t("Value: {value}").format(value=shown), *soft_warnings(item, value)], noted=True)


def say_outcome(conduct: Conduct, step: StepView, typed: str) -> Told:
    """Say what became of an item, by digit or word, with a reason after it; alone, which outcomes there are.

    Returns:
        What is told of it.
    """
    if not typed:
        none = t("none of these any more")
        told = [f"{digit} {t(outcome) if outcome else none}" for digit, outcome in OUTCOME_DIGITS.items()]
        return Told([*told, t("Write for instance: .t 4, or with a reason: .t 1 time")])
    digit, _, reason = typed.partition(" ")
    outcome: str | None
    if digit in OUTCOME_DIGITS:
        outcome = OUTCOME_DIGITS[digit]
    else:
        outcome, reason = meant(typed, DISPOSITIONS), ""
        if outcome is None:
            told = [t("Not taken: {typed} is no outcome; .t alone tells which there are.")]
            return Told([told[0].format(typed=typed)])
    why = reason.strip() or None
    if outcome == "not asked" and why is not None:
        why = meant(why, NOT_ASKED_REASONS) or why
    before = conduct.answer(step.key).value
    if conduct.answer(step.key).reason is not None:
        unlink(conduct, step.key)
    if outcome == COVERED and why is not None and why.isdigit():
        return _cover(conduct, step, why)
    conduct.set_disposition(step.key, outcome, why if outcome is not None else None)
    if not outcome:
        told = [t("Outcome taken back.")]
    elif why:
        told = [t("Outcome: {outcome}, {reason}").format(outcome=t(outcome), reason=_said(why))]
    else:
        told = [t("Outcome: {outcome}").format(outcome=t(outcome))]
    if before is not None and conduct.answer(step.key).value is None:
        shown = display_value(step.item, before, conduct.language)
        told.append(t("The value is put aside, .t 0 brings it back: {value}").format(value=shown))
    if outcome == COVERED and why is None:
        told.append(t("To say where it is covered, write the item's number: {line}").format(line=".t 3 9"))
    return Told(told, noted=True)


def tick_probe(conduct: Conduct, step: StepView, typed: str) -> Told:
    """Tick a probe by its number, or take the tick back; alone, the next one that is not ticked.

    Returns:
        What is told of it.
    """
    probes, used = step.item.probes, conduct.answer(step.key).probes
    if not probes:
        return Told([t("This item has no probes.")])
    if typed:
        number = int(typed) if typed.isdigit() else 0
        if not 1 <= number <= len(probes):
            return Told([t("Not taken: the probes are numbered 1 to {n}.").format(n=len(probes))])
    else:
        free = [at for at, probe in enumerate(probes, start=1) if probe.id not in used]
        if not free:
            return Told([t("All probes are ticked.")])
        number = free[0]
    probe = probes[number - 1]
    conduct.toggle_probe(step.key, probe.id)
    ticked = probe.id in conduct.answer(step.key).probes
    text = step.fill(probe.text, conduct.language)
    told = t("Probe {number} ticked: {text}") if ticked else t("Probe {number} is not ticked any more.")
    return Told([told.format(number=number, text=text)], noted=True)


def change_kind(conduct: Conduct, step: StepView, typed: str) -> Told:
    """Say of what kind the last paragraph is; alone, the next kind after the one it has.

    Returns:
        What is told of it.
    """
    paragraphs = [dict(paragraph) for paragraph in conduct.answer(step.key).paragraphs]
    if not paragraphs:
        return Told([t("Nothing is noted here yet.")])
    kind = _next_kind(str(paragraphs[-1].get("kind"))) if not typed else meant(typed, PARAGRAPH_KINDS)
    if kind is None:
        kinds = ", ".join(map(t, PARAGRAPH_KINDS))
        return Told([t("Not taken: the kinds are {kinds}.").format(kinds=kinds)])
    paragraphs[-1]["kind"] = kind
    conduct.type_notes(step.key, paragraphs)
    conduct.autosave()
    return Told([t("The last paragraph: {kind}").format(kind=t(kind))], noted=True)


def change_attribution(conduct: Conduct, step: StepView, typed: str) -> Told:
    """Let the last paragraph be analysed and never quoted, or quoted again.

    Returns:
        What is told of it.
    """
    paragraphs = conduct.answer(step.key).paragraphs
    if not paragraphs:
        return Told([t("Nothing is noted here yet.")])
    if paragraphs[-1].get("attribution") == NO_ATTRIBUTION:
        kept = {name: said for name, said in paragraphs[-1].items() if name != "attribution"}
        conduct.type_notes(step.key, [*paragraphs[:-1], kept])
        told = t("The last paragraph may be quoted again, as its kind allows.")
    else:
        not_for_attribution(conduct, step.key, len(paragraphs) - 1)
        told = t("The last paragraph is not for attribution: analysed, never quoted.")
    conduct.autosave()
    return Told([told], noted=True)


def not_for_attribution(conduct: Conduct, key: ResponseKey, place: int) -> None:
    """Let a paragraph never be quoted.

    Args:
        conduct: the interview.
        key: the answer.
        place: place of the paragraph among those of the answer.
    """
    paragraphs = list(conduct.answer(key).paragraphs)
    paragraphs[place] = {**paragraphs[place], "attribution": NO_ATTRIBUTION}
    conduct.type_notes(key, paragraphs)
    conduct.leave(key)


def _cover(conduct: Conduct, step: StepView, number: str) -> Told:
    """Say that an item is covered under another one, on both sides."""
    others = [each for each in conduct.steps() if each.asks and each.key.item != step.key.item]
    source = next((each for each in others if str(each.number) == number), None)
    if source is None:
        return Told([t("Not taken: there is no other item {number}.").format(number=number)])
    conduct.set_disposition(step.key, COVERED)
    link(conduct, source.key, step.key)
    told = t("Covered under item {number}, which says so too.")
    return Told([told.format(number=number)], noted=True)


def meant(typed: str, words: tuple[str, ...]) -> str | None:
    """The stored word that is meant: by itself, or as the interface says it."""
    spoken = {t(word): word for word in words}
    said = match_word(typed, tuple(spoken))
    return match_word(typed, words) or (spoken[said] if said is not None else None)


def _said(reason: str) -> str:
    """A reason as it is told: one of the stored words in the interface's language, else as it was typed."""
    return t(reason) if reason in NOT_ASKED_REASONS else reason


def _next_kind(kind: str, kinds: Sequence[str] = PARAGRAPH_KINDS) -> str:
    return kinds[(kinds.index(kind) + 1) % len(kinds)] if kind in kinds else kinds[0]
