"""Findings keep their evidence, refuse what may not be quoted, and tell when what they rest on changed."""

from __future__ import annotations

import pytest

from fieldkit.exchange.report_gather import gather
from fieldkit.records.responses import Paragraph
from fieldkit.storage.writes import Put
from fieldkit.study.conclusions import conclude, edit_conclusion, remove_conclusion
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.evidence import evidence
from fieldkit.study.finding_passages import FindingPassages
from fieldkit.study.findings import add_finding, add_note, edit_finding, overrule, set_status, view_findings
from fieldkit.study.history import undo
from fieldkit.study.study import Study
from tests.study.conftest import held

VERBATIM = "The Council looks at it twice a year."
TOLD = "She said that it works."
HELD_BACK = "Between us, it does not."


@pytest.fixture
def coded(study: Study) -> Study:
    """CIC-01's answer in three paragraphs, each coded (a, b, c), and a document's words (d)."""
    interview = held(study).interview
    said = Paragraph(text=VERBATIM, kind="verbatim").model_dump(exclude_none=True)
    told = Paragraph(text=TOLD).model_dump(exclude_none=True)
    none = Paragraph(text=HELD_BACK, kind="verbatim", attribution="none").model_dump(exclude_none=True)
    item = study.guide_for(interview).items()[3].id
    response = {"id": f"{interview.id}:{item}", "interview": interview.id, "item": item}
    response |= {"disposition": "answered", "paragraphs": [said, told, none]}
    consent = {"id": "c1", "interview": interview.id, "respondent": interview.respondents[0]}
    writes = [
        Put("responses", response["id"], response),
        Put("consents", "c1", {**consent, "given": True, "quote": True}),
        Put("documents", "report", {"id": "report", "name": "Report", "text": VERBATIM}),
    ]
    start = 0
    for name, words in (("a", VERBATIM), ("b", TOLD), ("c", HELD_BACK)):
        place = {"start": start, "end": start + len(words), "quote": words}
        writes.append(
            Put("codings", name, {"id": name, "response": response["id"], "code": "council", **place})
        )
        start += len(words) + 1
    on_document = {"id": "d", "document": "report", "code": "council", "start": 0, "end": 11}
    study.save([*writes, Put("codings", "d", {**on_document, "quote": "The Council"})])
    return study


def chart(study: Study, position: str) -> None:
    (person,) = [each.id for each in study.records("respondents") if each.code == "CIC-01"]
    cell = {"id": "cell", "respondent": person, "evaluation_question": "1.1", "position": position}
    study.save([Put("chart", "cell", cell)])


def test_a_finding_is_stale_when_what_it_rests_on_changed_until_it_is_looked_at(coded: Study) -> None:
    finding = add_finding(coded, "1.1", " Members oversee. ", holds=True, supports=["a", "d"], quotes=["a"])
    assert finding.statement == "Members oversee."
    assert (finding.author, finding.status) == ("MT", "draft")
    (viewed,) = view_findings(coded)
    assert not viewed.stale
    chart(coded, "unfavourable")
    (viewed,) = view_findings(coded, "1.1")
    assert viewed.stale
    with pytest.raises(StudyError, match="look at it"):
        set_status(coded, finding.id, "final")
    edit_finding(coded, finding.id)
    assert set_status(coded, finding.id, "final").status == "final"
    undo(coded)
    (viewed,) = view_findings(coded)
    assert (viewed.finding.status, viewed.stale) == ("draft", False)


