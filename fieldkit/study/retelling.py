"""Summaries and memos that say again, word for word, what was declared off the record."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from fieldkit.storage.writes import Put
from fieldkit.study.study import Study
from fieldkit.study.withdrawal import Past, Withdrawal
from fieldkit.text import fold

RUN: Final = 5
"""So many words in a row tell it again; of a shorter paragraph all its words, if they are three or more."""

_SHORTEST: Final = 3


def tells_again(text: str, said: Collection[str]) -> bool:
    """Whether a text says again, word for word, what was said; case, accents and signs do not count.

    Args:
        text: the text.
        said: paragraphs that were said.
    """
    words = _words(text)
    return any(_told(words, _words(paragraph)) for paragraph in said)


def add_what_tells_it_again(
    study: Study, past: Past, found: Withdrawal, interview: str, said: Collection[str]
) -> None:
    """Take the lines that tell erased words again out of what hangs on an interview, and out of its past.

    These are the summaries of chart cells, memos, and remarks on codings. Lines that tell it in words of
    their own stay: only a reader can find those.

    Args:
        study: the study.
        past: its history, of `past_of`.
        found: what goes so far; what is rewritten without these lines is added.
        interview: id of the interview.
        said: the paragraphs that are erased.
    """
    waiting = {(write.table, write.record): write for write in found.rewritten}
    for table, record, name in _hanging_on(past, interview):
        states = past[table][record]
        if (table, record) in found.gone or not any(
            tells_again(state.get(name) or "", said) for state in states
        ):
            continue
        write = waiting.get((table, record))
        with study.unveiled():
            body = write.body if write is not None else study.row(table, record)
        left = _without(body.get(name) or "", said) if body is not None else ""
        if body is None or (table == "memos" and not left):
            found.gone.add((table, record))
        elif left == (body.get(name) or ""):
            found.past.add((table, record))
        else:
            found.rewritten = [each for each in found.rewritten if each is not write]
            found.rewritten.append(Put(table, record, {**body, name: left}))


def _hanging_on(past: Past, interview: str) -> Iterator[tuple[str, str, str]]:
    """Yield table, record and field of what was ever written about an interview, or anybody in it."""
    people = {
        person
        for state in past.get("interviews", {}).get(interview, ())
        for person in state.get("respondents", ())
    }
    on = {interview} | people
    on |= {
        record
        for record, states in past.get("responses", {}).items()
        if any(state.get("interview") == interview for state in states)
    }
    for record, states in past.get("codings", {}).items():
        if any(state.get("response") in on for state in states):
            on.add(record)
            yield "codings", record, "memo"
    for record, states in past.get("chart", {}).items():
        if any(state.get("respondent") in people or state.get("interview") == interview for state in states):
            on.add(record)
            yield "chart", record, "summary"
    for record, states in past.get("memos", {}).items():
        if any(state.get("on") in on for state in states):
            yield "memos", record, "text"


def _told(words: Sequence[str], said: Sequence[str]) -> bool:
    length = min(RUN, len(said))
    if length < _SHORTEST:
        return False
    runs = {tuple(said[at : at + length]) for at in range(len(said) - length + 1)}
    return any(tuple(words[at : at + length]) in runs for at in range(len(words) - length + 1))


def _without(text: str, said: Collection[str]) -> str:
    """A text without the lines that tell it; without any line where only several together do."""
    if not tells_again(text, said):
        return text
    left = "\n".join(line for line in text.split("\n") if not tells_again(line, said)).strip()
    return "" if tells_again(left, said) else left


def _words(text: str) -> list[str]:
    return "".join(each if each.isalnum() else " " for each in fold(text)).split()
