"""What a study has to show, brought together for findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.study.anchoring import Anchors
from fieldkit.study.errors import StudyError

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence
    from fieldkit.study.study import Study


def evidence(study: Study) -> Evidence:
    """All records that tables are made from, with the framework, codebook and guides in force.

    Raises:
        StudyError: the framework or codebook is missing or wrong.
    """
    from fieldkit.findings.evidence import Evidence
    from fieldkit.records.codings import Coding

    interviews = study.records("interviews")
    guides = dict(study.protocol.guides)
    for interview in interviews:
        if interview.guide_hash and interview.guide_hash not in guides:
            try:
                guides[interview.guide_hash] = study.guide_for(interview).base
            except StudyError:
                continue
    anchors = Anchors(study)
    codings, waiting = [], []
    for body in study.rows("codings").values():
        found = anchors.anchored(body)
        codings.append(Coding.of(anchors.body(body, found)))
        if not found.settled:
            waiting.append(body["id"])
    return Evidence(
        framework=study.framework,
        codebook=study.codebook,
        guides=guides,
        respondents=tuple(study.records("respondents")),
        interviews=tuple(interviews),
        responses=tuple(study.records("responses")),
        codings=tuple(codings),
        adjudications=tuple(study.records("adjudications")),
        assignments=tuple(study.records("assignments")),
        chart=tuple(study.records("chart")),
        consents=tuple(study.records("consents")),
        documents=tuple(study.records("documents")),
        waiting=frozenset(waiting),
    )
