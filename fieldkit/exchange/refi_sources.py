"""What a .qdpx project holds of a study: texts with passages, memos, cases and what is known of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.labels import Labels
from fieldkit.exchange.passage_columns import BANDS
from fieldkit.exchange.refi_interviews import Transcript, Transcripts
from fieldkit.exchange.refi_xml import guid_of
from fieldkit.study.anchoring import Anchors
from fieldkit.study.standing import Standing

if TYPE_CHECKING:
    from fieldkit.study.study import Study

Body = dict[str, Any]

_NOT_IN_FILE_NAMES = str.maketrans(dict.fromkeys('/\\:*?"<>|\n\t\0', "-"))


@dataclass
class Passage:
    """A coded passage: the coding, and where it stands in its source."""

    coding: Body
    start: int
    end: int


@dataclass
class Source:
    """A text of the project.

    Attributes:
        guid: its GUID.
        name: no other source has it, and a file can.
        text: the words.
        memo: what was remarked on it.
        user: initials of whoever made it.
        values: variable to value.
        passages: what is coded in it, in the order of the text.
        people: ids of the respondents it is of.
    """

    guid: str
    name: str
    text: str
    memo: str = ""
    user: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    people: tuple[str, ...] = ()


@dataclass
class Case:
    """A respondent, under her code; nothing that names her."""

    id: str
    name: str
    memo: str
    values: dict[str, str]


class Memos:
    """The study's memos, by what they are on."""

    def __init__(self, study: Study) -> None:
        self._by_record: dict[str | None, list[Body]] = {}
        for body in sorted(study.rows("memos").values(), key=lambda body: str(body["id"])):
            self._by_record.setdefault(body.get("on"), []).append(body)

    def on(self, table: str, record: str | None) -> list[Body]:
        """The memos on a record; on the study where `record` is None."""
        return [body for body in self._by_record.get(record, ()) if body.get("table") in (None, table)]

    def text_on(self, table: str, record: str) -> str:
        """The texts of the memos on a record, an empty line between them."""
        return "\n\n".join(body["text"] for body in self.on(table, record))


class Sources:
    """The sources and cases of a study that may leave, in an order that follows from the study alone."""

    def __init__(self, study: Study, labels: Labels) -> None:
        """Look at a study.

        Args:
            study: the study.
            labels: its words, in the language of the export.
        """
        self.memos = Memos(study)
        self._study = study
        self._labels = labels
        self._standing = Standing(study)
        self._names: set[str] = set()
        self._codings: dict[str, list[Body]] = {}
        anchors = Anchors(study)
        for stored in study.rows("codings").values():
            coding = anchors.body(stored)
            self._codings.setdefault(coding.get("response") or coding["document"], []).append(coding)

    def all(self) -> Iterator[Source]:
        """The interviews as transcripts, then the documents."""
        for transcript in Transcripts(self._study, self._labels, self._standing).all():
            yield self._interview(transcript)
        documents = self._study.rows("documents").values()
        for body in sorted(documents, key=lambda body: (str(body["name"]), str(body["id"]))):
            yield self._document(body)

    def left_out(self) -> int:
        """How many responses may not leave."""
        return self._standing.left_out()

    def cases(self) -> list[Case]:
        """The respondents, by their code."""
        people = sorted(self._study.rows("respondents").values(), key=lambda body: str(body["code"]))
        return [self._case(body) for body in people]

    def _interview(self, transcript: Transcript) -> Source:
        interview = transcript.interview
        people = [self._code(person) for person in interview["respondents"]]
        labels = self._labels
        guide = labels.guide(interview)
        passages = [
            Passage(coding, *found)
            for response, place in transcript.places.items()
            for coding in self._codings.get(response, ())
            if (found := place.passage(coding)) is not None
        ]
        remarks = [self.memos.text_on("interviews", interview["id"])]
        remarks += [self.memos.text_on("responses", response) for response in transcript.places]
        values = {
            "marking": labels.marking,
            "line": "interview",
            "respondents": "; ".join(people),
            "guide": guide.title.get(labels.language) if guide is not None else interview["guide"],
            "interviewer": interview.get("interviewer"),
            "interview_state": interview.get("state"),
            "mode": interview.get("mode"),
            "language": interview.get("language"),
            "confidence": interview.get("confidence"),
            "date": (interview.get("started_at") or "")[:10],
        }
        return Source(
            guid=guid_of("interview", interview["id"]),
            name=self._name(" + ".join(people)),
            text=transcript.text,
            memo="\n\n".join(filter(None, remarks)),
            user=interview.get("interviewer"),
            values={name: value for name, value in values.items() if value},
            passages=_in_order(passages),
            people=tuple(interview["respondents"]),
        )

    def _document(self, body: Body) -> Source:
        values = {
            "marking": self._labels.marking,
            "line": "document",
            "language": body.get("language"),
            "file": body.get("source"),
            "date": body["date"] if len(body.get("date") or "") == len("2005-03-12") else None,
            "role": body.get("role"),
        }
        length = len(body["text"])
        passages = [
            # Words that are gone are all of the document's, as those of a response are all of it.
            Passage(coding, 0, length)
            if coding["start"] == coding["end"] and coding.get("quote")
            else Passage(coding, min(coding["start"], length), min(coding["end"], length))
            for coding in self._codings.get(body["id"], ())
        ]
        return Source(
            guid=guid_of("document", body["id"]),
            name=self._name(body["name"]),
            text=body["text"],
            memo=self.memos.text_on("documents", body["id"]),
            values={name: value for name, value in values.items() if value},
            passages=_in_order(passages),
        )

    def _case(self, body: Body) -> Case:
        values: dict[str, Any] = {}
        for band in BANDS:
            value = body.get(band)
            values[band] = self._labels.bands[band].get(value or "", value)
        values["preferred_language"] = body.get("language")
        values["status"] = body.get("status")
        values |= {f"attributes.{name}": value for name, value in sorted(body.get("attributes", {}).items())}
        said_no = any(
            not self._standing.person(body["id"], interview)
            for interview, _ in self._study.where("interviews", "respondents", body["id"])
        )
        memo = "" if said_no else self.memos.text_on("respondents", body["id"])
        return Case(body["id"], body["code"], memo, {name: value for name, value in values.items() if value})

    def _name(self, wanted: str) -> str:
        """The name, numbered where there is such a source already."""
        plain = wanted.translate(_NOT_IN_FILE_NAMES).strip(" .") or "text"
        name, number = plain, 1
        while name.casefold() in self._names:
            number += 1
            name = f"{plain} ({number})"
        self._names.add(name.casefold())
        return name

    def _code(self, person: str) -> str:
        return str((self._study.row("respondents", person) or {}).get("code", person))


def _in_order(passages: list[Passage]) -> list[Passage]:
    return sorted(
        passages,
        key=lambda passage: (
            passage.start,
            passage.end,
            str(passage.coding["code"]),
            str(passage.coding["id"]),
        ),
    )
