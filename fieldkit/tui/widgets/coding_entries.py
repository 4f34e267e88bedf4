"""What there is to code: responses and documents, with all that the Coding screen tells of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from fieldkit.records.responses import Paragraph
from fieldkit.study.anchoring import standing_codings
from fieldkit.study.coding import CodingText, coding_texts
from fieldkit.study.study import Study
from fieldkit.study.views import Text, document_texts
from fieldkit.text import fold

if TYPE_CHECKING:
    from fieldkit.records.codings import Coding
    from fieldkit.records.responses import Response
    from fieldkit.study.anchoring import Coded

Key = tuple["Coded", str]
"""Table and id of a response or document."""

_NOBODY: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True)
class Entry:
    """One response or document in the list.

    Attributes:
        key: its table and id.
        who: codes of those whose response it is, or the document's name.
        heading: the item as it was asked; empty for a document.
        text: its words.
        questions: evaluation questions that the item serves or the document has.
        codings: its codings where they stand now, as far as they are looked at.
        people: ids of the persons whose response it is; none for a document.
        groups: their groups.
        found_by: everything it can be found by, folded.
        response: the response; None for a document.
    """

    key: Key
    who: str
    heading: str
    text: str
    questions: tuple[str, ...]
    codings: tuple[Coding, ...]
    people: tuple[str, ...]
    groups: frozenset[str]
    found_by: str
    response: Response | None = None

    @property
    def left(self) -> bool:
        """Whether there is something in it to code and nobody has, as far as codings are looked at."""
        return bool(self.text.strip()) and not self.codings

    @property
    def id(self) -> str:
        """The response's or document's id."""
        return self.key[1]

    @property
    def document(self) -> bool:
        """Whether it is a document."""
        return self.response is None

    @property
    def interview(self) -> str | None:
        """Id of the interview; None for a document."""
        return self.response.interview if self.response is not None else None

    @property
    def item(self) -> str:
        """Id of the item; empty for a document."""
        return self.response.item if self.response is not None else ""

    @property
    def paragraphs(self) -> Sequence[Paragraph]:
        """Its paragraphs; those of a document are its lines."""
        if self.response is not None:
            return self.response.paragraphs
        return [Paragraph(text=line) for line in self.text.split("\n")]


def key_of(coding: Coding) -> Key:
    """Table and id of what a coding stands in."""
    if coding.response is not None:
        return "responses", coding.response
    return "documents", str(coding.document)


def load_entries(study: Study) -> list[Entry]:
    """All responses with words or a value, then all documents, ready to be found."""
    people = study.rows("respondents")
    interviews = study.rows("interviews")
    responses = [
        response_entry(text, interviews.get(text.response.interview, _NOBODY), people)
        for text in coding_texts(study)
    ]
    # Indexed here, that is, beside the keys: the first code given would wait for it.
    study.where("codings", "response", "")
    return responses + [document_entry(text) for text in document_texts(study)]


def with_codings(study: Study, entry: Entry) -> Entry:
    """An entry with the codings that stand now."""
    return replace(entry, codings=tuple(standing_codings(study, *entry.key)))


def response_entry(text: CodingText, interview: Mapping[str, Any], people: Mapping[str, Any]) -> Entry:
    """A response as the list has it.

    Args:
        text: the response.
        interview: its interview.
        people: the respondents by their ids.
    """
    response = text.response
    words = response.text
    persons = (response.respondent,) if response.respondent else tuple(interview.get("respondents", ()))
    return Entry(
        key=("responses", response.id),
        who=text.respondent_code,
        heading=text.item_text,
        text=words,
        questions=text.questions,
        codings=text.codings,
        people=persons,
        groups=frozenset(str(people.get(person, _NOBODY).get("group", "")) for person in persons),
        found_by=fold(f"{text.respondent_code} {response.item} {text.item_text}\n{words}"),
        response=response,
    )


def document_entry(text: Text) -> Entry:
    """A document as the list has it."""
    return Entry(
        key=("documents", text.record),
        who=text.source,
        heading="",
        text=text.words,
        questions=text.questions,
        codings=text.codings,
        people=(),
        groups=frozenset(),
        found_by=fold(f"{text.source} {text.record}\n{text.words}"),
    )
