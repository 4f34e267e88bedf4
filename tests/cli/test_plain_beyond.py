"""What happens around the items, line by line: added ones, memo, reasons, withdrawal, what is erased."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fieldkit.records.interviews import consent_id
from fieldkit.study.interviews import find_interview
from fieldkit.study.memo import memo_id
from fieldkit.study.study import Study
from tests.cli.test_plain import plain as plain


def paragraphs(study: Study, item: str) -> list[dict[str, Any]]:
    return next(b["paragraphs"] for b in study.rows("responses").values() if b["item"] == item)


def test_an_item_is_added_and_tied_to_the_evaluation_question_that_is_typed(plain: Any) -> None:
    ran, study = plain("y", "y", "y", ".add What of the archive?", "1.2", "It is kept in Manila.")
    with study:
        (added,) = find_interview(study, "CIC-01").added_items
        assert (added.text, added.evaluation_questions) == ("What of the archive?", ["1.2"]), ran.out
        assert paragraphs(study, added.id)[0]["text"] == "It is kept in Manila."


def test_memo_reasons_and_confidence_are_given_at_the_end_as_on_the_screen(plain: Any) -> None:
    ran, study = plain(
        *("y", "y", "y", ".g 3", "Words on it.", ".g 15", ".t 1", ".why 15 topic"),
        *(".memo", "He was in a hurry.", "Ask again in May.", ".close", "7", "1", "5"),
    )
    with study:
        interview = find_interview(study, "CIC-01")
        assert interview.confidence == "medium", ran.out
        assert study.row("memos", memo_id(interview.id))["text"] == "He was in a hurry.\nAsk again in May."
        reasons = {body["item"]: body.get("reason") for body in study.rows("responses").values()}
        assert reasons["common_position"] == "topic", ran.out


def test_consent_taken_back_tells_first_what_that_does_and_then_counts_nowhere(plain: Any) -> None:
    ran, study = plain("y", "y", "y", ".g 3", "Words.", ".withdraw CIC-01", "no", ".withdraw", "yes")
    with study:
        interview = find_interview(study, "CIC-01")
        consent = study.row("consents", consent_id(interview.id, interview.respondents[0]))
        assert consent["withdrawn_at"], ran.out
        assert ran.out.count("Nothing is erased, but it counts nowhere:") == 2
        assert interview.state == "withdrawn"


def test_what_was_noted_just_before_is_erased_for_good(plain: Any, tmp_path: Path) -> None:
    ran, study = plain("y", "y", "y", ".g 3", "Kept words.", "Zyxsecret words.", ".erase", "yes")
    with study:
        assert "Erased for good" in ran.out
        assert "Kept words." in str([*study.rows("responses").values()])
    held = b"".join(path.read_bytes() for path in (tmp_path / "plain").rglob("*") if path.is_file())
    assert b"Zyxsecret" not in held


def test_not_for_attribution_and_the_short_path(plain: Any) -> None:
    ran, study = plain("y", "y", "y", ".g 3", "Between us.", ".a", ".short", ".n", ".short")
    with study:
        marked = [p for b in study.rows("responses").values() for p in b.get("paragraphs", ())]
        assert [p["attribution"] for p in marked] == ["none"], ran.out
    assert "The short path: .n goes to open priority items only." in ran.out
    assert "All items again." in ran.out
