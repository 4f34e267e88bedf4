"""Documents as a line of evidence: taken into the study, found again, told what they speak to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from fieldkit.say import t
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.study import Study, put
from fieldkit.text import fold, normalise, shortened, visible_line

if TYPE_CHECKING:
    from fieldkit.records.documents import Document, DocumentRole

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class DocumentFacts:
    """What is said of a document beside its words; None leaves it as it stands.

    Attributes:
        name: what it is called.
        language: language it is written in.
        line_of_evidence: id of the framework's line of evidence that it belongs to.
        evaluation_questions: ids of what it speaks to.
        date: ISO date, month or year.
        role: independent evidence, or the programme's profile.
    """

    name: str | None = None
    language: str | None = None
    line_of_evidence: str | None = None
    evaluation_questions: Sequence[str] | None = None
    date: str | None = None
    role: DocumentRole | None = None


@dataclass(frozen=True)
class TakenDocument:
    """What came of a document that was taken in.

    Attributes:
        document: it as it stands now.
        outcome: `new`, `revised` (there was an earlier version) or `known` (nothing changed).
        codings: how many codings stand on an earlier version of its words.
    """

    document: Document
    outcome: Literal["new", "revised", "known"]
    codings: int


def take_document(study: Study, source: str, text: str, facts: DocumentFacts) -> TakenDocument:
    """Take a document into the study, or a later version of one; durable when this returns.

    A document is known again by the name of its file, else by its words. What it said before stays in
    the history, and codings follow their words.

    Args:
        study: the study.
        source: name of the file, without its folder.
        text: its words; they are brought into their stored form.
        facts: what is said of it.

    Raises:
        StudyError: it has no words, or what is said of it is unknown to the framework; nothing was written.
        StoreError: it could not be made durable.
    """
    from fieldkit.records.documents import Document

    words = normalise(text).text.rstrip("\n")
    if not words.strip():
        raise StudyError(t("{file}: there are no words in it").format(file=visible_line(source)))
    told = _checked(study, facts)
    found = _same(study, source, words)
    if found is None:
        name = told.pop("name", None) or source
        document = Document(id=_free_id(study, source), text=words, source=source, name=name, **told)
        study.save([put("documents", document)])
        return TakenDocument(document, "new", 0)
    changed: Document = found.model_copy(update={**told, "text": words})
    commit = study.save([put("documents", changed)])
    moved = len(study.where("codings", "document", found.id)) if changed.text != found.text else 0
    return TakenDocument(changed, "revised" if commit.ids else "known", moved)


def documents(study: Study) -> list[Document]:
    """The documents of a study, by their names."""
    found: list[Document] = study.records("documents")
    return sorted(found, key=lambda document: (document.name, document.id))


def find_document(study: Study, ref: str) -> Document:
    """The document with an id, a name, or the name of its file.

    Raises:
        UnknownId: there is none; the message names the nearest.
        StudyError: several have that name.
    """
    from fieldkit.records.documents import Document

    row = study.row("documents", ref)
    if row is not None:
        return Document.of(row)
    rows = study.rows("documents")
    found = [body for body in rows.values() if ref in (body["name"], body.get("source"))]
    if len(found) > 1:
        ids = ", ".join(sorted(body["id"] for body in found))
        told = t("several documents are called {name}: name one by its id: {ids}")
        raise StudyError(told.format(name=repr(visible_line(shortened(ref, 80))), ids=ids))
    if not found:
        raise UnknownId("document", ref, rows)
    return Document.of(found[0])


def _checked(study: Study, facts: DocumentFacts) -> dict[str, Any]:
    """What was said of a document, held against the framework."""
    framework = study.framework
    lines = [line.id for line in framework.lines_of_evidence if line.kind != "interviews"]
    if facts.line_of_evidence is not None and facts.line_of_evidence not in lines:
        raise UnknownId("line of evidence for documents", facts.line_of_evidence, lines)
    if facts.language is not None and facts.language not in framework.languages:
        raise UnknownId("language", facts.language, framework.languages)
    known = framework.question_ids
    for question in facts.evaluation_questions or ():
        if question not in known:
            raise UnknownId("evaluation question", question, known)
    if facts.date is not None and not _is_day(facts.date):
        told = t("{given} is no date: write it like 2005, 2005-03 or 2005-03-12")
        raise StudyError(told.format(given=repr(visible_line(shortened(facts.date, 40)))))
    told_of = {
        "name": " ".join(normalise(facts.name).text.split()) if facts.name else None,
        "language": facts.language,
        "line_of_evidence": facts.line_of_evidence,
        "date": facts.date,
        "role": facts.role,
    }
    said: dict[str, Any] = {name: value for name, value in told_of.items() if value is not None}
    if facts.evaluation_questions is not None:
        said["evaluation_questions"] = [each for each in known if each in facts.evaluation_questions]
    return said


def _same(study: Study, source: str, words: str) -> Document | None:
    """The document that a file is a version of: of the same file's name, else of the same words."""
    from fieldkit.records.documents import Document

    rows = study.rows("documents").values()
    named = next((body for body in rows if body.get("source") == source), None)
    found = named or next((body for body in rows if body["text"] == words), None)
    return None if found is None else Document.of(found)


def _free_id(study: Study, source: str) -> str:
    """An id that a person can type, from the name of the file."""
    stem = fold(source.rpartition(".")[0] or source)
    slug = "-".join(re.findall(r"[a-z0-9]+", stem))[:60].strip("-") or "document"
    number, record = 1, slug
    while study.row("documents", record) is not None:
        number += 1
        record = f"{slug}-{number}"
    return record


def _is_day(text: str) -> bool:
    found = _DAY.fullmatch(text)
    if found is None:
        return False
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
