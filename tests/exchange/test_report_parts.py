"""What is stated on a question with parts stands under it, and its parts follow, in every report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.exchange.docx import write_docx
from fieldkit.exchange.html import write_html
from fieldkit.exchange.markdown import write_markdown
from fieldkit.exchange.report_gather import gather
from fieldkit.exchange.xlsx import write_xlsx
from fieldkit.study.findings import add_finding, set_status
from fieldkit.study.study import Study
from tests.exchange.reading import shown

ALL = {".xlsx": write_xlsx, ".docx": write_docx, ".html": write_html, ".md": write_markdown}
STATED = {
    "1.4": "The bodies work and could work better.",
    "1.4a": "The bodies work well.",
    "1.4b": "The committee should go.",
    "1.3": "The roles serve Canada.",
}


@pytest.mark.parametrize("leaving", [False, True])
@pytest.mark.parametrize("suffix", ALL)
def test_what_is_stated_on_a_question_with_parts_stands_under_it(
    new_study: Callable[..., Study], tmp_path: Path, suffix: str, leaving: bool
) -> None:
    study = new_study()
    for question, statement in STATED.items():
        set_status(study, add_finding(study, question, statement).id, "final")
    target = tmp_path / f"report{suffix}"
    ALL[suffix](study, target, leaving=leaving)
    texts = shown(target)
    asked = {each: study.framework.question(each).text.get("en") for each in STATED}
    wanted = [STATED["1.3"]]
    wanted += [words for each in ("1.4", "1.4a", "1.4b") for words in (asked[each], STATED[each])]
    found = -1
    for words in wanted:
        found = next(number for number in range(found + 1, len(texts)) if words in texts[number])


def test_parts_follow_their_question_and_are_one_level_deeper(study: Study) -> None:
    found = [(each.id, each.level, each.has_parts) for each in gather(study).questions]
    assert found[3:7] == [("1.4", 0, True), ("1.4a", 1, False), ("1.4b", 1, False), ("1.5", 0, False)]
    assert [each for each, _, _ in found] == study.framework.question_ids
