"""Codings on texts that were corrected since: where they stand now, and those that wait for a decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from fieldkit.records.anchors import Anchored, LaterText
from fieldkit.say import t
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.study import Study, put

if TYPE_CHECKING:
    from fieldkit.records.codings import Coding

Coded = Literal["responses", "documents"]
"""Tables whose records have words that can be coded."""

Body = dict[str, Any]


@dataclass(frozen=True)
class Waiting:
    """A coding that a person has to decide on, since its text was changed.

    Attributes:
        coding: it as it was made.
        table: table of what it stands in.
        record: id of what it stands in.
        anchored: where it would stand, and why that is not certain.
        text: the text as it is now.
    """

    coding: Coding
    table: Coded
    record: str
    anchored: Anchored
    text: str

    @property
    def words(self) -> str:
        """The words that it would stand on; none where they are lost."""
        return self.text[self.anchored.start : self.anchored.end]


class Anchors:
    """Where the codings of a study stand in its texts as they are now.

    It remembers what it has compared, so it is made anew after something was written.
    """

    def __init__(self, study: Study) -> None:
        """Look at a study; nothing is compared before it is asked for."""
        self._study = study
        self._later: dict[tuple[str, str, str | None], LaterText | None] = {}

    def anchored(self, coding: Body) -> Anchored:
        """Where a coding stands; one on a record that is gone stands where it stood.

        Args:
            coding: the body of a coding.
        """
        start, end = coding.get("start", 0), coding.get("end", 0)
        table, record = place_of(coding)
        key = (table, record, coding.get("revision"))
        if key not in self._later:
            self._later[key] = self._compare(*key)
        later = self._later[key]
        if later is None:
            return Anchored(start, end, "exact")
        return later.place(start, end, coding.get("quote") or (later.before or "")[start:end])

    def body(self, coding: Body, found: Anchored | None = None) -> Body:
        """The coding with the place it has now; its words are those of the place, where there are any.

        Args:
            coding: the body of a coding.
            found: where it stands, if that is known already.
        """
        found = found or self.anchored(coding)
        if found.state == "exact":
            return coding
        moved = {**coding, "start": found.start, "end": found.end}
        if found.state == "changed":
            moved["quote"] = text_of(self._study, *place_of(coding))[found.start : found.end]
        return moved

    def _compare(self, table: Coded, record: str, revision: str | None) -> LaterText | None:
        """The text before and now; None where it is the one that was coded, or is not here."""
        store = self._study.store
        body = self._study.row(table, record)
        if store is None or body is None or revision == store.head(table, record):
            return None
        made_on = store.revision(revision) if revision is not None else None
        before = None if made_on is None or made_on.body is None else words_in(table, made_on.body)
        return LaterText(before, words_in(table, body))


def place_of(coding: Body) -> tuple[Coded, str]:
    """Table and id of what a coding stands in."""
    if coding.get("response") is not None:
        return "responses", coding["response"]
    return "documents", coding["document"]


def words_in(table: Coded, body: Body) -> str:
    """The words of a response or document, as codings count in them."""
    if table == "documents":
        return str(body["text"])
    return "\n".join(paragraph["text"] for paragraph in body.get("paragraphs", ()))


def text_of(study: Study, table: Coded, record: str) -> str:
    """The words of a response or document as it is now; none where it is gone."""
    body = study.row(table, record)
    return "" if body is None else words_in(table, body)


def standing_codings(study: Study, table: Coded, record: str) -> list[Coding]:
    """The codings of a response or document where they stand now, in the order of the text."""
    from fieldkit.records.codings import Coding

    anchors = Anchors(study)
    field = "response" if table == "responses" else "document"
    return in_order(Coding.of(anchors.body(body)) for _, body in study.where("codings", field, record))


def in_order(codings: Iterable[Coding]) -> list[Coding]:
    """Codings of one text in its order, the longer ones first."""
    return sorted(codings, key=lambda coding: (coding.start, -coding.end, coding.code, coding.id))


def waiting_codings(study: Study) -> list[Waiting]:
    """The codings whose words were changed, stand in several places or are gone: each for a decision."""
    from fieldkit.records.codings import Coding

    anchors = Anchors(study)
    found = []
    for body in study.rows("codings").values():
        anchored = anchors.anchored(body)
        if not anchored.settled:
            table, record = place_of(body)
            text = text_of(study, table, record)
            found.append(Waiting(Coding.of(body), table, record, anchored, text))
    return sorted(found, key=lambda each: (each.table, each.record, each.anchored.start, each.coding.id))


def keep_coding(study: Study, coding_id: str, *, start: int | None = None, end: int | None = None) -> Coding:
    """Decide that a coding stands on the words it has now; durable when this returns, undone like any change.

    To decide that it does not, take it away with `remove_codings`.

    Args:
        study: the study.
        coding_id: id of the coding.
        start: first code point of the passage it shall stand on; None takes the one proposed.
        end: the code point after its last.

    Raises:
        UnknownId: there is no such coding.
        StudyError: its words are lost and no place is given, or the place is not in the text.
    """
    from fieldkit.records.codings import Coding

    body = study.row("codings", coding_id)
    if body is None:
        raise UnknownId("coding", coding_id, study.rows("codings"))
    found = Anchors(study).anchored(body)
    table, record = place_of(body)
    text = text_of(study, table, record)
    first = found.start if start is None else start
    last = found.end if end is None else end
    if found.state == "lost" and (start is None or end is None):
        told = t("the words of coding {coding} are gone: give the passage it shall stand on, or take it away")
        raise StudyError(told.format(coding=coding_id))
    if not 0 <= first <= last <= len(text) or (first == last and body.get("quote")):
        told = t("passage {start} to {end} is not in {record}: its text has {n} characters")
        raise StudyError(told.format(start=first, end=last, record=record, n=len(text)))
    place = {"start": first, "end": last, "quote": text[first:last]}
    kept = Coding.of({**body, **place, "revision": study.begin_store().head(table, record)})
    study.save([put("codings", kept)])
    return kept
