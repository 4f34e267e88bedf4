"""A whole interview of each respondent group, held by keys alone, and then compared with the store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fieldkit.protocol.values import check_value
from fieldkit.study.closing import asked_steps
from fieldkit.study.steps import StepView
from tests.app.evaluator import GROUPS, app_for, keys, study_in

SAID = "Elle dit : « c’est clair »\u202f; [rire] œuvre d’été, 3 pays à 10\u00a0%"


def value_keys(step: StepView) -> tuple[str, Any]:
    """Keys that give an item its value, and the value."""
    item = step.item
    percents = [{"low": 70, "high": 70, "estimate": False}, {"low": 10, "high": 15, "estimate": True}]
    if item.type == "single":
        return "1", item.choices[0].id
    if item.type == "multiple":
        return "12", [item.choices[0].id, item.choices[1].id]
    if item.type == "scale":
        return "4", 4
    if item.type == "grid" and item.cell == "scale":
        return "".join(str(2 + at % 3) for at in range(len(item.rows))), {
            row.id: 2 + at % 3 for at, row in enumerate(item.rows)
        }
    if item.type == "grid":
        return "70\n10-15\n", {row.id: percents[at] for at, row in enumerate(item.rows)}
    if item.type == "percent":
        return "~12\n", {"low": 12, "high": 12, "estimate": True}
    if item.type == "year":
        return "1998\n", 1998
    if item.type == "rank":
        return "3=12", [[item.choices[2].id, item.choices[0].id], [item.choices[1].id]]
    return "", None


@pytest.mark.parametrize("group", GROUPS)
async def test_a_whole_interview_by_keys(group: str, tmp_path: Path) -> None:
    expected: dict[str, tuple[Any, list[str], str, list[str]]] = {}
    with study_in(tmp_path / "study") as study:
        app = app_for(study, f"{group}-01")
        async with app.run_test(size=(80, 24)) as pilot:
            screen, conduct = app.interview, app.interview.conduct
            await keys(pilot, "121", "ctrl+n")
            while screen.page == "item":
                step = screen.current_step()
                record = step.key.response_id(conduct.interview.id)
                number = len(expected)
                typed, value = value_keys(step)
                if step.item.type == "note":
                    await keys(pilot, "ctrl+n")
                elif number % 5 == 4:
                    await keys(pilot, "ctrl+t", "2", "ctrl+n")
                    expected[record] = None, [], "refused", []
                elif value is not None and number % 2:
                    await keys(pilot, typed, "ctrl+n")
                    expected[record] = value, [], "answered", []
                else:
                    probes = [probe.id for probe in step.item.probes]
                    await keys(pilot, typed, f"{SAID}\n{number} bis", "ctrl+o", "ctrl+n")
                    expected[record] = value, [SAID, f"{number} bis"], "answered", probes[:1]
            assert screen.page == "closing"
            assert {step.key.response_id(conduct.interview.id) for step in asked_steps(conduct)} == set(
                expected
            )
            await keys(pilot, "5", "enter")
            assert conduct.interview.state == "complete"
        kept = study.rows("responses")
        for record, (value, said, disposition, probes) in expected.items():
            body = kept[record]
            assert body.get("value") == value, record
            assert [paragraph["text"] for paragraph in body["paragraphs"]] == said, record
            assert {paragraph["kind"] for paragraph in body["paragraphs"]} <= {"paraphrase"}
            assert (body["disposition"], body["probes"]) == (disposition, probes), record
            assert check_value(conduct.guide.item(body["item"]), body.get("value")) == []
        rest = {body["disposition"] for record, body in kept.items() if record not in expected}
        assert rest <= {"skipped by condition"}
        (consent,) = study.rows("consents").values()
        assert (consent["given"], consent["quote"], consent["recording"]) == (True, False, True)
        offsets = [p.get("offset_s") for body in kept.values() for p in body["paragraphs"]]
        assert all(offset is not None and 0 <= offset < 600 for offset in offsets)
