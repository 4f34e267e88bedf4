"""What stands under every table: what was not counted, or counted with a reservation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fieldkit.findings.words import say
from fieldkit.records.interviews import Interview
from fieldkit.records.responses import Response

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence


def footnotes(evidence: Evidence, language: str) -> list[str]:
    """The notes under every table made of a study's evidence, one line each.

    Args:
        evidence: the study's evidence.
        language: language of the notes.
    """
    counts = {
        **evidence.left_out,
        "note waiting": len(evidence.waiting),
        "note conflicts": len(evidence.conflicts),
    }
    lines = [say(language, key, n=n) for key, n in counts.items() if n]
    unconsented = [each for each in evidence.unconsented if each[1] in evidence.people]
    if unconsented:
        who = ", ".join(evidence.codes_of({person for _, person in unconsented}))
        interviews = len({interview for interview, _ in unconsented})
        lines.insert(0, say(language, "note unconsented", who=who, n=interviews))
    refused = {person for _, person in evidence.refused if person in evidence.people}
    if refused:
        lines.insert(0, say(language, "note refused", who=", ".join(evidence.codes_of(refused))))
    return lines


def uncoded_note(evidence: Evidence, language: str) -> list[str]:
    """The note under tables of codings on the answers that they do not speak of, where there are such.

    Args:
        evidence: the study's evidence.
        language: language of the note.
    """
    if not evidence.uncoded:
        return []
    persons = {person for heard in evidence.uncoded for person in heard.persons}
    interviews = {heard.interview.id for heard in evidence.uncoded}
    count = {"n": len(evidence.uncoded), "persons": len(persons), "interviews": len(interviews)}
    return [say(language, "note uncoded", **count)]


def moment(evidence: Evidence, denominator: str, language: str) -> str:
    """A table's denominator with the moment that it tells of, where that is known.

    Args:
        evidence: the study's evidence.
        denominator: what `n` counts.
        language: language of both.
    """
    if evidence.as_of is None:
        return denominator
    # In one piece, so that no line breaks between a day and its hour.
    return say(language, "as of", denominator=denominator, at=f"{evidence.as_of[:16]}Z")


def left_out(evidence: Evidence) -> dict[str, int]:
    """Key of a note, on what neither codings nor the chart change, to how many it is about."""
    given = {(each.interview, each.respondent) for each in evidence.consents if each.given is not None}
    known = {interview.id: interview for interview in evidence.interviews}
    return {
        "note withdrawn": sum(interview.state == "withdrawn" for interview in evidence.interviews),
        "note no consent": sum(_lacks_consent(evidence, each, given) for each in evidence.held.values()),
        "note homeless": sum(_is_homeless(evidence, each, known) for each in evidence.responses),
        "note unnamed": sum(
            each.answered and not each.persons and len(each.interview.respondents) > 1
            for each in evidence.heard.values()
        ),
        "note no item": sum(each.item is None for each in evidence.heard.values()),
    }


def _lacks_consent(evidence: Evidence, interview: Interview, given: set[tuple[str, str]]) -> bool:
    """Whether an interview counts though somebody's consent to it is not recorded."""
    return any(
        (interview.id, person) not in given and (interview.id, person) not in evidence.silent
        for person in interview.respondents
    )


def _is_homeless(evidence: Evidence, response: Response, known: Mapping[str, Interview]) -> bool:
    interview = known.get(response.interview)
    if interview is None:
        return True
    people = [response.respondent] if response.respondent else interview.respondents
    return all(person not in evidence.people for person in people)
