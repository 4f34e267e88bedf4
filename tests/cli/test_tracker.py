"""The tracker of a real evaluation: how many were identified and interviewed, group by group.

The counts are those that the evaluation published: 37 identified and 26 interviewed, 12 and 10, 25 and 20, 34
and 19; 108 and 75 in all. Who they were is made up, and the groups have this study's names.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

TRACKER = {"CIC": (37, 26), "DFA": (12, 10), "CIDA": (25, 20), "IOM": (34, 19)}


def test_a_tracker_taken_in_as_a_roster_comes_to_its_own_totals(run: Run, folder: Path) -> None:
    codes = {group: [f"{group}-{n:02}" for n in range(1, known + 1)] for group, (known, _) in TRACKER.items()}
    met = {code for group, (_, interviewed) in TRACKER.items() for code in codes[group][:interviewed]}
    lines = [
        f"{code},{group},{'interviewed' if code in met else 'no reply'}"
        for group, of_group in codes.items()
        for code in of_group
    ]
    roster = folder / "tracker.csv"
    roster.write_text("\n".join(["code,group,status", *lines]), encoding="utf-8")
    assert run("import", str(roster)).code == 0

    people = json.loads(run("respondent", "list", "--json").out)
    people = people["respondents"] if isinstance(people, dict) else people
    interviews = [
        {
            "id": f"i-{person['code']}",
            "guide": person["group"].lower(),
            "guide_version": "1",
            "respondents": [person["id"]],
            "state": "complete",
        }
        for person in people
        if person["code"] in met
    ]
    held = folder / "held.json"
    held.write_text(json.dumps({"fieldkit": 1, "records": {"interviews": interviews}}), encoding="utf-8")
    assert run("import", str(held)).code == 0

    *_, table = json.loads(run("tabulate", "--what", "coverage", "--json").out)["tables"]
    counted = {(cell["row"], cell["column"]): cell["value"] for cell in table["cells"]}
    for group, (identified, interviewed) in {**TRACKER, "total": (108, 75)}.items():
        assert counted["identified", f"{group}:persons"] == identified
        assert counted["interviewed", f"{group}:persons"] == interviewed
        assert counted["interviews", f"{group}:persons"] == interviewed
    *_, table = json.loads(run("tabulate", "--what", "coverage", "--by", "status", "--json").out)["tables"]
    assert [column["label"] for column in table["columns"]] == ["no reply", "interviewed", "All"]
    assert [cell["value"] for cell in table["cells"][:6]] == [33, 75, 108, 0, 75, 75]
