"""Items that the guide does not have, added in the talk and tied to evaluation questions."""

from __future__ import annotations

import re
from typing import Final

from fieldkit.cli.plain.here import Here, Question
from fieldkit.cli.plain.moves import Moves
from fieldkit.cli.plain.terminal import tell
from fieldkit.records.responses import ResponseKey
from fieldkit.say import t
from fieldkit.study.adding import add_item

_IDS: Final = re.compile(r"\s*(?:\d[\d.]*[a-z]?[\s,]*)*")
"""Ids of evaluation questions, a number with a part at most; or nothing."""


def ask_to_add(here: Here, moves: Moves, text: str) -> None:
    """Ask which evaluation questions an item serves; words that come instead leave those proposed.

    Args:
        here: where one is.
        moves: remembers where one came from.
        text: the words of the item.
    """
    if not text:
        tell(t("Write what is asked: {line}").format(line=".add " + t("What would you change?")))
        return
    conduct = here.conduct
    current = conduct.current.item
    proposed = list(conduct.guide.questions_of(current)) if conduct.guide.has_item(current) else []

    def add(line: str) -> None:
        _add(here, moves, text, line.replace(",", " ").split() or proposed)

    told = t("Evaluation question of the added item (Enter: {proposed}; or type what it is):")
    here.ask(
        Question(
            told.format(proposed=", ".join(proposed) or t("none")),
            lambda line: _IDS.fullmatch(line) is not None,
            add,
            lambda: add(""),
        )
    )


def _add(here: Here, moves: Moves, text: str, questions: list[str]) -> None:
    added: list[ResponseKey] = []
    if not here.attempt(here.begin):
        return
    if here.attempt(lambda: added.append(add_item(here.conduct, text, questions))):
        moves.remember()
        here.go_to(added[0])
    else:
        # Only its number was wrong: the words are not to be typed again.
        ask_to_add(here, moves, text)