def test_what_may_not_be_quoted_is_refused_and_nothing_is_written(coded: Study) -> None:
    for coding, why in (("b", "not verbatim"), ("c", "not for attribution"), ("x", "there is no coding")):
        with pytest.raises(StudyError, match=why):
            add_finding(coded, "1.1", "It works.", quotes=[coding])
    with pytest.raises(StudyError, match="for the finding and against"):
        add_finding(coded, "1.1", "It works.", supports=["a"], contradicts=["a"])
    with pytest.raises(StudyError, match="no proposition of its own"):
        add_finding(coded, "1.4", "It works.", holds=True)
    assert not coded.rows("findings")
    assert add_finding(coded, "1.1", "It works.", quotes=["a", "d"]).quotes == ["a", "d"]
    coded.save([Put("consents", "c1", {**coded.rows("consents")["c1"], "quote": False})])
    (viewed,) = view_findings(coded)
    assert list(viewed.not_quotable) == ["a"]


def test_the_rules_are_overruled_with_a_reason_and_by_somebody(coded: Study) -> None:
    finding = add_finding(coded, "1.1", "Members oversee.", holds=True, supports=["a"])
    assert finding.strength == "insufficient"
    with pytest.raises(StudyError, match="needs a reason"):
        overrule(coded, finding.id, "moderate")
    with pytest.raises(UnknownId, match="strength of evidence"):
        overrule(coded, finding.id, "iron", "because")
    coded.set_author("AB")
    overrule(coded, finding.id, "moderate", "The minutes are conclusive.")
    add_note(coded, finding.id, "Check the year.")
    (viewed,) = view_findings(coded)
    assert (viewed.strength, viewed.computed.rule) == ("moderate", "insufficient")
    assert viewed.finding.overruled is not None
    assert (viewed.finding.overruled.author, viewed.finding.author) == ("AB", "MT")
    (part,) = [each for each in gather(coded).questions if each.id == "1.1"]
    assert part.stated[0].about == "strength of evidence: Moderate; draft"
    assert part.stated[0].notes[-2:] == (
        "strength set by AB: The minutes are conclusive.",
        "AB: Check the year.",
    )
    assert overrule(coded, finding.id, None).strength == "insufficient"


def test_conclusions_link_to_findings_that_there_are(coded: Study) -> None:
    finding = add_finding(coded, "1.1", "Members oversee.")
    made = conclude(coded, "recommendation", "Stay a member.", [finding.id, finding.id])
    assert made.findings == [finding.id]
    with pytest.raises(StudyError, match="which findings"):
        conclude(coded, "conclusion", "So it is.", [])
    with pytest.raises(UnknownId):
        conclude(coded, "conclusion", "So it is.", ["nowhere"])
    other = add_finding(coded, "1.1", "Members look on.")
    coded.set_author("AB")
    edit_conclusion(coded, made.id, text=" Stay. ")
    changed = edit_conclusion(coded, made.id, findings=[other.id])
    assert changed == coded.record("conclusions", made.id)
    assert (changed.text, changed.findings, changed.kind) == ("Stay.", [other.id], "recommendation")
    assert changed.author == "MT"
    for wrong in ({"text": " "}, {"findings": []}, {"findings": ["nowhere"]}):
        with pytest.raises(StudyError):
            edit_conclusion(coded, made.id, **wrong)
    with pytest.raises(UnknownId, match="conclusion"):
        edit_conclusion(coded, finding.id, text="Go.")
    assert coded.record("conclusions", made.id) == changed
    remove_conclusion(coded, made.id)
    assert not coded.rows("conclusions")


def test_the_passages_to_choose_from_are_those_of_the_question_each_once_and_those_named(
    coded: Study,
) -> None:
    first = coded.row("codings", "a")
    again = {**first, "id": "a2", "code": "scbf", "evaluation_questions": ["1.1"]}
    coded.save([Put("codings", "a2", again)])
    finding = add_finding(coded, "1.1", "Members oversee.", supports=["b"])
    passages = FindingPassages(coded, evidence(coded))
    found = passages.on("1.1", finding)
    assert [(each.codings, each.words) for each in found] == [(("a2",), VERBATIM), (("b",), TOLD)]
    assert [each.why_not is None for each in found] == [True, False]
    assert [each.words for each in passages.named(["a", "a2", "d", "gone"])] == [VERBATIM, "The Council"]
