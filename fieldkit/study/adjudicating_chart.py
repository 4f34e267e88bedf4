"""Positions that coders differ on, decided: the agreed cell is a layer of its own, and theirs stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.say import mark, t
from fieldkit.study.adjudicating import refuse_if_blind
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.evidence import evidence
from fieldkit.study.roster import find_respondent
from fieldkit.study.study import Study, put
from fieldkit.text import normalise

if TYPE_CHECKING:
    from fieldkit.findings.cell_disagreements import CellDisagreement
    from fieldkit.records.codings import ChartCell


def open_cell_disagreements(study: Study, *, everything: bool = False) -> list[CellDisagreement]:
    """Where coders differ in the chart and nothing was decided yet.

    Args:
        study: the study.
        everything: those already decided as well.
    """
    from fieldkit.findings.cell_disagreements import cell_disagreements

    found = cell_disagreements(evidence(study))
    return [each for each in found if everything or each.settled is None]


def adjudicate_cell(
    study: Study,
    respondent: str,
    question: str,
    *,
    takes: str | None = None,
    position: str | None = None,
    basis: str | None = None,
    memo: str | None = None,
) -> ChartCell:
    """Decide on a person's position; durable when this returns, one change, which can be undone.

    Args:
        study: the study.
        respondent: the person's code, or her id.
        question: id of an evaluation question without parts, or of a part.
        takes: initials of whose cell stands, with its summary.
        position: where nobody's stands, the position that does; with neither she has none.
        basis: the basis of that position.
        memo: why.

    Returns:
        The agreed cell; what had been agreed before is replaced, and stays in the trail.

    Raises:
        StudyError: coders do not differ there, or an id is unknown; nothing was written.
    """
    from fieldkit.records.codings import ChartCell, chart_cell_id

    refuse_if_blind(study)
    person = respondent if study.row("respondents", respondent) else find_respondent(study, respondent).id
    listed = open_cell_disagreements(study, everything=True)
    found = next((x for x in listed if (x.respondent, x.evaluation_question) == (person, question)), None)
    if found is None:
        told = t("coders do not differ on {person} in {question}; `fieldkit adjudicate --list` shows where")
        raise StudyError(told.format(person=respondent, question=question))
    framework = study.framework
    for kind, given, known in (
        (mark("coder"), takes, list(found.given)),
        (mark("position"), position, [each.id for each in framework.positions]),
        (mark("basis"), basis, [each.id for each in framework.bases]),
    ):
        if given is not None and given not in known:
            raise UnknownId(kind, given, known)
    if takes is not None and (position is not None or basis is not None):
        raise StudyError(t("take somebody's cell, or name a position: not both"))
    taken = found.given[takes] if takes is not None else None
    agreed = ChartCell(
        id=chart_cell_id(person, question, None, "consensus"),
        interview=next((cell.interview for cell in found.given.values() if cell.interview), None),
        respondent=person,
        evaluation_question=question,
        summary=taken.summary if taken else "",
        position=taken.position if taken else position,
        basis=taken.basis if taken else basis,
        coder=study.need_author(),
        layer="consensus",
        rests_on=taken.rests_on if taken else None,
        takes=[takes] if takes is not None else [],
        memo=normalise(memo).text if memo else None,
    )
    study.save([put("chart", agreed)])
    return agreed
