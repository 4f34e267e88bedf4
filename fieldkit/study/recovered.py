"""What a crash left behind: interviews that were cut off, and the words that a draft gave back."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.study.conduct import Conduct
from fieldkit.study.memo import MEMO


@dataclass(frozen=True)
class Recovered:
    """One answer whose words a draft gave back.

    Attributes:
        number: the item's number; None for the interviewer's memo, and where the guide has it no more.
        asked: the item's text; nothing likewise.
        words: the words as they were given back.
    """

    number: int | None
    asked: str
    words: str


def recovered_words(conduct: Conduct) -> tuple[Recovered, ...]:
    """The answers that a draft gave back when the interview was opened, in the guide's order.

    Args:
        conduct: the interview, just opened: what is typed in it later shows here as well.
    """
    steps = {step.key: step for step in conduct.steps()}
    found = []
    for key in sorted(conduct.recovered, key=lambda key: steps[key].number if key in steps else 0):
        step, words = steps.get(key), conduct.answer(key).text
        if step is None or key == MEMO:
            found.append(Recovered(None, "", words))
        else:
            found.append(Recovered(step.number, step.fill(step.item.text, conduct.language), words))
    return tuple(found)
