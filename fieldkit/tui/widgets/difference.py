"""What coders differ on, drawn: a code in a response, or a cell of the chart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from fieldkit.findings.cell_disagreements import CellDisagreement
from fieldkit.findings.disagreements import Disagreement
from fieldkit.study.chart_passages import Passages
from fieldkit.study.study import Study
from fieldkit.tui.literal import literal_line, phrase

if TYPE_CHECKING:
    from fieldkit.records.codings import ChartCell, Coding


def difference_line(study: Study, each: Disagreement | CellDisagreement) -> Content:
    """A difference on one line.

    Args:
        study: the study.
        each: the difference.
    """
    if isinstance(each, Disagreement):
        who = " + ".join(_code(study, person) for person in each.heard.interview.respondents)
        return literal_line(f"{who} {each.heard.response.item}: {each.code}")
    field = "position" if each.positions_differ else "basis"
    said = " / ".join(str(getattr(cell, field) or "?") for cell in each.given.values())
    return literal_line(f"{_code(study, each.respondent)} {each.evaluation_question}: {said}")


def difference_in_full(study: Study, each: Disagreement | CellDisagreement, language: str) -> Content:
    """A difference with what it is about, and what each of the coders made of it.

    Args:
        study: the study.
        each: the difference.
        language: language of names.
    """
    if isinstance(each, Disagreement):
        return Content("\n").join(_code_lines(study, each, language))
    return Content("\n").join(_cell_lines(study, each, language))


def _code_lines(study: Study, each: Disagreement, language: str) -> Iterator[Content]:
    names = {code.id: code.name.get(language) for code in study.codebook.codes}
    yield phrase("[b]$code[/]", code=names.get(each.code, each.code))
    yield Content("")
    for place, (coder, codings) in enumerate(each.given.items(), start=1):
        yield phrase("[b]$place[/] $coder", place=place, coder=coder)
        yield from [_passage(coding) for coding in codings] or [phrase("  [dim]not given[/]")]
    yield Content("")
    yield phrase("[b]a[/] all who gave it   [b]0[/] nobody's   [b]o[/] another code")
    yield Content("")
    yield phrase("[b]The response[/]")
    yield from map(literal_line, each.heard.response.text.split("\n"))


def _cell_lines(study: Study, each: CellDisagreement, language: str) -> Iterator[Content]:
    framework = study.framework
    question = framework.question(each.evaluation_question)
    yield phrase("[b]$person on $question[/]", person=_code(study, each.respondent), question=question.id)
    yield literal_line((question.proposition or question.text).get(language)).stylize("italic")
    yield Content("")
    names = {position.id: position.name.get(language) for position in framework.positions}
    names |= {basis.id: basis.name.get(language) for basis in framework.bases}
    for place, (coder, cell) in enumerate(each.given.items(), start=1):
        yield phrase("[b]$place[/] $coder: $said", place=place, coder=coder, said=_said(cell, names))
        yield literal_line(f"  {cell.summary}") if cell.summary else phrase("  [dim]no summary[/]")
    yield Content("")
    yield phrase("[b]0[/] no position   [b]o[/] another position")
    passages = Passages(study)
    for coder in each.given:
        yield Content("")
        yield phrase("[b]Passages of $coder[/]", coder=coder)
        said = passages.of(each.respondent, coder).get(each.evaluation_question, ())
        for passage in said:
            yield literal_line(f"“{passage.words}” {', '.join(passage.codes)}")


def _said(cell: ChartCell, names: dict[str, str]) -> str:
    return ", ".join(names.get(said, said) for said in (cell.position, cell.basis) if said)


def _passage(coding: Coding) -> Content:
    remark = phrase("  [dim]$memo[/]", memo=coding.memo) if coding.memo else Content("")
    return Content("  ") + literal_line(f"“{coding.quote}”") + remark


def _code(study: Study, person: str) -> str:
    return str((study.row("respondents", person) or {}).get("code", "?"))
