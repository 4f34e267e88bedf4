"""An interview as one text, and where what was coded in its responses stands in it.

One text an interview, not one a response: it opens in QualCoder and NVivo as a transcript that can be
read from beginning to end, and that one case refers to. Above each response stand the item in
brackets, as it was asked, and what was recorded beside the words; a paragraph has before it, also in
brackets, what it is unless it is a paraphrase, and who spoke in a joint interview.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.labels import Labels
from fieldkit.study.standing import Standing

if TYPE_CHECKING:
    from fieldkit.study.study import Study

Body = dict[str, Any]


@dataclass
class Place:
    """Where a response stands in the text of its interview.

    Attributes:
        said: its words as the study keeps them, which codings count in.
        hidden: where in those words paragraphs begin and end that may not leave.
        kept: of each paragraph that may leave: where it begins and ends there, and where it begins here.
        whole: start and end of all of it here, for what was coded without words.
    """

    said: str
    hidden: list[tuple[int, int]] = field(default_factory=list)
    kept: list[tuple[int, int, int]] = field(default_factory=list)
    whole: tuple[int, int] = (0, 0)

    def passage(self, coding: Body) -> tuple[int, int] | None:
        """Where a coded passage stands in the text of the interview.

        One without words, or whose words are gone, is all of the response.

        Args:
            coding: it with the place that it has in the words as they are now.

        Returns:
            Start and end, or None where its words may not leave.
        """
        start, end, quote = coding["start"], coding["end"], coding.get("quote") or ""
        if self.hidden and quote != self.said[start:end]:
            return None
        if start >= end:
            return self.whole
        return self._moved(start, end)

    def _moved(self, start: int, end: int) -> tuple[int, int] | None:
        if any(first < end and last > start for first, last in self.hidden):
            return None
        first = bisect_left(self.kept, start, key=lambda paragraph: paragraph[1])
        last = bisect_right(self.kept, end, key=lambda paragraph: paragraph[0]) - 1
        if not 0 <= first <= last:
            return self.whole
        begin, _, here = self.kept[first]
        begin_last, end_last, here_last = self.kept[last]
        return here + max(start - begin, 0), here_last + min(end, end_last) - begin_last


@dataclass
class Transcript:
    """An interview as one text.

    Attributes:
        interview: the interview.
        text: the text.
        places: response id to where it stands, in the order of the text.
    """

    interview: Body
    text: str
    places: dict[str, Place]


class Transcripts:
    """The interviews of a study that may leave, as texts."""

    def __init__(self, study: Study, labels: Labels, standing: Standing) -> None:
        """Look at a study.

        Args:
            study: the study.
            labels: its words; items stand in the interview's language all the same.
            standing: whose words may leave.
        """
        self._study = study
        self._labels = labels
        self._standing = standing
        self._responses: dict[str, list[Body]] = {}
        for body in study.rows("responses").values():
            self._responses.setdefault(body["interview"], []).append(body)

    def all(self) -> Iterator[Transcript]:
        """Each interview that has a response that may leave, by its start, whatever order it came here in."""
        interviews = self._study.rows("interviews").values()
        for interview in sorted(interviews, key=lambda body: (body.get("started_at") or "", body["id"])):
            shown = [
                body
                for body in self._responses.get(interview["id"], ())
                if self._standing.response(body, interview)
            ]
            if shown:
                yield self._transcript(interview, self._in_order(interview, shown))

    def _in_order(self, interview: Body, responses: list[Body]) -> list[Body]:
        guide = self._labels.guide(interview)
        asked = {item.id: number for number, item in enumerate(guide.items())} if guide is not None else {}
        asked |= {
            added["id"]: len(asked) + number for number, added in enumerate(interview.get("added_items", ()))
        }
        return sorted(
            responses,
            key=lambda body: (
                asked.get(body["item"], len(asked)),
                body["item"],
                body.get("instance") or "",
                body["id"],
            ),
        )

    def _transcript(self, interview: Body, responses: Sequence[Body]) -> Transcript:
        pieces: list[str] = []
        places: dict[str, Place] = {}
        at = 0
        for body in responses:
            place, text = self._response(interview, body, at)
            places[body["id"]] = place
            pieces.append(text)
            at += len(text)
        return Transcript(interview, "".join(pieces).removesuffix("\n"), places)

    def _response(self, interview: Body, body: Body, at: int) -> tuple[Place, str]:
        """Where a response stands, and its part of the text, which begins at `at`."""
        lines = [self._heading(interview, body), *self._recorded(interview, body)]
        here = at + sum(len(line) + 1 for line in lines)
        paragraphs = body.get("paragraphs", ())
        place = Place("\n".join(paragraph["text"] for paragraph in paragraphs))
        start = 0
        for paragraph in paragraphs:
            text, speaker = paragraph["text"], paragraph.get("respondent")
            if self._standing.person(speaker, interview["id"]):
                before = self._before(paragraph)
                lines.append(before + text)
                place.kept.append((start, start + len(text), here + len(before)))
                here += len(before) + len(text) + 1
            else:
                place.hidden.append((start, start + len(text)))
            start += len(text) + 1
        place.whole = (at, here - 1)
        return place, "\n".join(lines) + "\n\n"

    def _heading(self, interview: Body, body: Body) -> str:
        language = interview.get("language") or self._labels.language
        asked = next(
            (added["text"] for added in interview.get("added_items", ()) if added["id"] == body["item"]), ""
        )
        guide = self._labels.guide(interview)
        if guide is not None and guide.has_item(body["item"]):
            asked = guide.asked_text(body["item"], body.get("instance"), language)
        marks = [body["item"], body.get("instance"), self._code(body.get("respondent"))]
        return f"{_marks(marks)}{' '.join(asked.split())}".rstrip()

    def _recorded(self, interview: Body, body: Body) -> list[str]:
        """What was recorded beside the words: a value, and what became of the item."""
        lines = []
        if body.get("value") is not None:
            shown = self._labels.value(self._labels.item(interview, body["item"]), body["value"])
            lines.append(_marks(["value"]) + " ".join(shown.split()))
        if body.get("disposition", "answered") != "answered":
            lines.append(
                (_marks([body["disposition"]]) + " ".join((body.get("reason") or "").split())).rstrip()
            )
        return lines

    def _before(self, paragraph: Body) -> str:
        kind = paragraph.get("kind", "paraphrase")
        return _marks(
            [
                self._code(paragraph.get("respondent")),
                kind if kind != "paraphrase" else None,
                "not for attribution" if paragraph.get("attribution") == "none" else None,
            ]
        )

    def _code(self, person: str | None) -> str | None:
        if person is None:
            return None
        return str((self._study.row("respondents", person) or {}).get("code", person))


def _marks(marks: Sequence[str | None]) -> str:
    shown = [mark for mark in marks if mark]
    return f"[{', '.join(shown)}] " if shown else ""
