"""What two coders made of the made-up interviews: codings, and the chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from fieldkit.records.codings import ChartCell, Coding, chart_cell_id
from fieldkit.study.practice.bank import Passage
from fieldkit.study.practice.draw import Draw
from fieldkit.study.practice.interviews import Held, Stretch

FIRST_CODER: Final = "PR"
SECOND_CODER: Final = "JL"

CODED_TWICE: Final = frozenset(
    {
        *("CIC-01", "CIC-02", "CIC-05", "CIC-06", "DFA-01", "DFA-04"),
        *("CIDA-02", "CIDA-03", "IOM-01", "IOM-03", "IOM-04"),
    }
)
"""Codes of the respondents whose interviews the second coder coded too."""

_SAME: Final = 0.8
_SHORTER: Final = 0.06
_OTHER_CODE: Final = 0.08
"""Shares of the second coder's codings; what remains she left uncoded."""

_CHARTED: Final = 0.92
"""Share of the cells that are filled; the rest is left to practise on."""


def first_codings(held: Held) -> list[Coding]:
    """The first coder's codings of an interview, as the bank has them; none while it is not complete."""
    if held.interview.state != "complete":
        return []
    draw = Draw(held.person.code, FIRST_CODER)
    return [_coding(stretch, stretch.code, FIRST_CODER, draw) for stretch in held.stretches]


def second_codings(held: Held, kin: Mapping[str, Sequence[str]]) -> list[Coding]:
    """The second coder's codings of an interview: mostly the same, sometimes not.

    Args:
        held: the interview.
        kin: code to the codes beside it in the tree, which it may be taken for.

    Returns:
        Nothing for an interview that is coded once only.
    """
    if held.person.code not in CODED_TWICE:
        return []
    draw = Draw(held.person.code, SECOND_CODER)
    codings: dict[tuple[str, int, int, str], Coding] = {}
    for stretch in held.stretches:
        coding = _second_opinion(stretch, kin, draw)
        if coding is not None:
            codings.setdefault((stretch.response, coding.start, coding.end, coding.code), coding)
    return list(codings.values())


def chart(held: Held) -> list[ChartCell]:
    """The chart cells of a person, by the first coder: one for each evaluation question spoken to."""
    if held.interview.state != "complete":
        return []
    draw = Draw(held.person.code, "chart")
    by_question: dict[str, list[Passage]] = {}
    for passage in held.said:
        for question in passage.questions:
            by_question.setdefault(question, []).append(passage)
    cells = [
        _cell(held, question, _position(passages), "; ".join(passage.summary for passage in passages[:2]))
        for question, passages in by_question.items()
    ]
    cells += [
        _cell(held, question, "no view", noted)
        for question, noted in held.unknown.items()
        if question not in by_question
    ]
    return [cell for cell in sorted(cells, key=lambda cell: cell.id) if draw.chance(_CHARTED)]


def _second_opinion(stretch: Stretch, kin: Mapping[str, Sequence[str]], draw: Draw) -> Coding | None:
    if draw.chance(_SAME):
        return _coding(stretch, stretch.code, SECOND_CODER, draw)
    if draw.chance(_SHORTER / (1 - _SAME)):
        return _coding(_first_sentence(stretch), stretch.code, SECOND_CODER, draw)
    if kin[stretch.code] and draw.chance(_OTHER_CODE / (1 - _SAME - _SHORTER)):
        memo = f"Or {stretch.code}? To discuss."
        return _coding(stretch, draw.pick(kin[stretch.code]), SECOND_CODER, draw, memo)
    return None


def _first_sentence(stretch: Stretch) -> Stretch:
    length = stretch.quote.find(". ") + 1 or len(stretch.quote)
    end = stretch.start + length
    return Stretch(
        stretch.response, stretch.start, end, stretch.quote[:length], stretch.code, stretch.questions
    )


def _coding(stretch: Stretch, code: str, coder: str, draw: Draw, memo: str | None = None) -> Coding:
    return Coding(
        id=draw.record_id(),
        response=stretch.response,
        quote=stretch.quote,
        code=code,
        coder=coder,
        start=stretch.start,
        end=stretch.end,
        evaluation_questions=list(stretch.questions),
        memo=memo,
    )


def _position(passages: Iterable[Passage]) -> str:
    """One position for all that a person said on a question."""
    found = {passage.position for passage in passages}
    if len(found) == 1:
        return found.pop()
    return "qualified" if found == {"favourable", "qualified"} else "mixed"


def _cell(held: Held, question: str, position: str, summary: str) -> ChartCell:
    """A cell; views on relevance and value are opinions, whatever the person knows at first hand."""
    return ChartCell(
        id=chart_cell_id(held.respondent, question, FIRST_CODER),
        interview=held.interview.id,
        respondent=held.respondent,
        evaluation_question=question,
        summary=summary,
        position=position,
        basis="opinion" if question.startswith("3.") else held.person.basis,
        coder=FIRST_CODER,
    )
