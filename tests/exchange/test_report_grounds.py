"""Conclusions, and what tells how well findings are grounded, in every report and in what leaves."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from fieldkit.exchange.chart_png import SCALE, curves_png
from fieldkit.exchange.chart_scene import WIDTH
from fieldkit.exchange.chart_svg import curves_svg
from fieldkit.exchange.report_charts import Curve, Curves, curves_of
from fieldkit.exchange.report_check import check_report
from fieldkit.exchange.report_gather import gather
from fieldkit.findings.saturation_tables import saturation_tables
from fieldkit.study.chart import save_chart_cell
from fieldkit.study.conclusions import conclude
from fieldkit.study.errors import StudyError
from fieldkit.study.findings import add_finding, set_status
from fieldkit.study.roster import find_respondent
from fieldkit.study.study import Study
from tests.exchange.reading import raw, shown
from tests.exchange.test_report_parts import ALL
from tests.findings.test_grounds_tables import seven_interviews

WELL = "The bodies work <well>."
FEW = "Few oversee the budget."


def stated(study: Study) -> str:
    """A final finding and a draft, a conclusion on the first, a recommendation on both; the first's id."""
    final = add_finding(study, "1.4a", WELL, holds=True).id
    draft = add_finding(study, "1.1", FEW).id
    set_status(study, final, "final")
    conclude(study, "conclusion", "Governance is sound.", [final])
    conclude(study, "recommendation", "Ask for papers earlier.", [final, draft])
    return final


@pytest.mark.parametrize("suffix", ALL)
def test_conclusions_name_the_findings_they_are_drawn_from(study: Study, tmp_path: Path, suffix: str) -> None:
    stated(study)
    target = tmp_path / f"report{suffix}"
    ALL[suffix](study, target)
    texts = shown(target)
    start = next(n for n, text in enumerate(texts) if "Governance is sound." in text)
    rest = "\n".join(texts[start : start + 14])
    order = [rest.index(each) for each in (WELL, "Ask for papers earlier.")]
    assert order == sorted(order)
    assert "1.4a" in rest
    assert FEW in rest
    # Of the second, both findings.
    assert rest[order[1] :].count(WELL) == 1


@pytest.mark.parametrize("suffix", ALL)
def test_what_rests_on_a_draft_does_not_leave(study: Study, tmp_path: Path, suffix: str) -> None:
    stated(study)
    target = tmp_path / f"report{suffix}"
    ALL[suffix](study, target, leaving=True)
    text = "\n".join(shown(target))
    assert "Governance is sound." in text
    assert "Ask for papers earlier." not in raw(target)
    assert FEW not in text
    # Of methods, the documents alone; nothing of groups, of pairs of them, or of single interviews.
    triangulation = text[text.rindex("Triangulation: what") :]
    assert "furthest apart" not in triangulation
    assert "nobody answered" not in triangulation
    assert "Codes after each interview" not in triangulation
    assert "Document review" in triangulation


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".html"])
def test_what_sources_say_is_computed_again(study: Study, tmp_path: Path, suffix: str) -> None:
    finding = stated(study)
    target = tmp_path / f"report{suffix}"
    ALL[suffix](study, target)
    assert check_report(study, target).ok
    person = find_respondent(study, "CIC-01").id
    save_chart_cell(study, person, "1.4a", summary="", position="unfavourable", basis="first-hand")
    assert (
        f"triangulation/all/{finding}/CIC: the report says agrees (1 of 1) (n = 1); "
        "the study says contradicts (0 of 1) (n = 1)"
    ) in check_report(study, target).problems


def test_a_conclusion_that_names_somebody_does_not_leave(study: Study) -> None:
    made = conclude(study, "conclusion", "As Secret said, it works.", [stated(study)])
    with pytest.raises(StudyError, match=f"{made.id} cannot leave: it holds a name"):
        gather(study, leaving=True)


def test_curves_are_read_off_their_table_and_drawn_with_all_they_show() -> None:
    curves = curves_of(saturation_tables(seven_interviews().evidence(), "en"))
    counts = (1, 2, 2, 2, 2, 2)
    assert curves == Curves("Codes after each interview", (Curve("All", (*counts, 2)), Curve("3.3", counts)))
    drawn = curves_svg(curves, "a")
    assert drawn.count("<polyline") == 4
    assert '<desc id="a-d">All: 1, 2, 2, 2, 2, 2, 2; 3.3: 1, 2, 2, 2, 2, 2</desc>' in drawn
    image = Image.open(io.BytesIO(curves_png(curves)))
    assert image.width == WIDTH * SCALE
    # Something is drawn in the panel of each.
    halves = [image.convert("L").crop((left, 60, left + 300, 220)) for left in (0, 380)]
    assert all(half.getextrema()[0] < 128 for half in halves)


def test_without_enough_interviews_there_is_no_curve(study: Study) -> None:
    assert curves_of(gather(study).saturation) is None
