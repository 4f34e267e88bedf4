"""Studies are found and made whole, and rosters are taken in whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fieldkit.study.author import known_author
from fieldkit.study.create import create_study
from fieldkit.study.errors import AuthorNeeded, NoStudy, ProtectionNeeded, StudyError, UnknownId
from fieldkit.study.interviews import find_interview, interview_for, plan_interview
from fieldkit.study.locate import find_study
from fieldkit.study.roster import RosterEntry, add_respondent, add_roster, find_respondent, next_code
from fieldkit.study.study import Study, put


def test_a_study_is_found_where_it_is_or_above(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_study(folder) == folder
    monkeypatch.chdir(folder / "interview_guides")
    assert find_study() == folder


def test_where_there_is_none_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoStudy, match="fieldkit new"):
        find_study(tmp_path)
    with pytest.raises(NoStudy, match="no such folder"):
        find_study(tmp_path / "absent")
    (tmp_path / "file").write_text("x")
    with pytest.raises(NoStudy, match="this is a file"):
        find_study(tmp_path / "file")


def test_a_new_study_has_the_guides_an_author_and_no_revisions(folder: Path) -> None:
    guides = {path.name for path in (folder / "interview_guides").iterdir()}
    assert guides >= {"framework.yaml", "codebook.yaml", "cic.yaml", "dfa.yaml", "cida.yaml", "iom.yaml"}
    with Study.open(folder) as study:
        assert study.author == "MT"
        assert study.store is not None
        assert list(study.store.revisions()) == []


@pytest.mark.parametrize("there", ["a file in it", "a study"])
def test_a_study_is_never_made_over_something(folder: Path, tmp_path: Path, there: str) -> None:
    target = folder
    if there == "a file in it":
        target = tmp_path / "full"
        target.mkdir()
        (target / "notes.docx").write_text("mine")
    before = sorted(path for path in target.rglob("*"))
    with pytest.raises(StudyError, match="name a folder that does not exist yet"):
        create_study(target)
    assert sorted(path for path in target.rglob("*")) == before


def test_a_template_that_is_none_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="no template there"):
        create_study(tmp_path / "new", template=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_study_without_a_store_begins_one_at_the_first_write(folder: Path, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    (checkout / "store").mkdir(parents=True)
    (checkout / "store" / "README.md").write_text("what lies here")
    (folder / "interview_guides").rename(checkout / "interview_guides")
    with Study.open(checkout) as study:
        assert study.rows("respondents") == {}
        study.author = None
        with pytest.raises(AuthorNeeded, match="--author"):
            add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"}))
        assert not (checkout / "store" / "journal").exists()
        study.set_author("AB")
        with pytest.raises(ProtectionNeeded, match="--passphrase-fd N or with --no-passphrase"):
            add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"}))
        assert not (checkout / "store" / "journal").exists()
        study.decide_protection(None)
        add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"}))
    assert known_author(checkout) == "AB"
    with Study.open(checkout) as study:
        assert len(study.rows("respondents")) == 1


def test_contacts_are_kept_apart_from_what_is_analysed(study: Study) -> None:
    contact = {"name": "Zoé Example", "email": "zoe@example.org"}
    person = add_respondent(
        study, RosterEntry("CIDA-02", {"group": "cida", "place": "Headquarters"}, {}, contact)
    )
    assert (person.group, person.place, person.reporting_group) == (
        "CIDA",
        "headquarters",
        "other_departments",
    )
    assert "Zoé" not in str(study.row("respondents", person.id))
    ((_, kept),) = study.where("contacts", "respondent", person.id)
    assert kept["name"] == "Zoé Example"


def test_a_roster_with_faults_is_refused_whole_with_all_of_them(study: Study) -> None:
    entries = [
        RosterEntry("IOM-07", {"group": "IOM"}, place="r.csv:2"),
        RosterEntry("iom-07", {"group": "IOM"}, place="r.csv:3"),
        RosterEntry("CIC-01", {"group": "CIC"}, place="r.csv:4"),
        RosterEntry("X-1", {"group": "CIX"}, place="r.csv:5"),
        RosterEntry("", {"group": "CIC"}, place="r.csv:6"),
        RosterEntry("DFA-9", {"place": "Genève"}, place="r.csv:7"),
    ]
    before = len(study.rows("respondents"))
    with pytest.raises(StudyError) as refused:
        add_roster(study, entries)
    lines = str(refused.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"r.csv:{n}" for n in (3, 4, 5, 6, 7, 7)]
    assert len(study.rows("respondents")) == before


def test_codes_are_found_whatever_their_case_and_the_next_is_free(study: Study) -> None:
    assert find_respondent(study, "cic-01").code == "CIC-01"
    assert next_code(study, "CIC") == "CIC-02"
    with pytest.raises(UnknownId, match="CIC-01"):
        find_respondent(study, "CIC-1")


def test_an_interview_is_meant_by_id_beginning_or_code(study: Study) -> None:
    person = find_respondent(study, "DFA-01")
    with pytest.raises(StudyError, match="has no interview yet"):
        find_interview(study, "DFA-01")
    interview = interview_for(study, person.id)
    assert interview_for(study, person.id).id == interview.id
    assert interview.guide == "dfa"
    assert {find_interview(study, ref).id for ref in (interview.id, interview.id[:6], "dfa-01")} == {
        interview.id
    }
    with pytest.raises(UnknownId, match="DFA-01"):
        find_interview(study, "DFA-99")
    with pytest.raises(UnknownId, match="guide"):
        plan_interview(study, [person.id], guide="cid")


def test_what_is_complete_is_meant_until_another_is_asked_for(study: Study) -> None:
    person = find_respondent(study, "DFA-01")
    first = interview_for(study, person.id)
    with pytest.raises(StudyError, match="not complete yet"):
        interview_for(study, person.id, another=True)
    study.save([put("interviews", first.model_copy(update={"state": "complete", "ended_at": "2026-01-01"}))])
    assert interview_for(study, person.id).id == first.id
    second = interview_for(study, person.id, another=True)
    assert second.id != first.id
    assert interview_for(study, person.id).id == second.id
    study.save(
        [put("interviews", each.model_copy(update={"state": "withdrawn"})) for each in (first, second)]
    )
    with pytest.raises(StudyError, match="was withdrawn"):
        interview_for(study, person.id)


def test_two_writers_never_meet(folder: Path) -> None:
    with Study.open(folder) as first:
        add_respondent(first, RosterEntry("CIC-01", {"group": "CIC"}))
        script = (
            "import sys; from pathlib import Path; from fieldkit.study.study import Study, put;"
            "from fieldkit.storage.errors import StoreLocked\n"
            "try: Study.open(Path(sys.argv[1]))\n"
            "except StoreLocked as error: print('locked', error)\n"
            "looker = Study.open(Path(sys.argv[1]), write=False)\n"
            "print(looker.read_only, len(looker.rows('respondents')))"
        )
        run = subprocess.run(
            [sys.executable, "-c", script, folder], capture_output=True, text=True, check=True
        )
    assert str(os.getpid()) in run.stdout
    assert run.stdout.splitlines()[-1] == "True 1"


def test_opening_a_study_imports_nothing_heavy(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from fieldkit.study.study import Study, put; from fieldkit.study.desk import desk\n"
        "desk(Study.open(Path(sys.argv[1])))\n"
        "print([m for m in sys.argv[2:] if m in sys.modules])"
    )
    heavy = ["pydantic", "yaml", "textual", "rich", "questionary", "elementpath", "openpyxl", "xlsxwriter"]
    command = [sys.executable, "-c", script, folder, *heavy]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
