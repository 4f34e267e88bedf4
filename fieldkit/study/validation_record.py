"""The record of one interview as the official sees it: items and answers, nothing of the evaluator's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fieldkit.study.standing import Standing
from fieldkit.study.study import Study

if TYPE_CHECKING:
    from fieldkit.records.interviews import Interview
    from fieldkit.records.responses import Response


@dataclass(frozen=True)
class RecordedAnswer:
    """One answer in the record.

    Attributes:
        response: the response.
        reference: what it is known by when the record comes back: its item and its state.
        asked: the item as it was asked.
        value: the value in words; empty where there is none.
        shown: places of its paragraphs that are in the record; never notes, nor words that may not be shown.
    """

    response: Response
    reference: str
    asked: str
    value: str
    shown: tuple[int, ...]

    @property
    def lines(self) -> list[str]:
        """The words, a paragraph a line."""
        return [self.response.paragraphs[place].text for place in self.shown]


def recorded_answers(study: Study, interview: Interview, language: str) -> list[RecordedAnswer]:
    """The answers of an interview that its record has, in the order of the guide.

    An answer without words or value is not in it, nor are probes, outcomes, memos, codes and contacts.

    Args:
        study: the study.
        interview: the interview.
        language: language of the items and values.

    Raises:
        StudyError: its guide cannot be had.
    """
    from fieldkit.protocol.values import display_value
    from fieldkit.records.responses import Response

    guide = study.guide_for(interview)
    standing = Standing(study)
    body = study.row("interviews", interview.id) or {}
    order = {item.id: place for place, item in enumerate(guide.items())}
    found = []
    for record, row in study.where("responses", "interview", interview.id):
        if not standing.response(row, body):
            continue
        response = Response.of(row)
        shown = tuple(
            place
            for place, paragraph in enumerate(response.paragraphs)
            if paragraph.kind != "note"
            and paragraph.text.strip()
            and standing.person(paragraph.respondent, interview.id)
        )
        item = guide.item(response.item) if guide.has_item(response.item) else None
        value = (
            _in_words(display_value(item, response.value, language))
            if item and response.value is not None
            else ""
        )
        if shown or value:
            asked = guide.asked_text(response.item, response.instance, language) if item else response.item
            head = study.begin_store().head("responses", record) or ""
            reference = f"{record.removeprefix(f'{interview.id}:')} {head[:8]}"
            found.append(RecordedAnswer(response, reference, _in_words(asked), value, shown))
    return sorted(
        found,
        key=lambda each: (
            order.get(each.response.item, len(order)),
            each.response.instance or "",
            each.response.id,
        ),
    )


def _in_words(text: Any) -> str:
    return " ".join(str(text).split())
