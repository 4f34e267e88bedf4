"""The chart: one cell for each person and evaluation question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.study.chart_passages import Passages
from fieldkit.study.chart_stale import rests_on
from fieldkit.study.errors import UnknownId
from fieldkit.study.standing import Standing
from fieldkit.study.study import Study, put
from fieldkit.text import normalise

if TYPE_CHECKING:
    from fieldkit.records.codings import ChartCell


@dataclass(frozen=True)
class ChartRow:
    """One person's line of the chart.

    Attributes:
        respondent: her id.
        code: her code.
        group: her group.
        cells: evaluation question or part to her cell, or None where it is empty.
        spoken: those of them that passages of hers speak to.
    """

    respondent: str
    code: str
    group: str
    cells: dict[str, ChartCell | None]
    spoken: frozenset[str]


def chart_cell(study: Study, respondent: str, question: str, coder: str | None = None) -> ChartCell | None:
    """The cell of a person and an evaluation question.

    Args:
        study: the study.
        respondent: id of the person.
        question: id of the evaluation question or part.
        coder: whose own cell; None takes the consensus, else the author's, else anyone's.

    Returns:
        The cell, or None while there is none.
    """
    cells = [cell for cell in _cells_of(study, respondent) if cell.evaluation_question == question]
    if coder is not None:
        return next((cell for cell in cells if cell.coder == coder and cell.layer is None), None)
    cells.sort(key=lambda cell: (cell.layer != "consensus", cell.coder != study.author, cell.coder or ""))
    return cells[0] if cells else None


def save_chart_cell(
    study: Study,
    respondent: str,
    question: str,
    *,
    summary: str = "",
    position: str | None = None,
    basis: str | None = None,
    interview: str | None = None,
) -> ChartCell:
    """Fill the author's cell of a person and an evaluation question; durable when this returns.

    The cell notes which passages it rests on as they stand now, so that it can be told when they change.

    Args:
        study: the study.
        respondent: id of the person.
        question: id of an evaluation question without parts, or of a part.
        summary: one line; breaks become blanks.
        position: id of a position of the framework, or None while it is open.
        basis: id of a basis of the framework, or None.
        interview: the interview it is charted from.

    Raises:
        UnknownId: an id is unknown; nothing was written.
    """
    from fieldkit.records.codings import ChartCell, chart_cell_id

    framework = study.framework
    for kind, given, known in (
        ("respondent", respondent, list(study.rows("respondents"))),
        ("evaluation question", question, [leaf.id for leaf in framework.leaves]),
        ("position", position, [each.id for each in framework.positions]),
        ("basis", basis, [each.id for each in framework.bases]),
    ):
        if given is not None and given not in known:
            raise UnknownId(kind, given, known)
    coder = study.need_author()
    cell = ChartCell(
        id=chart_cell_id(respondent, question, coder),
        interview=interview,
        respondent=respondent,
        evaluation_question=question,
        summary=" ".join(normalise(summary).text.split("\n")).strip(),
        position=position,
        basis=basis,
        coder=coder,
        rests_on=rests_on(study, Passages(study).of(respondent, coder).get(question, ())),
    )
    study.save([put("chart", cell)])
    return cell


def interviewed_people(study: Study, standing: Standing | None = None) -> set[str]:
    """Ids of whoever was interviewed and counts.

    Args:
        study: the study.
        standing: what consent leaves of it, where that is known already.
    """
    standing = standing or Standing(study)
    return {
        person
        for interview, body in study.rows("interviews").items()
        if body.get("state") not in ("planned", "withdrawn")
        for person in body.get("respondents", [])
        if standing.person(person, interview)
    }


def chart_grid(study: Study, respondents: Sequence[str] | None = None) -> list[ChartRow]:
    """The chart: whoever was interviewed and counts (or those named), by evaluation question or part."""
    leaves = [leaf.id for leaf in study.framework.leaves]
    standing = Standing(study)
    interviewed = interviewed_people(study, standing)
    spoken = _spoken(study, standing)
    rows = []
    for respondent, body in study.rows("respondents").items():
        if respondent in (respondents if respondents is not None else interviewed):
            rows.append(
                ChartRow(
                    respondent=respondent,
                    code=str(body.get("code", "")),
                    group=str(body.get("group", "")),
                    cells={leaf: chart_cell(study, respondent, leaf) for leaf in leaves},
                    spoken=frozenset(spoken.get(respondent, ())),
                )
            )
    return rows


def _cells_of(study: Study, respondent: str) -> list[ChartCell]:
    from fieldkit.records.codings import ChartCell

    return [ChartCell.of(body) for _, body in study.where("chart", "respondent", respondent)]


def _spoken(study: Study, standing: Standing) -> dict[str, set[str]]:
    """Respondent to the evaluation questions that her coded passages speak to, parts spelt out."""
    framework = study.framework
    found: dict[str, set[str]] = {}
    for coding in study.rows("codings").values():
        response = study.row("responses", coding.get("response") or "")
        interview = study.row("interviews", response["interview"]) if response else None
        if response is None or interview is None or not standing.response(response, interview):
            continue
        people = [response["respondent"]] if response.get("respondent") else interview["respondents"]
        if len(people) == 1:
            questions = found.setdefault(people[0], set())
            for question in coding.get("evaluation_questions", ()):
                questions.update(framework.leaf_ids(question))
    return found
