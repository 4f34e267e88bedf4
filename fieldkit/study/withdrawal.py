"""What of a study is one respondent's: the records that go when she withdraws, and those that stay.

What was undone, deleted or reassigned long ago is in the history still, so the history says what is hers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fieldkit.storage.writes import Put
from fieldkit.study.anchoring import Anchors
from fieldkit.study.study import Study

Body = Mapping[str, Any]
Key = tuple[str, str]
Past = Mapping[str, Mapping[str, list[Body]]]
"""Table to record to every state it ever had."""


@dataclass
class Withdrawal:
    """What erasing a respondent takes.

    Attributes:
        gone: table and id of the records of which nothing may stay.
        rewritten: records that stay without what was hers; their earlier states may not.
        past: records that stay as they are, whose earlier states tell of her.
        interviews: ids of the interviews she was ever in.
        shared: ids of those in which somebody else is left.
    """

    gone: set[Key] = field(default_factory=set)
    rewritten: list[Put] = field(default_factory=list)
    past: set[Key] = field(default_factory=set)
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
    past = past_of(study)
    found = Withdrawal()
    found.gone.add(("respondents", respondent))
    for table in ("contacts", "consents", "chart", "responses"):
        found.gone |= {(table, record) for record in _ever(past, table, "respondent", respondent)}
    for interview, states in past.get("interviews", {}).items():
        if any(respondent in state.get("respondents", ()) for state in states):
            _interview(study, past, found, interview, respondent)
    add_what_hangs_on_it(study, past, found)
    return found


def past_of(study: Study) -> Past:
    """Every state that every record of a study ever had."""
    past: dict[str, dict[str, list[Body]]] = {}
    for revision in study.store.history() if study.store is not None else ():
        states = past.setdefault(revision.table, {}).setdefault(revision.record, [])
        if revision.body is not None:
            states.append(revision.body)
    return past


def add_what_hangs_on_it(study: Study, past: Past, found: Withdrawal) -> None:
    """Add the codings and memos on what goes, and take it out of findings.

    Args:
        study: the study.
        past: its history, of `past_of`.
        found: what goes so far.
    """
    _codings(past, found)
    _memos(past, found)
    _findings(study, past, found)


def without_paragraphs(
    study: Study, past: Past, found: Withdrawal, response: str, goes: Callable[[int, Body], bool]
) -> list[Body]:
    """Take paragraphs out of a response that stays: its codings go or move with the words.

    Args:
        study: the study.
        past: its history, of `past_of`.
        found: where the codings that go, or are rewritten, are added.
        response: id of the response.
        goes: of a paragraph's place and the paragraph, whether it is taken out.

    Returns:
        The paragraphs that are left.
    """
    body = study.row("responses", response) or {}
    found.past |= {("codings", coding) for coding in _ever(past, "codings", "response", response)}
    paragraphs = list(enumerate(body.get("paragraphs", [])))
    out = {at for at, paragraph in paragraphs if goes(at, paragraph)}
    found.rewritten += _moved_codings(study, found, response, [each for _, each in paragraphs], out)
    return [paragraph for at, paragraph in paragraphs if at not in out]


def _ever(past: Past, table: str, name: str, value: str) -> Iterator[str]:
    """Yield the records of a table that ever had a value in a field."""
    for record, states in past.get(table, {}).items():
        if any(state.get(name) == value for state in states):
            yield record


def _interview(study: Study, past: Past, found: Withdrawal, interview: str, respondent: str) -> None:
    found.interviews.append(interview)
    body = study.row("interviews", interview)
    others = [person for person in body["respondents"] if person != respondent] if body else []
    if body is None or not others:
        found.gone.add(("interviews", interview))
        for table in ("responses", "consents", "chart"):
            found.gone |= {(table, record) for record in _ever(past, table, "interview", interview)}
        return
    found.shared.append(interview)
    if len(others) == len(body["respondents"]):
        found.past.add(("interviews", interview))
    else:
        found.rewritten.append(Put("interviews", interview, {**body, "respondents": others}))
    for record in _ever(past, "responses", "interview", interview):
        if ("responses", record) not in found.gone:
            _shared_response(study, past, found, record, respondent)


def _shared_response(study: Study, past: Past, found: Withdrawal, record: str, respondent: str) -> None:
    """Take her paragraphs out of an answer that stays, and out of what it said before."""
    if not any(_hers(state, respondent) for state in past["responses"][record]):
        return
    body = study.row("responses", record)
    if body is None:
        found.gone.add(("responses", record))
        return
    kept = without_paragraphs(
        study, past, found, record, lambda _, each: each.get("respondent") == respondent
    )
    if _hers(body, respondent):
        found.rewritten.append(Put("responses", record, {**body, "paragraphs": kept}))
    else:
        found.past.add(("responses", record))


def _hers(body: Body, respondent: str) -> bool:
    return any(each.get("respondent") == respondent for each in body.get("paragraphs", []))


def _moved_codings(
    study: Study, found: Withdrawal, response: str, before: Sequence[Body], out: Collection[int]
) -> Iterator[Put]:
    """Move a response's passages to where they stand without paragraphs; those that touch these go.

    So do those whose words were changed since, and wait for a decision: they may be words that go.
    """
    if not out:
        return
    hers: list[tuple[int, int]] = []
    start = 0
    for at, paragraph in enumerate(before):
        end = start + len(paragraph["text"])
        if at in out:
            hers.append((start, end))
        start = end + 1
    anchors = Anchors(study)
    for record, body in study.where("codings", "response", response):
        stands = anchors.anchored(body)
        start, end = stands.start, stands.end
        if not stands.settled or any(first <= end and start <= last for first, last in hers):
            found.gone.add(("codings", record))
            continue
        shift = sum(last + 1 - first for first, last in hers if last < start)
        moved = {name: value for name, value in body.items() if name != "revision"}
        yield Put("codings", record, {**moved, "start": start - shift, "end": end - shift})


def _codings(past: Past, found: Withdrawal) -> None:
    """Add the codings of every response that goes."""
    responses = {record for table, record in found.gone if table == "responses"}
    for record, states in past.get("codings", {}).items():
        if any(state.get("response") in responses for state in states):
            found.gone.add(("codings", record))


def _memos(past: Past, found: Withdrawal) -> None:
    """Add the memos that were ever on what goes, and memos on those."""
    on = {record: {state.get("on") for state in states} for record, states in past.get("memos", {}).items()}
    gone = {record for _, record in found.gone}
    while more := {record for record, places in on.items() if record not in gone and places & gone}:
        gone |= more
        found.gone |= {("memos", record) for record in more}


def _findings(study: Study, past: Past, found: Withdrawal) -> None:
    """Take what goes out of the findings that ever pointed at it."""
    gone = {record for _, record in found.gone}
    lists = ("supports", "contradicts", "quotes")
    for record, states in past.get("findings", {}).items():
        if not any(gone.intersection(state.get(name, ())) for state in states for name in lists):
            continue
        body = study.row("findings", record)
        if body is None:
            found.gone.add(("findings", record))
            continue
        kept = {name: [each for each in body.get(name, []) if each not in gone] for name in lists}
        if any(len(kept[name]) != len(body.get(name, [])) for name in lists):
            found.rewritten.append(Put("findings", record, {**body, **kept}))
        else:
            found.past.add(("findings", record))
