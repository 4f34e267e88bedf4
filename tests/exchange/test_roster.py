"""Roster files as people really have them."""

from __future__ import annotations

import contextlib
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from fieldkit.exchange.errors import LISTED, ExchangeError, FileRefused
from fieldkit.exchange.roster import import_roster, read_roster
from fieldkit.study.study import Study

NewStudy = Callable[..., Study]

FRENCH = (
    "Code;Groupe;Lieu;Niveau;Langue;Prénom;Nom de famille;Courriel\n"
    "CIC-01;CIC;geneva;executive;français;Zoë;Côté;z@example.org\n"
)
ENGLISH = (
    "code,group,place,language,name,phone\n"
    "CIC-01,CIC,geneva,French,Zoë Côté,+1 613 555 0100\nDFA-01,DFA,,en,,\n"
)


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_one_commit_fills_respondents_and_contacts(new_study: NewStudy, tmp_path: Path):
    study = new_study()
    outcome = import_roster(study, written(tmp_path / "r.csv", ENGLISH))
    assert outcome.records == {"respondents": 2, "contacts": 1}
    first, second = study.records("respondents")
    assert (first.code, first.group, first.place, first.language) == ("CIC-01", "CIC", "geneva", "fr")
    assert (second.code, second.place, second.status) == ("DFA-01", None, "identified")
    (contact,) = study.records("contacts")
    assert (contact.respondent, contact.name, contact.phone) == (first.id, "Zoë Côté", "+1 613 555 0100")
    assert "Zoë" not in str(dict(study.rows("respondents")))
    assert len({revision.change for revision in study.store.revisions()}) == 1


def test_a_roster_that_comes_again_with_one_more_line_adds_that_line(new_study: NewStudy, tmp_path: Path):
    study = new_study()
    import_roster(study, written(tmp_path / "r.csv", ENGLISH))
    before = dict(study.rows("respondents"))
    outcome = import_roster(study, written(tmp_path / "r.csv", ENGLISH + "IOM-01,IOM,,,Max,\n"))
    assert (outcome.added, outcome.known) == (2, 3)
    assert outcome.records == {"respondents": 1, "contacts": 1}
    assert outcome.notes == ["r.csv: on the roster already and passed over: CIC-01, DFA-01"]
    assert {code: study.rows("respondents")[code] for code in before} == before
    revisions = len(list(study.store.revisions()))
    again = import_roster(study, tmp_path / "r.csv")
    assert (again.added, again.known) == (0, 5)
    assert len(list(study.store.revisions())) == revisions


def test_cells_left_empty_and_other_spellings_of_the_same_are_known(new_study: NewStudy, tmp_path: Path):
    study = new_study()
    import_roster(study, written(tmp_path / "r.csv", ENGLISH))
    heading = "Code,Groupe,Lieu,Langue,Statut,Nom\n"
    spelled = f"{heading}cic-01,cic,GENEVA,F,repéré,Zoe\u0308 Co\u0302té\ndfa-01,dfa,,,,\n"
    outcome = import_roster(study, written(tmp_path / "r.csv", spelled))
    assert (outcome.added, outcome.known) == (0, 3)


def test_a_contact_is_added_to_whoever_had_none(new_study: NewStudy, tmp_path: Path):
    study = new_study()
    import_roster(study, written(tmp_path / "r.csv", ENGLISH))
    outcome = import_roster(study, written(tmp_path / "r.csv", "code,group,name\nDFA-01,DFA,Ann\n"))
    assert (outcome.records, outcome.known) == ({"respondents": 0, "contacts": 1}, 1)
    (person,) = [each for each in study.records("respondents") if each.code == "DFA-01"]
    ((_, contact),) = study.where("contacts", "respondent", person.id)
    assert contact["name"] == "Ann"


def test_lines_that_differ_from_the_roster_are_refused_with_each_difference(
    new_study: NewStudy, tmp_path: Path
):
    study = new_study()
    import_roster(study, written(tmp_path / "r.csv", ENGLISH))
    before = len(list(study.store.revisions()))
    content = (
        "code,group,place,phone,email,attributes.post\n"
        "IOM-01,IOM,,,,\nCIC-01,DFA,manila,+1 613,z@example.org,chief\nDFA-01,DFA,,,,\nDFA-01,DFA,,,,\n"
    )
    with pytest.raises(FileRefused) as refused:
        import_roster(study, written(tmp_path / "r.csv", content))
    starts = [problem.split(" in the file; ")[0] for problem in refused.value.problems[:-1]]
    known = "r.csv:3: CIC-01 is on the roster already with another"
    assert starts == [
        f"{known} group: CIC here -> DFA",
        f"{known} place: geneva here -> manila",
        f"{known} post: nothing here -> chief",
        f"{known} email: nothing here -> z@example.org",
        f"{known} phone: +1 613 555 0100 here -> +1 613",
    ]
    assert (
        "r.csv:5: code DFA-01 is given twice in this roster (first at r.csv:4)" in refused.value.problems[-1]
    )
    assert len(list(study.store.revisions())) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850"])
