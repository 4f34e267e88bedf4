"""Whose words may be shown: not those of withdrawn interviews, nor of people who did not agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from fieldkit.records.consent_rule import counts

if TYPE_CHECKING:
    from fieldkit.study.study import Study

Span = tuple[int, int, str, str | None, str | None]
"""A paragraph in its text: start, end, kind, speaker, attribution."""


def has_words(response: dict[str, Any]) -> bool:
    """Whether there is something in a response to code: a value alone is counted, not coded."""
    return any(paragraph.get("text", "").strip() for paragraph in response.get("paragraphs", ()))


def spans_of(response: dict[str, Any]) -> tuple[Span, ...]:
    """The paragraphs of a response as they stand in its text."""
    spans: list[Span] = []
    start = 0
    for paragraph in response.get("paragraphs", ()):
        end = start + len(paragraph["text"])
        kind = paragraph.get("kind", "paraphrase")
        spans.append((start, end, kind, paragraph.get("respondent"), paragraph.get("attribution")))
        start = end + 1
    return tuple(spans)


class Standing:
    """What consent and withdrawal leave of a study."""

    def __init__(self, study: Study, *, supposing: Mapping[tuple[str, str], bool] | None = None) -> None:
        """Look at a study.

        Args:
            study: the study.
            supposing: of (interview id, respondent id), whether to take it that she agreed to take part,
                whatever is recorded.
        """
        self._study = study
        said = {(body["interview"], body["respondent"]): body for body in study.rows("consents").values()}
        live = {record for record, body in study.rows("interviews").items() if body.get("sittings")}
        self._live = live
        self._said = {
            key: counts(body.get("given"), body.get("withdrawn_at"), live=key[0] in live)
            for key, body in said.items()
        } | dict(supposing or {})
        self._may_quote = {key for key, body in said.items() if body.get("quote") is True and self._said[key]}

    def person(self, person: str | None, interview: str) -> bool:
        """Whether what this person said in this interview may be shown; nobody in particular may."""
        return person is None or self._said.get((interview, person), interview not in self._live)

    def response(self, body: dict[str, Any], interview: dict[str, Any]) -> bool:
        """Whether a response may be shown."""
        if interview.get("state") == "withdrawn" or not self.person(body.get("respondent"), interview["id"]):
            return False
        return any(self.person(person, interview["id"]) for person in interview["respondents"])

    def passage(self, spans: Iterable[Span], coding: dict[str, Any]) -> bool:
        """Whether all the paragraphs that a passage touches may be shown."""
        response = self._study.row("responses", coding["response"])
        interview = response["interview"] if response else ""
        return all(
            self.person(speaker, interview)
            for start, end, _, speaker, _ in spans
            if start < coding["end"] and end > coding["start"]
        )

    def left_out(self) -> int:
        """How many responses are not shown."""
        study = self._study
        count = 0
        for body in study.rows("responses").values():
            interview = study.row("interviews", body["interview"])
            count += interview is None or not self.response(body, interview)
        return count

    def agreed_to_quotes(self, person: str, interview: str) -> bool:
        """Whether this person agreed to be quoted from this interview; silence is not agreement."""
        return (interview, person) in self._may_quote
