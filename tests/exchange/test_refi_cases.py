"""Cases and variables of a project, as respondents and facts of documents."""

from __future__ import annotations

from pathlib import Path

from fieldkit.exchange.qdpx_in import import_qdpx
from tests.exchange.test_refi_in import NewStudy, guid, qdpx

VARIABLES = {name: guid(name) for name in ("group", "place", "status", "years", "unused", "date")}


def value(name: str, words: str, kind: str = "TextValue") -> str:
    ref = f'<VariableRef targetGUID="{VARIABLES[name]}"/>'
    return f"<VariableValue>{ref}<{kind}>{words}</{kind}></VariableValue>"


def case(name: str, *inside: str) -> str:
    return f'<Case guid="{guid(name)}" name="{name}">{"".join(inside)}</Case>'


def project(path: Path, *cases: str) -> Path:
    declared = "".join(f'<Variable guid="{each}" name="{name}"/>' for name, each in VARIABLES.items())
    values = value("date", "2005-03-12", "DateValue") + value("years", "4")
    given = f"<Variables>{declared}</Variables><Cases>{''.join(cases)}</Cases>"
    return qdpx(path, b"Words.", values, cases=given)


def test_cases_with_a_group_of_this_study_are_respondents(new_study: NewStudy, tmp_path: Path) -> None:
    text = f'<SourceRef targetGUID="{guid("text")}"/>'
    path = project(
        tmp_path / "a.qdpx",
        case("A-1", "<Description>met twice</Description>", value("group", "foreign AFFAIRS (dfa)"), text),
        case("A-2", value("group", "cida"), value("place", "Genève"), value("years", "3", "IntegerValue")),
        case("A-3", value("group", "Affaires étrangères Canada (AEC)"), value("status", "far away")),
    )
    study = new_study("other")
    outcome = import_qdpx(study, path)
    people = {body["code"]: body for body in study.rows("respondents").values()}
    assert {code: body["group"] for code, body in people.items()} == {
        "A-1": "DFA",
        "A-2": "CIDA",
        "A-3": "DFA",
    }
    assert (people["A-2"]["place"], people["A-2"]["attributes"]) == ("geneva", {"years": "3"})
    assert (people["A-3"]["status"], people["A-3"]["attributes"]) == ("identified", {"status": "far away"})
    (memo,) = study.rows("memos").values()
    assert (memo["on"], memo["table"], memo["text"]) == (people["A-1"]["id"], "respondents", "met twice")
    (document,) = study.rows("documents").values()
    assert document["date"] == "2005-03-12"
    told = "\n".join(outcome.notes)
    for line in ("left out: variables: 1", "values of variables: 1", "of no use here: SourceRef"):
        assert line in told
    assert import_qdpx(study, path).added == 0


def test_other_cases_are_left_out_and_told_of(new_study: NewStudy, tmp_path: Path) -> None:
    nameless = '<Case name="B-1">' + value("group", "CIC") + "</Case>"
    path = project(tmp_path / "a.qdpx", case("Site", value("group", "North")), case("None"), nameless)
    study = new_study("other")
    outcome = import_qdpx(study, path)
    assert not study.rows("respondents")
    assert "left out: cases: 3" in outcome.notes
    assert "left out: variables: 5" in outcome.notes


def test_who_is_on_the_roster_already_stays_as_she_is(new_study: NewStudy, tmp_path: Path) -> None:
    study = new_study("other")
    import_qdpx(study, project(tmp_path / "a.qdpx", case("A-1", value("group", "CIC"))))
    before = dict(study.rows("respondents"))
    import_qdpx(study, project(tmp_path / "b.qdpx", case("a-1", value("group", "DFA"))))
    assert dict(study.rows("respondents")) == before