def test_usual_encodings_and_french_headings(tmp_path: Path, encoding: str):
    roster = read_roster(written(tmp_path / "r.csv", FRENCH.encode(encoding)))
    (entry,) = roster.entries
    assert entry.contact == {"name": "Zoë Côté", "email": "z@example.org"}
    assert entry.bands == {"group": "CIC", "place": "geneva", "level": "executive", "language": "fr"}
    assert bool(roster.notes) == (encoding in ("cp1252", "mac_roman", "cp850"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lone_surrogates_do_not_spoil_the_accents_and_are_counted(tmp_path: Path, encoding: str):
    text = "code,group,name,notes\nCIC-01,CIC,Éric,\ud800 café \udc00\ud800\n"
    roster = read_roster(written(tmp_path / "r.csv", text.encode(encoding, "surrogatepass")))
    (entry,) = roster.entries
    assert entry.contact == {"name": "Éric", "notes": "\ufffd café \ufffd\ufffd"}
    (note,) = roster.notes
    assert note.startswith("r.csv: 3 lone surrogate(s)")


def test_two_surrogates_that_make_a_character_are_that_character(tmp_path: Path):
    content = "code,group,name\nCIC-01,CIC,\ud83d\ude00\n".encode("utf-8", "surrogatepass")
    roster = read_roster(written(tmp_path / "r.csv", content))
    assert (roster.entries[0].contact, roster.notes) == ({"name": "\U0001f600"}, [])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_usual_delimiters_and_quoted_cells(tmp_path: Path, delimiter: str):
    content = delimiter.join(["Code", '"Name"', "Group"]) + "\r\n"
    content += delimiter.join(["IOM-01", f'"Doe{delimiter} ""J""\nline"', "IOM"]) + "\r\n\r\n"
    (entry,) = read_roster(written(tmp_path / "r.csv", content)).entries
    assert entry.contact["name"] == f'Doe{delimiter} "J"\nline'
    assert entry.bands["group"] == "IOM"


def workbook(path: Path, rows: list[list[Any]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_workbook(new_study: NewStudy, tmp_path: Path):
    rows = [
        [None],
        ["Code", "Group", "Poste", "attributes.post"],
        [7.0, "CIC", "Directrice", "director"],
        [None, None],
    ]
    study = new_study()
    import_roster(study, workbook(tmp_path / "r.xlsx", rows))
    (person,) = study.records("respondents")
    assert (person.code, person.attributes) == ("7", {"post": "director"})
    assert study.records("contacts")[0].title == "Directrice"


def test_every_wrong_band_of_every_line_is_told_at_once(new_study: NewStudy, tmp_path: Path):
    content = "code,group,language\nA,CICC,French\nB,CIC,Klingon\n"
    study = new_study()
    with pytest.raises(FileRefused) as refused:
        import_roster(study, written(tmp_path / "r.csv", content))
    first, second = refused.value.problems
    assert "r.csv:2" in first
    assert "no group 'CICC'; nearest: CIC" in first
    assert "r.csv:3" in second
    assert "no language 'Klingon'; there are: en, fr" in second
    assert study.rows("respondents") == {}


def test_unknown_columns_are_left_out_and_said(tmp_path: Path):
    content = "code,group,Nom du conjoint\nCIC-01,CIC,Secret\n"
    roster = read_roster(written(tmp_path / "r.csv", content))
    assert "Secret" not in repr(roster.entries)
    assert "Nom du conjoint" in roster.notes[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("name,phone\nA,1\n", "r.csv:1: no column code and no column group"),
        ("code,group\n", "no people"),
        ("code,group,Groupe\nA,CIC,CIC\n", "both mean group"),
        ('code,group\n"CIC-01,CIC\n', "not a line of CSV"),
        (b"code,group\n\0\0\0", "no text file"),
        (b"\xff\xfec\0o", "utf-16|no column"),
        (b"PK\x03\x04 nonsense", "cannot be read as an Excel workbook"),
        (",".join(f"column {number}" for number in range(5_000)), "column 11 and 4988 more"),
    ],
)
def test_files_that_are_no_roster(tmp_path: Path, content: str | bytes, said: str):
    with pytest.raises(ExchangeError, match=said) as error:
        read_roster(written(tmp_path / "r.csv", content))
    assert "\n" not in str(error.value)


def test_a_folder_or_nothing_in_its_place(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path, tmp_path / "missing.csv", tmp_path / "pipe.csv", Path("/dev/zero")):
        with pytest.raises(ExchangeError, match="cannot be read"):
            read_roster(path)


def test_every_wrong_line_is_named_and_nobody_is_taken_in(new_study: NewStudy, tmp_path: Path):
    study = new_study()
    lines = [
        "code,group,place",
        "CIC-01,CIC,geneva",
        "cic-01,CIC,",
        "CIC-02,CICC,",
        ",CIC,",
        "CIC-03,CIC,moon",
        f"{'C' * 61},CIC,",
        '"CIC\n04",CIC,',
        "CIC-0e\u0301,CIC,",
        "CIC-0é,CIC,",
        "CIC-0É,CIC,",
    ]
    with pytest.raises(FileRefused) as error:
        import_roster(study, written(tmp_path / "r.csv", "\n".join(lines)))
    text = "\n".join(error.value.problems)
    for said in (
        "r.csv:3: code cic-01",
        "r.csv:4: there is no group 'CICC'",
        "r.csv:5:",
        "r.csv:6: there is no place",
        f"r.csv:7: {'C' * 57}... is no code: write one line of up to 60 characters",
        "r.csv:8: CIC\n04 is no code",
        "r.csv:11: code CIC-0é is given twice in this roster (first at r.csv:10)",
        "r.csv:12: code CIC-0É is given twice in this roster (first at r.csv:10)",
    ):
        assert said in text
    assert study.store.tables() == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"code,group\n", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"]),
)
def test_no_file_does_more_than_be_refused(tmp_path: Path, content: bytes, start: bytes):
    with contextlib.suppress(ExchangeError):
        read_roster(written(tmp_path / "r.csv", start + content))


def test_a_message_lists_the_first_of_very_many_faults(new_study: NewStudy, tmp_path: Path):
    content = "code,group\n" + "CIC-01,moon\n" * 1_000
    with pytest.raises(FileRefused) as error:
        import_roster(new_study(), written(tmp_path / "r.csv", content))
    lines = str(error.value).splitlines()
    assert len(error.value.problems) == 1_999
    assert len(lines) == LISTED + 2
    assert lines[-1] == "and 1,799 more; put these right first"


def test_remarks_of_any_length_are_kept(new_study: NewStudy, tmp_path: Path):
    study = new_study()
    remark = "é" * 200_000
    import_roster(study, written(tmp_path / "r.csv", f"code,group,notes\nCIC-01,CIC,{remark}\n"))
    assert study.records("contacts")[0].notes == remark


def zipped_sheet(path: Path, rows: bytes) -> Path:
    """A workbook whose sheet holds the rows given, as XML."""
    workbook(path, [["x"]])
    with zipfile.ZipFile(path) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    sheet = next(name for name in members if name.endswith("sheet1.xml"))
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    members[sheet] = b'<worksheet xmlns="%b"><sheetData>%b</sheetData></worksheet>' % (space, rows)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in members.items():
            whole.writestr(name, content)
    return path


def test_a_workbook_that_unpacks_to_far_more_is_refused_before(tmp_path: Path):
    path = zipped_sheet(tmp_path / "r.xlsx", b"<row/>" * 6_000_000)
    assert path.stat().st_size < 200_000
    with pytest.raises(ExchangeError, match="unpacks to 36,"):
        read_roster(path)


def test_a_stray_cell_far_below_the_people_does_no_harm(tmp_path: Path):
    cell = b'<c r="%b" t="inlineStr"><is><t>%b</t></is></c>'
    rows = b"".join(
        b'<row r="%d">%b</row>' % (number, cell % (b"A%d" % number, first) + cell % (b"B%d" % number, second))
        for number, first, second in ((1, b"code", b"group"), (2, b"CIC-01", b"CIC"), (300_000, b" ", b" "))
    )
    roster = read_roster(zipped_sheet(tmp_path / "r.xlsx", rows))
    assert [entry.code for entry in roster.entries] == ["CIC-01"]


def test_ten_thousand_people(new_study: NewStudy, tmp_path: Path):
    lines = ["code,group,name", *(f"CIC-{number:05},CIC,Person {number}" for number in range(10_000))]
    study = new_study()
    assert import_roster(study, written(tmp_path / "r.csv", "\n".join(lines))).added == 20_000
    assert len(study.rows("respondents")) == 10_000
