"""The working copy of one answer while an interview is held."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fieldkit.records.vocabulary import SKIPPED
from fieldkit.study.marks import named_in
from fieldkit.text import normalise

if TYPE_CHECKING:
    from fieldkit.records.responses import Response, ResponseKey


@dataclass
class Answer:
    """What is known so far of one answer.

    Attributes:
        paragraphs: the notes, each a dict with `text`, `kind` and what else a paragraph has.
        value: the coded value, or None.
        disposition: what became of the item where somebody said so; None leaves it to what there is.
        reason: why it was not asked, where it is covered, what will be sent.
        probes: ids of the probes that were ticked; see `used_probes`.
        language: language it was said in; None is the interview's.
        also_answers: other items that it was said to answer too; see `covers`.
        id: id of the response it was recorded under; None while there is none.
        aside: a value that a disposition took the place of, to be given back with it.
        received_at: when what will be sent had come.
    """

    paragraphs: list[dict[str, Any]] = field(default_factory=list)
    value: Any = None
    disposition: str | None = None
    reason: str | None = None
    probes: list[str] = field(default_factory=list)
    language: str | None = None
    also_answers: list[str] = field(default_factory=list)
    id: str | None = None
    aside: Any = None
    received_at: str | None = None

    @classmethod
    def of(cls, response: Response) -> Answer:
        """The working copy of a response as it stands; answered stays implied by what was noted."""
        noted = bool(response.text.strip() or response.value is not None or response.probes)
        paragraphs = [
            paragraph.model_dump(mode="json", exclude_none=True) for paragraph in response.paragraphs
        ]
        # What the marks of paragraphs say goes with them: it is not said a second time here.
        probes, covered = named_in(paragraphs, "probe"), named_in(paragraphs, "also_answers")
        return cls(
            paragraphs=paragraphs,
            value=response.value,
            disposition=None if noted and response.disposition == "answered" else response.disposition,
            reason=response.reason,
            probes=[probe for probe in response.probes if probe not in probes],
            language=response.language,
            also_answers=[item for item in response.also_answers if item not in covered],
            id=response.id,
            aside=response.aside,
            received_at=response.received_at,
        )

    @property
    def text(self) -> str:
        """The notes as one text."""
        return "\n".join(str(paragraph.get("text", "")) for paragraph in self.paragraphs)

    @property
    def used_probes(self) -> list[str]:
        """Ids of the probes used: those ticked, and those that paragraphs are marked with."""
        return list(dict.fromkeys([*self.probes, *named_in(self.paragraphs, "probe")]))

    @property
    def covers(self) -> list[str]:
        """Ids of the other items that it answers too, as was said of it or of one of its paragraphs."""
        return list(dict.fromkeys([*self.also_answers, *named_in(self.paragraphs, "also_answers")]))

    @property
    def touched(self) -> bool:
        """Whether anything was noted: words, a value, or a probe used."""
        return self.value is not None or bool(self.used_probes) or self.worded

    @property
    def worded(self) -> bool:
        """Whether there are words in the notes; told without joining them, however many there are."""
        return any(str(paragraph.get("text", "")).strip() for paragraph in self.paragraphs)

    @property
    def outcome(self) -> str | None:
        """The disposition in force: the one given, else answered once touched, else None.

        Nobody says that a condition skipped an item: what was noted all the same was answered.
        """
        if self.touched and self.disposition in (None, SKIPPED):
            return "answered"
        return self.disposition

    def give(self, value: Any) -> None:
        """Take over a value (None takes it back): where there is one, the item was answered."""
        self.value, self.aside = value, None
        if value is not None and self.disposition != "answered":
            self.disposition = self.reason = None

    def dispose(self, disposition: str | None, reason: str | None = None) -> None:
        """Take over what became of the item (None takes it back).

        A disposition other than answered puts a value aside, since both cannot be true; taking it back
        gives the value back. Notes stay.
        """
        self.disposition, self.reason = disposition, reason
        if disposition in (None, "answered"):
            self.value = self.aside if self.value is None else self.value
            self.aside = None
        elif self.value is not None:
            self.value, self.aside = None, self.value

    def response(self, interview: str, key: ResponseKey, language: str | None) -> Response | None:
        """The response to keep, or None when there is nothing to keep."""
        from fieldkit.records.responses import Response

        if self.outcome is None:
            return None
        return Response.of(
            {
                # A response that came in a file has the id it was given there, and keeps it.
                "id": self.id or key.response_id(interview),
                "interview": interview,
                "item": key.item,
                "instance": key.instance,
                "respondent": key.respondent,
                "disposition": self.outcome,
                "reason": self.reason,
                "value": normalise_value(self.value),
                "paragraphs": self._stored_paragraphs(),
                "language": self.language or language,
                "also_answers": self.covers,
                "probes": self.used_probes,
                "aside": normalise_value(self.aside),
                "received_at": self.received_at,
            }
        )

    def _stored_paragraphs(self) -> list[dict[str, Any]]:
        if not self.worded:
            return []
        stored: list[dict[str, Any]] = []
        for paragraph in self.paragraphs:
            # A paragraph is one line: should its text hold a break after all, each line is its own.
            lines = normalise(str(paragraph.get("text", ""))).text.split("\n")
            stored.extend({**paragraph, "text": line} for line in lines)
        while not stored[-1]["text"].strip():
            stored.pop()
        return stored


def normalise_value(value: Any) -> Any:
    """A coded value with every text in it in its stored form."""
    if isinstance(value, str):
        return normalise(value).text
    if isinstance(value, list):
        return [normalise_value(part) for part in value]
    if isinstance(value, dict):
        return {key: normalise_value(part) for key, part in value.items()}
    return value


def paragraphs_of(text: str, kind: str = "paraphrase") -> list[dict[str, Any]]:
    """A text as paragraphs, one for each line.

    Args:
        text: any text; it is normalised.
        kind: verbatim, paraphrase or note, for all of them.

    Returns:
        Nothing for a text of blanks only.
    """
    stored = normalise(text).text
    return [{"text": line, "kind": kind} for line in stored.split("\n")] if stored.strip() else []


def with_note(paragraphs: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Paragraphs with a note of the interviewer's below them; the same one only once."""
    note = {"text": text, "kind": "note"}
    return paragraphs if any(note.items() <= each.items() for each in paragraphs) else [*paragraphs, note]
