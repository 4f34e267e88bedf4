"""fieldkit agreement, as two coders of one interview use it."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run

WORDS = "The Council is slow, and the papers for the fall session of the SCBF come late. Yet it is heard now."


@pytest.fixture
def coded(run: Run, held: str) -> str:
    """One answer of 100 characters, coded by AB and MT: 30 each, 20 of them the same."""
    assert len(WORDS) == 100
    recorded = run("record", "--interview", held, "--item", "changes", "--notes", WORDS)
    assert recorded.code == 0, recorded.err
    response = f"{held}:changes"
    for coder, start in (("AB", "0"), ("MT", "10")):
        span = ("--start", start, "--end", str(int(start) + 30))
        done = run("code", "--response", response, "--code", "council", *span, "--author", coder)
        assert done.code == 0, done.err
    return response


def test_passages_of_two_coders_as_data(run: Run, coded: str) -> None:
    data = json.loads(run("agreement", "--unit", "passage", "--json").out)
    assert [table["by"] for table in data["tables"]] == ["coders", "code", "question"]
    (line,) = data["tables"][1]["lines"]
    assert (line["id"], line["coders"], line["units"], line["responses"]) == (
        "council",
        ["AB", "MT"],
        100,
        [coded],
    )
    figures = {figure["measure"]: figure for figure in line["figures"]}
    assert round(figures["cohen"]["value"], 3) == 0.524
    assert figures["cohen"]["reading"] == "moderate"
    assert figures["cohen"]["reading_source"].startswith("Landis and Koch 1977")
    assert figures["cohen"]["trace"] == "agreement/all/council/passage:cohen"
    assert set(figures) == {"percent", "cohen", "fleiss", "alpha", "ac1"}


def test_the_table_fits_a_terminal_of_80_columns(
    run: Run, coded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = run("agreement", "--unit", "passage", "--coders", "MT,AB")
    assert shown.code == 0
    council = next(line for line in shown.out.splitlines() if line.lstrip().startswith("Council"))
    assert council.split()[1:4] == ["100", "80.0%", "0.524"]
    table = [line for line in shown.out.splitlines() if "0.524" in line or "──" in line]
    assert max(map(len, table)) <= 80


def test_undefined_is_said_and_is_no_number(run: Run, coded: str) -> None:
    shown = run("agreement")
    assert "undefined" in shown.out
    assert "nan" not in shown.out.lower()
    assert '"undefined": true' in run("agreement", "--json").out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--coders", "AB,XY"), 1, "no coder 'XY' has coded a response that counts: there are AB, MT"),
        (("--coders", "AB"), 2, "name two coders or more, such as A,B"),
        (("--unit", "word"), 2, "invalid choice: 'word'"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_line(
    run: Run, coded: str, arguments: tuple[str, ...], code: int, message: str
) -> None:
    refused = run("agreement", *arguments)
    assert refused.code == code
    assert message in refused.err
    assert refused.err.count("\n") == 1
    assert refused.out == ""


def test_a_study_without_codings_says_what_is_missing(run: Run, held: str) -> None:
    refused = run("agreement")
    assert refused.code == 1
    assert refused.err == "fieldkit: agreement needs two coders: nobody alone has coded\n"


def test_a_figure_is_traced_by_the_id_that_the_data_print(run: Run, coded: str) -> None:
    data = json.loads(run("agreement", "--unit", "passage", "--json").out)
    trace = data["tables"][1]["lines"][0]["figures"][1]["trace"]
    shown = run("trace", trace)
    assert shown.code == 0, shown.err
    assert "Council / AB, MT / Cohen’s kappa: 0.524" in shown.out
    assert f"council  AB: {WORDS[:30]}" in shown.out
    assert f"council  MT: {WORDS[10:40].strip()}" in shown.out
    traced = json.loads(run("trace", trace, "--json").out)
    assert traced["trace"] == trace
    assert traced["compared"][0]["decided"][0]["units"] == {"AB": 10, "AB+MT": 20, "MT": 10, "": 60}
