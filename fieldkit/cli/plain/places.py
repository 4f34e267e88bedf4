"""Where `.g` goes: a number, an evaluation question, or letters of an item's text."""

from __future__ import annotations

from collections.abc import Sequence

from fieldkit.study.steps import StepView
from fieldkit.text import fold


def find_step(steps: Sequence[StepView], wanted: str, language: str) -> StepView | None:
    """The first step that is meant, one that is asked before one that a condition hides; None where none is.

    Args:
        steps: the steps of the interview.
        wanted: a number, an evaluation question such as `1.4`, or letters of an item's text.
        language: language of the texts.
    """
    meant = fold(wanted.strip())
    asked_first = sorted(steps, key=lambda step: not step.relevant)
    ranked = [(rank, step) for step in asked_first if (rank := _rank(step, meant, language)) is not None]
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _rank(step: StepView, meant: str, language: str) -> int | None:
    if meant.isdigit():
        return 0 if str(step.number) == meant else None
    questions = [fold(question) for question in step.item.evaluation_questions]
    if meant in questions:
        return 1
    if "." in meant and any(question.startswith(meant) for question in questions):
        return 2
    words = f" {fold(step.fill(step.item.text, language))}"
    if f" {meant}" in words:
        return 3
    return 4 if meant in words else None
