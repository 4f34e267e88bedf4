"""What a person of the interview takes back or puts in writing, at any moment of it."""

from __future__ import annotations

from fieldkit.cli.plain.asking import is_yes
from fieldkit.cli.plain.here import Here, Question
from fieldkit.cli.plain.terminal import tell
from fieldkit.records.respondents import Respondent
from fieldkit.say import t
from fieldkit.study.consents import usual_mode
from fieldkit.study.withdrawal_effect import withdrawal_effect


def ask_to_withdraw(here: Here, typed: str) -> None:
    """Tell what taking a consent back does, and ask whether it is meant.

    Args:
        here: where one is.
        typed: the person's code; nothing where only one is present.
    """
    person = _person(here, typed)
    if person is None:
        return
    effect = withdrawal_effect(here.conduct.study, here.conduct.interview.id, person.id)
    tell(
        t("{code} takes her consent back. Nothing is erased, but it counts nowhere:").format(code=person.code)
    )
    told = t("responses {responses}, paragraphs {paragraphs}, coded passages {passages}, chart cells {cells}")
    tell(
        told.format(
            responses=effect.responses,
            paragraphs=effect.paragraphs,
            passages=effect.passages,
            cells=effect.cells,
        )
    )
    told = t("To erase it all: fieldkit purge --respondent {code}")
    tell(told.format(code=person.code))
    here.ask(
        Question(
            t("Type yes if she does; anything else leaves it as it is."),
            is_yes,
            lambda _: _withdraw(here, person),
        )
    )


def give_in_other_mode(here: Here, typed: str) -> None:
    """Say that a consent was given in writing; or, where it was, by word of mouth.

    Args:
        here: where one is.
        typed: the person's code; nothing where only one is present.
    """
    person = _person(here, typed)
    if person is None:
        return
    conduct = here.conduct
    mode = conduct.consents()[person.id].mode or usual_mode(conduct.interview)
    other = "spoken" if mode == "written" else "written"
    if here.attempt(lambda: conduct.set_consent(person.id, mode=other)):
        tell(t("Consent in writing.") if other == "written" else t("Consent by word of mouth."))


def _withdraw(here: Here, person: Respondent) -> None:
    if here.attempt(lambda: here.conduct.withdraw_consent(person.id)):
        tell(t("Withdrawn: what was said is kept and counts nowhere; .g 0 and yes gives the consent again."))


def _person(here: Here, typed: str) -> Respondent | None:
    """Who is meant; None, which is told, where that is not clear."""
    people = here.conduct.respondents
    meant = [person for person in people if person.code.casefold() == typed.casefold()] if typed else people
    if len(meant) == 1:
        return meant[0]
    told = t("Whose consent? Say one of {codes}.")
    tell(told.format(codes=", ".join(person.code for person in people)))
    return None
