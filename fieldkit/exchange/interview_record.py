"""The Word record of one interview, for the official to validate, and its way back with her corrections."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fieldkit.exchange.atomic import whole_file
from fieldkit.exchange.docx_in import docx_text
from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.incoming import read_file
from fieldkit.exchange.labels import PRACTICE
from fieldkit.exchange.outcome import Imported
from fieldkit.say import t
from fieldkit.text import visible, visible_line

if TYPE_CHECKING:
    from fieldkit.study.study import Study

_LIMIT: Final = 20_000_000
_REFERENCE: Final = re.compile(r"\[([^\[\]]+ [0-9a-f]{8})\]\s*$")
_NOT_IN_XML: Final = re.compile("[\ufffe\uffff]")
_WORDS: Final = {
    "en": {
        "title": "Record of the interview",
        "how": "Please correct the text below where it does not say what you said, and send this file back. "
        "Leave the lines that end in brackets as they are: by them each answer is known again.",
        "date": "Interview held on",
        "with": "Interviewer",
        "value": "Answer given:",
    },
    "fr": {
        "title": "Compte rendu de l’entrevue",
        "how": "Veuillez corriger le texte ci-dessous là où il ne dit pas ce que vous avez dit, puis "
        "renvoyer ce fichier. Laissez telles quelles les lignes qui finissent par des crochets\u00a0: c’est "
        "par elles que chaque réponse est reconnue.",
        "date": "Entrevue tenue le",
        "with": "Intervieweur ou intervieweuse",
        "value": "Réponse donnée\u00a0:",
    },
}


def write_interview_record(study: Study, path: Path, interview: str, *, force: bool = False) -> int:
    """Write the record of an interview: items and answers, in the interview's language.

    The interviewer's notes, probes, outcomes, memos, codes and contacts are not in it, nor are the words of
    persons who did not agree to take part.

    Args:
        study: the study.
        path: where the .docx file shall be.
        interview: id of the interview, the beginning of it, or a respondent's code.
        force: replace a file that is there already.

    Returns:
        How many answers are in it.

    Raises:
        StudyError: there is no such interview.
        ExchangeError: there is nothing to put into it, or it cannot be written.
    """
    from fieldkit.study.interviews import find_interview
    from fieldkit.study.validation_record import recorded_answers

    held = find_interview(study, interview)
    language = held.language or study.framework.languages[0]
    answers = recorded_answers(study, held, language)
    if not answers:
        raise ExchangeError(
            t("{path}: interview {held} has no answers that may be shown, so nothing was written").format(
                path=path, held=held.id
            )
        )
    words = _WORDS.get(language, _WORDS["en"])
    document = _empty(words["title"])
    marking = study.marking(language)
    if study.practice:
        marking = f"{PRACTICE.get(language, PRACTICE['en'])} - {marking}"
    document.sections[0].header.paragraphs[0].text = _safe(marking)
    document.add_heading(_safe(words["title"]), 1)
    document.add_paragraph(_safe(study.title(language)))
    if held.started_at:
        document.add_paragraph(f"{words['date']} {held.started_at[:10]}")
    if held.interviewer:
        document.add_paragraph(_safe(f"{words['with']}\u00a0: {held.interviewer}"))
    document.add_paragraph(words["how"])
    for number, answer in enumerate(answers, start=1):
        document.add_heading(_safe(f"{number}. {answer.asked} [{answer.reference}]"), 2)
        if answer.value:
            document.add_paragraph().add_run(_safe(f"{words['value']} {answer.value}")).italic = True
        for line in answer.lines:
            document.add_paragraph(_safe(line))
    with whole_file(path, force=force) as file:
        document.save(file)
    return len(answers)


def import_interview_record(
    study: Study, path: Path, interview: str, *, means: str, received_on: str | None = None
) -> Imported:
    """Take in a record that the official has corrected; her tracked changes count as made.

    Args:
        study: the study.
        path: the .docx file that came back.
        interview: id of the interview, the beginning of it, or a respondent's code.
        means: how she sent it.
        received_on: when it came: ISO date, month or year.

    Raises:
        ExchangeError: it cannot be read.
        StudyError: it is no record of this interview, or an answer was changed here since it was written.
    """
    from fieldkit.study.amending import amend
    from fieldkit.study.interviews import find_interview

    held = find_interview(study, interview)
    read = docx_text(path.name, read_file(path, _LIMIT, t("a record")))
    returned, values = _answers(read.text)
    amended = amend(study, held, returned, means=means, received_on=received_on)
    language = held.language or study.framework.languages[0]
    notes = [f"{path.name}: {note}" for note in read.notes]
    notes += _values_changed(study, path.name, interview, language, values)
    return Imported(
        kind="amendment",
        added=len(amended.answers) + bool(amended.answers),
        known=len(returned) - len(amended.answers),
        records={"responses": len(amended.answers)},
        notes=notes,
    )


def _answers(text: str) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The lines of each answer by its reference, and the line of its value."""
    returned: dict[str, list[str]] = {}
    values: dict[str, str] = {}
    starts = tuple(words["value"] for words in _WORDS.values())
    current: str | None = None
    for line in text.split("\n"):
        found = _REFERENCE.search(line)
        if found:
            current = found[1]
            returned[current] = []
        elif current is not None and line.startswith(starts):
            values[current] = " ".join(line.split())
        elif current is not None:
            returned[current].append(line)
    return returned, values


def _values_changed(
    study: Study, name: str, interview: str, language: str, values: dict[str, str]
) -> list[str]:
    """A line for each value that she changed: only a person can say what it is now."""
    from fieldkit.study.interviews import find_interview
    from fieldkit.study.validation_record import recorded_answers

    start = _WORDS.get(language, _WORDS["en"])["value"]
    told = {
        _item(each.reference): " ".join(_safe(f"{start} {each.value}").split())
        for each in recorded_answers(study, find_interview(study, interview), language)
    }
    return [
        t(
            "{name}: the value of {item} reads otherwise, and was not taken in: {line}; "
            "record it with `fieldkit record`"
        ).format(name=name, item=_item(reference), line=visible_line(line))
        for reference, line in values.items()
        if told.get(_item(reference), line) != line
    ]


def _item(reference: str) -> str:
    return reference.rpartition(" ")[0]


def _empty(title: str) -> Any:
    """A document that says nothing of who or what made it."""
    import docx

    document = docx.Document()
    about = document.core_properties
    about.author = about.comments = about.last_modified_by = ""
    about.title = title
    return document


def _safe(text: str) -> str:
    """Text that Word can hold: what no XML file may have is shown by a symbol."""
    return _NOT_IN_XML.sub("\ufffd", visible(text))
