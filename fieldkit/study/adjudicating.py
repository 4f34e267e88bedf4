"""What coders differ on, decided: consensus is a layer of its own, and their own codings stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fieldkit.say import t
from fieldkit.storage.writes import Delete, Put
from fieldkit.study.clock import now
from fieldkit.study.codebook import find_code
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.evidence import evidence
from fieldkit.study.study import Study, new_id, put
from fieldkit.text import normalise

if TYPE_CHECKING:
    from fieldkit.findings.agreement_units import Unit
    from fieldkit.findings.disagreements import Disagreement
    from fieldkit.protocol.codebook import Code
    from fieldkit.records.adjudications import Adjudication
    from fieldkit.records.codings import Coding
    from fieldkit.storage.revision import Revision


def open_disagreements(
    study: Study, *, unit: Unit = "passage", everything: bool = False
) -> list[Disagreement]:
    """Where coders differ and nothing was decided yet.

    Args:
        study: the study.
        unit: whether coders who gave a code to different words differ.
        everything: those already decided as well.
    """
    from fieldkit.findings.disagreements import disagreements

    found = disagreements(evidence(study), unit=unit)
    return [each for each in found if everything or each.settled is None]


def adjudicate(
    study: Study,
    response: str,
    code: str,
    *,
    takes: Sequence[str] = (),
    another: str | None = None,
    memo: str | None = None,
) -> Adjudication:
    """Decide on a code in a response; durable when this returns, one change, which can be undone.

    Args:
        study: the study.
        response: id of the response.
        code: id, name or alias of the code that coders differ on.
        takes: initials of those whose codings stand; none says that the code does not.
        another: a code that stands instead, on the words that either gave the code to.
        memo: why.

    Returns:
        What was decided; what had been decided before is replaced, and stays in the trail.

    Raises:
        StudyError: coders do not differ there, or one of those taken is none of them; nothing was written.
    """
    from fieldkit.records.adjudications import Adjudication

    refuse_if_blind(study)
    wanted = find_code(study, code)
    instead = None if another is None else find_code(study, another)
    if instead is not None and (takes or instead.retired or instead.id == wanted.id):
        raise StudyError(t("another code stands instead of both: name one in force, and take nobody's"))
    listed = open_disagreements(study, everything=True)
    found = next((x for x in listed if (x.heard.response.id, x.code) == (response, wanted.id)), None)
    if found is None:
        told = t("coders do not differ on {code} in {response}; `fieldkit adjudicate --list` shows where")
        raise StudyError(told.format(code=wanted.id, response=response))
    for coder in takes:
        if coder not in found.given:
            raise UnknownId("coder", coder, found.given)
    codings = _agreed(study, found, takes, instead)
    decision = Adjudication(
        id=found.id,
        response=response,
        code=wanted.id,
        takes=list(dict.fromkeys(takes)),
        another=instead.id if instead else None,
        codings=[coding.id for coding in codings],
        by=study.need_author(),
        at=now(),
        memo=normalise(memo).text if memo else None,
    )
    replaced = [
        each for each in (found.settled.codings if found.settled else ()) if study.row("codings", each)
    ]
    writes: list[Put | Delete] = [Delete("codings", each) for each in replaced]
    writes += [put("codings", coding) for coding in codings]
    study.save([*writes, put("adjudications", decision)])
    return decision


def is_decision(revision: Revision) -> bool:
    """Whether a revision says what was decided where coders differ."""
    agreed = revision.table == "chart" and (revision.body or {}).get("layer") == "consensus"
    return agreed or revision.table == "adjudications"


def refuse_if_blind(study: Study) -> None:
    """Let nobody decide who is to see only her own work.

    Raises:
        StudyError: the author has a share that is not handed in.
    """
    if study.blind is not None:
        raise StudyError(t("hand in your share first: adjudicating shows what others made of it"))


def _agreed(study: Study, found: Disagreement, takes: Sequence[str], instead: Code | None) -> list[Coding]:
    """The consensus codings: one for each stretch of words that those taken gave the code to."""
    from fieldkit.records.codings import Coding

    whose = list(found.given) if instead is not None else takes
    code = instead.id if instead is not None else found.code
    by_place: dict[tuple[int, int], list[Coding]] = {}
    for coder in whose:
        for coding in found.given[coder]:
            by_place.setdefault((coding.start, coding.end), []).append(coding)
    agreed = []
    for (start, end), codings in sorted(by_place.items()):
        questions = {question for coding in codings for question in coding.evaluation_questions}
        version = codings[0].code_version if instead is None else instead.definition_version
        agreed.append(
            Coding(
                id=new_id(),
                response=found.heard.response.id,
                revision=codings[0].revision,
                quote=codings[0].quote,
                code=code,
                code_version=version,
                coder=study.need_author(),
                start=start,
                end=end,
                evaluation_questions=[q for q in study.framework.question_ids if q in questions],
                layer="consensus",
            )
        )
    return agreed
