"""Words noted already that turn out to have been off the record: erased, once it is said that it is meant."""

from __future__ import annotations

from fieldkit.cli.plain.answering import not_for_attribution
from fieldkit.cli.plain.asking import is_yes
from fieldkit.cli.plain.here import Here, Question
from fieldkit.cli.plain.terminal import tell
from fieldkit.say import t
from fieldkit.study.holds import standing_holds
from fieldkit.study.purge import Purged
from fieldkit.study.redaction import redact
from fieldkit.text import shortened

_SHOWN = 60
"""Characters of the words that are told: enough to know which they are."""


def ask_to_erase(here: Here) -> None:
    """Ask whether the last paragraph was off the record too; while a hold stands it is never quoted instead.

    Args:
        here: where one is.
    """
    conduct, key = here.conduct, here.conduct.current
    paragraphs = conduct.answer(key).paragraphs
    place = next((at for at in range(len(paragraphs))[::-1] if str(paragraphs[at]["text"]).strip()), None)
    if place is None:
        tell(t("Nothing was noted just before."))
    elif standing_holds(conduct.study):
        not_for_attribution(conduct, key, place)
        tell(t("A hold stands, so nothing is erased: the paragraph is not for attribution now."))
    else:
        words = shortened(str(paragraphs[place]["text"]), _SHOWN)
        tell(t("Off the record too? {words}").format(words=words))
        tell(t("Erased for good: the paragraph, its codings, and what the answer was before."))
        tell(t("The backups that this laptop knows are destroyed, and one is made anew."))
        here.ask(
            Question(
                t("Type yes to erase it; anything else leaves it as it is."),
                is_yes,
                lambda _: _erase(here, place),
            )
        )


def _erase(here: Here, place: int) -> None:
    done: list[Purged] = []
    key = here.conduct.current
    if here.attempt(lambda: done.append(redact(here.conduct, key, [place]))):
        left = [*done[0].backups_left, *done[0].leftovers_left]
        told = t("Erased here; destroy by hand what could not be reached: {what}")
        tell(told.format(what=left[0]) if left else t("Erased for good."))
