"""What of a study is one respondent's: the records that go when she withdraws, and those that stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldkit.records.responses import Response
from fieldkit.storage.writes import Put
from fieldkit.study.study import Study

Body = Mapping[str, Any]


@dataclass
class Withdrawal:
    """What erasing a respondent takes.

    Attributes:
        gone: table and id of the records of which nothing may stay.
        rewritten: records that stay without what was hers; their earlier states may not.
        interviews: ids of the interviews she was in.
        shared: ids of those in which somebody else is left.
    """

    gone: set[tuple[str, str]] = field(default_factory=set)
    rewritten: list[Put] = field(default_factory=list)
    interviews: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)


def withdrawal_of(study: Study, respondent: str) -> Withdrawal:
    """Find everything that is a respondent's, or was said in an interview with her alone.

    In an interview with several, what is hers by name goes: her consent, her answers, her paragraphs, her
    chart cells. Words that nobody is named for count for the interview and stay.

    Args:
        study: the study.
        respondent: her id.
    """
    found = Withdrawal()
    found.gone.add(("respondents", respondent))
    for table in ("contacts", "consents", "chart"):
        found.gone |= {(table, record) for record, _ in study.where(table, "respondent", respondent)}
    for interview, body in study.where("interviews", "respondents", respondent):
        found.interviews.append(interview)
        others = [person for person in body["respondents"] if person != respondent]
        if others:
            found.shared.append(interview)
            found.rewritten.append(Put("interviews", interview, {**body, "respondents": others}))
            _shared_responses(study, found, interview, respondent)
        else:
            found.gone.add(("interviews", interview))
            for table in ("responses", "consents", "chart"):
                found.gone |= {(table, record) for record, _ in study.where(table, "interview", interview)}
    _codings(study, found)
    _remarks(study, found)
    return found


def _shared_responses(study: Study, found: Withdrawal, interview: str, respondent: str) -> None:
    for record, body in study.where("responses", "interview", interview):
        if body.get("respondent") == respondent:
            found.gone.add(("responses", record))
            continue
        kept = [each for each in body.get("paragraphs", []) if each.get("respondent") != respondent]
        if len(kept) != len(body.get("paragraphs", [])):
            found.rewritten.append(Put("responses", record, {**body, "paragraphs": kept}))
            found.rewritten += _moved_codings(study, found, record, body, respondent)


def _moved_codings(
    study: Study, found: Withdrawal, response: str, before: Body, respondent: str
) -> Iterator[Put]:
    """Move a response's passages to where they stand without her paragraphs; those that touch hers go."""
    hers: list[tuple[int, int]] = []
    at = 0
    for paragraph in Response.of(dict(before)).paragraphs:
        end = at + len(paragraph.text)
        if paragraph.respondent == respondent:
            hers.append((at, end))
        at = end + 1
    for record, body in study.where("codings", "response", response):
        start, end = body.get("start", 0), body.get("end", 0)
        if any(first <= end and start <= last for first, last in hers):
            found.gone.add(("codings", record))
            continue
        shift = sum(last + 1 - first for first, last in hers if last < start)
        moved = {name: value for name, value in body.items() if name != "revision"}
        yield Put("codings", record, {**moved, "start": start - shift, "end": end - shift})


def _codings(study: Study, found: Withdrawal) -> None:
    """Add the codings of every response that goes, those taken away long ago included."""
    responses = {record for table, record in found.gone if table == "responses"}
    if responses and study.store is not None:
        for revision in study.store.history(table="codings"):
            if revision.body is not None and revision.body.get("response") in responses:
                found.gone.add(("codings", revision.record))


def _remarks(study: Study, found: Withdrawal) -> None:
    """Add memos on what goes, and take it out of findings that point at it."""
    gone = {record for _, record in found.gone}
    found.gone |= {
        ("memos", record) for record, body in study.rows("memos").items() if body.get("on") in gone
    }
    for record, body in study.rows("findings").items():
        kept = {
            name: [each for each in body.get(name, []) if each not in gone]
            for name in ("supports", "contradicts", "quotes")
        }
        if any(len(kept[name]) != len(body.get(name, [])) for name in kept):
            found.rewritten.append(Put("findings", record, {**body, **kept}))
