"""The commands, one by one, as a script or a person at the shell uses them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from fieldkit.cli import new, tabulate
from fieldkit.findings.tabulate import WHATS
from fieldkit.study.conduct import Conduct
from fieldkit.study.locate import template_folder
from fieldkit.study.study import Study
from tests.cli.conftest import Run

HOSTILE = "[/] [bold]x[/] \x1b]52;c;ZXZpbA==\x07 \u202egpj \x9b31m"


def test_from_a_new_study_to_a_file_of_findings(run: Run, tmp_path: Path):
    place = tmp_path / "other"
    assert run("new", str(place), "--author", "AB", "--no-passphrase").code == 0
    assert run("-s", str(place), "respondent", "add", "--group", "CIC").out == "CIC-01\n"
    assert run("interview", "--respondent", "cic-01", "--no-open", "-s", str(place)).code == 0
    recorded = run(
        "record", "-s", str(place), "--interview", "CIC-01", "--item", "role", "--notes", "Été 2004."
    )
    assert recorded.code == 0
    with Study.open(place, write=False) as study:
        (response,) = study.rows("responses")
        assert study.store.heads("responses", response)[0].id == recorded.out.strip()
        assert study.store.heads("responses", response)[0].author == "AB"
    coded = run(
        *(
            "code",
            "-s",
            str(place),
            "--response",
            response,
            "--code",
            "council",
            "--start",
            "0",
            "--end",
            "3",
        ),
        *("--evaluation-question", "1.4a", "--author", "CD"),
    )
    with Study.open(place, write=False) as study:
        (coding,) = study.rows("codings").values()
        assert coded.out.strip() == study.store.heads("codings", coding["id"])[0].id
        assert (coding["quote"], coding["coder"], coding["evaluation_questions"]) == ("Été", "CD", ["1.4a"])
    for name in ("a.csv", "a.xlsx", "a.json", "a.qdpx", "a.qdc"):
        assert run("export", str(tmp_path / name), "-s", str(place)).code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"), newline="")))
    assert [row["quote"] for row in rows] == ["Été"]


def test_a_project_goes_to_another_study(run: Run, tmp_path: Path):
    for name in ("from", "to"):
        assert run("new", str(tmp_path / name), "--author", "MT", "--no-passphrase").code == 0
    source, target = ("-s", str(tmp_path / "from")), ("-s", str(tmp_path / "to"))
    run("respondent", "add", *source, "--group", "CIC")
    interview = run("interview", *source, "--respondent", "CIC-01", "--no-open").out.strip()
    run("record", *source, "--interview", interview, "--item", "role", "--notes", "Été comme hiver.")
    run("code", *source, "--response", f"{interview}:role", "--code", "council", "--start", "0", "--end", "3")
    project = str(tmp_path / "a.qdpx")
    assert "codings in it: 1" in run("export", project, *source).out
    taken = run("import", project, *target)
    assert taken.out == f"{project}: taken in: 1 respondents, 1 documents, 1 codings\n"
    assert "left out: variables" in taken.err
    assert "nothing new" in run("import", project, *target).out


def test_several_are_interviewed_together(run: Run, folder: Path):
    for _ in range(3):
        run("respondent", "add", "--group", "IOM")
    together = ("interview", "--no-open", "--respondent", "IOM-01", "--respondent", "IOM-02")
    planned = run(*together).out
    assert run(*together).out == planned
    assert run("interview", "--no-open", "--respondent", "IOM-02").out == planned
    with Study.open(folder, write=False) as study:
        (interview,) = study.rows("interviews").values()
        assert len(interview["respondents"]) == 2
    refused = run("interview", "--no-open", "--respondent", "IOM-03", "--respondent", "IOM-02")
    assert (refused.code, refused.out) == (1, "")
    assert "IOM-02 has another interview that is not complete yet" in refused.err


def test_in_a_joint_interview_it_is_said_whose_answer_and_whose_guide(run: Run, folder: Path):
    for group in ("IOM", "CIC"):
        run("respondent", "add", "--group", group)
    planned = run("interview", "--no-open", "--respondent", "IOM-01", "--respondent", "CIC-01")
    assert planned.err.strip().count("\n") == 0
    assert "IOM-01 of IOM, CIC-01 of CIC: all are asked what the guide iom asks" in planned.err
    interview = planned.out.strip()
    refused = run("record", "--interview", interview, "--item", "role", "--notes", "x")
    assert (refused.code, refused.out) == (1, "")
    assert "say whose answer it is, as role@IOM-01 or role@CIC-01" in refused.err
    assert run("record", "--interview", interview, "--item", "role@CIC-01", "--notes", "x").code == 0


def test_new_refuses_a_folder_in_use_and_knows_the_shipped_template(run: Run, folder: Path, tmp_path: Path):
    refused = run("new", str(folder))
    assert (refused.code, refused.out) == (1, "")
    assert "a study is there already" in refused.err
    assert run("new", str(tmp_path / "x"), "--template", new.SHIPPED, "--no-passphrase").code == 0
    framework = yaml.safe_load((template_folder() / "framework.yaml").read_text("utf-8"))
    assert framework["study"]["id"] == new.SHIPPED
    assert run("new", str(tmp_path / "y"), "--template", "nosuch", "--no-passphrase").code == 1
    assert not (tmp_path / "y").exists()
    assert run("new").code == 1


def test_check_names_file_and_line(run: Run, folder: Path):
    assert run("check").code == 0
    guide = folder / "interview_guides" / "dfa.yaml"
    guide.write_text(guide.read_text("utf-8").replace("type: text", "type: txet", 1), "utf-8")
    checked = run("check", "--json")
    assert checked.code == 1
    problems = [each for each in json.loads(checked.out) if each["severity"] == "error"]
    assert problems[0]["file"] == "dfa.yaml"
    assert problems[0]["line"] > 1
    assert f"dfa.yaml:{problems[0]['line']}: " in run("check", str(folder)).out


def test_strict_makes_warnings_count(run: Run, folder: Path):
    guide = folder / "interview_guides" / "iom.yaml"
    lines = guide.read_text("utf-8").splitlines()
    french = next(number for number, line in enumerate(lines) if line.strip().startswith("fr:"))
    guide.write_text("\n".join(lines[:french] + lines[french + 1 :]), "utf-8")
    assert run("check").code == 0
    assert run("check", "--strict").code == 1


def test_recording_values_dispositions_and_notes_from_input(run: Run, held: str, folder: Path):
    assert (
        run(
            "record",
            "--interview",
            held[:5],
            "--item",
            "role",
            "--notes",
            "-",
            stdin=b"Un.\r\nDeux.\n",
        ).code
        == 0
    )
    with Study.open(folder, write=False) as study:
        body = study.row("responses", f"{held}:role")
        assert [paragraph["text"] for paragraph in body["paragraphs"]] == ["Un.", "Deux."]
    declined = run("record", "--interview", held, "--item", "role", "--disposition", "refused", "--json")
    assert json.loads(declined.out)["response"] == f"{held}:role"
    again = run("record", "--interview", held, "--item", "role", "--disposition", "refused")
    assert again.out.strip() == json.loads(declined.out)["revision"]
    assert "nothing changed" in again.err


def test_input_that_is_not_utf8_and_surrogates(run: Run, held: str, folder: Path):
    refused = run("record", "--interview", held, "--item", "role", "--notes", "-", stdin=b"caf\xe9")
    assert (refused.code, refused.out) == (1, "")
    assert "not UTF-8 (byte 3)" in refused.err
    replaced = run("record", "--interview", held, "--item", "role", "--notes", "a\udce9b")
    assert replaced.code == 0
    assert "U+FFFD" in replaced.err
    with Study.open(folder, write=False) as study:
        assert study.row("responses", f"{held}:role")["paragraphs"][0]["text"] == "a\ufffdb"
    piped = run(
        "record", "--interview", held, "--item", "role", "--notes", "-", stdin=b"\xed\xa0\x80 caf\xc3\xa9"
    )
    assert piped.code == 0
    assert "1 character(s)" in piped.err
    with Study.open(folder, write=False) as study:
        assert study.row("responses", f"{held}:role")["paragraphs"][0]["text"] == "\ufffd café"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("record", "--interview", "CIC-1", "--item", "role", "--notes", "x"), "nearest: CIC-01"),
        (("record", "--interview", "CIC-01", "--item", "rôle", "--notes", "x"), "nearest: role"),
        (("record", "--interview", "CIC-01", "--item", "role"), "nothing to record"),
        (
            ("record", "--interview", "CIC-01", "--item", "role", "--disposition", "refuse"),
            "nearest: refused",
        ),
        (("code", "--response", "nosuch:role", "--code", "council"), "no response"),
        (("interview", "--respondent", "CIC-02"), "nearest: CIC-01"),
        (("interview", "--respondent", "CIC-01"), "needs a terminal"),
        (("record", "--interview", "CIC-01", "--item", "role", "--notes", "-"), "nothing came in"),
        (("open",), "needs a terminal"),
        ((), "needs a terminal"),
        (("tabulate", "--what", "codes", "--question", "1.44"), "1.4"),
        (("tabulate", "--what", "codes", "--by", "grop"), "group"),
        (("export", "a.docs"), "kind of export '.docs'; nearest"),
        (("export", "a.csv", "--with-contacts"), "--with-contacts"),
        (("export", "nowhere/a.csv"), "no folder nowhere"),
        (("import", "a.odt"), "kind of import '.odt'"),
        (("import", "missing.csv"), "missing.csv: cannot be read"),
        (("log", "--table", "response"), "nearest: responses"),
        (("log", "--record", "nosuch"), "no record 'nosuch'"),
        (("undo", "nosuch"), "nosuch"),
        (("status", "-s", "/nonexistent"), "no such folder"),
        (("status", "--language", "de"), "no language 'de'"),
        (("respondent", "add"), "--group"),
        (("respondent", "add", "--group", "CICC"), "nearest: CIC"),
        (("respondent", "add", "--group", "CIC", "--code", "cic-01"), "already on the roster"),
        (("respondent", "add", "--group", "CIC", "--attribute", "post"), "NAME=VALUE"),
        (("record", "--author", "1!", "--interview", "CIC-01", "--item", "role", "--notes", "x"), "initials"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(run: Run, held: str, arguments: tuple[str, ...], said: str):
    ran = run(*arguments)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("fieldkit: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("record",),
        ("nosuch",),
        ("tabulate", "--what", "x"),
        ("status", "--nosuch"),
        ("respondent",),
        ("export",),
    ],
)
def test_wrong_usage_is_two_and_one_line(run: Run, arguments: tuple[str, ...]):
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1


def test_nobody_is_asked_where_nobody_is_there(run: Run, tmp_path: Path):
    place = tmp_path / "anonymous"
    assert run("new", str(place), "--no-passphrase").code == 0
    refused = run("respondent", "add", "--group", "CIC", "-s", str(place))
    assert refused.code == 1
    assert "--author" in refused.err
    assert run("respondent", "add", "--group", "CIC", "-s", str(place), "--author", "AB").code == 0
    assert run("respondent", "add", "--group", "CIC", "-s", str(place), "--author", "AB").out == "CIC-02\n"


def test_coding_the_same_passage_again_changes_nothing(run: Run, held: str):
    run("record", "--interview", held, "--item", "role", "--notes", "Deux mots")
    command = ("code", "--response", f"{held}:role", "--code", "council", "--code", "scbf")
    first = run(*command)
    assert len(first.out.split()) == 2
    second = run(*command)
    assert (second.code, second.out) == (0, first.out)
    assert "nothing changed" in second.err
    far = run(*command, "--start", "5", "--end", "99")
    assert far.code == 1


@pytest.mark.parametrize("what", WHATS)
def test_tables_in_every_format(run: Run, held: str, what: str):
    run("record", "--interview", held, "--item", "role", "--notes", "x")
    text = run("tabulate", "--what", what)
    assert text.code == 0
    assert text.out.startswith("PROTECTED B")
    data = json.loads(run("tabulate", "--what", what, "--json").out)
    traces = [cell["trace"] for table in data["tables"] for cell in table["cells"]]
    assert all(trace.startswith(f"{what}/") for trace in traces)
    assert data == json.loads(run("tabulate", "--what", what, "--format", "json").out)
    rows = list(csv.reader(io.StringIO(run("tabulate", "--what", what, "--format", "csv").out)))
    assert len(rows) == len(traces) + bool(data["tables"])
    markdown = run("tabulate", "--what", what, "--format", "md", "--language", "fr").out
    assert "PROTÉGÉ B" in markdown


def test_two_attributes_are_crossed_and_their_figures_traced(run: Run, held: str):
    (table, *_) = json.loads(
        run("tabulate", "--what", "dispositions", "--by", "group", "--by", "place", "--json").out
    )["tables"]
    assert [row["label"] for row in table["rows"]] == ["CIC / not stated", "All"]
    cell = table["cells"][0]
    assert (cell["column"], cell["value"]) == ("identified", 1)
    traced = json.loads(run("trace", cell["trace"], "--json").out)
    assert (traced["row"], traced["persons"]) == ("CIC / not stated", ["CIC-01"])
    many = run("tabulate", "--what", "codes", *("--by", "group") * 3)
    assert (many.code, many.err.count("\n")) == (1, 1)


def test_status_counts(run: Run, held: str):
    data = json.loads(run("status", "--json").out)
    assert data["interviews"]["CIC"]["respondents"] == 1
    assert data["interviews"]["CIC"]["planned"] == 1
    assert data["interviews"]["IOM"]["planned"] == 0
    assert data["targets"]["CIC"] == {"interviewed": 0, "target": 8}
    (official,) = data["see_next"]
    assert (official["code"], official["fills"][0]) == ("CIC-01", "1.1")
    text = run("status", "--language", "fr").out
    assert "PROTÉGÉ B" in text
    assert all(f"{number} " in text for number in ("1.1", "1.4", "3.3"))


def test_the_log_says_who_changed_what_and_hides_contacts(run: Run, held: str):
    run("record", "--interview", held, "--item", "role", "--notes", "Avant")
    run("record", "--interview", held, "--item", "role", "--notes", "Après", "--author", "CD")
    entries = json.loads(run("log", "--json").out)
    assert entries[-1]["author"] == "CD"
    assert entries[-1]["action"] == "changed"
    (field,) = entries[-1]["fields"]
    assert field["before"][0]["text"] == "Avant"
    assert field["after"][0]["text"] == "Après"
    text = run("log").out
    assert "Avant" in text
    assert "Secret" not in text + json.dumps(entries)
    assert len(run("log", "--limit", "2").out.splitlines()) == 2
    assert len(run("log", "--table", "responses", "--by", "CD").out.splitlines()) == 1


def test_the_log_names_respondent_and_item_and_keeps_to_them_and_to_days(run: Run, held: str):
    run("record", "--interview", held, "--item", "role", "--notes", "Avant")
    run("record", "--interview", held, "--item", "changes", "--notes", "Rien")
    assert "added CIC-01 role (responses): " in run("log").out
    assert run("log", "--item", "role").out.count("\n") == 1
    assert "Rien" in run("log", "--respondent", "cic-01").out
    everything = run("log").out
    today = everything[:10]
    assert run("log", "--since", today, "--until", today).out == everything
    assert run("log", "--since", "2999-01-01").out == ""
    assert run("log", "--until", "1999-12-31").out == ""
    assert "nearest: role" in run("log", "--item", "rolle").err
    assert "nearest: CIC-01" in run("log", "--respondent", "CIC-10").err
    wrong = run("log", "--since", "tomorrow")
    assert (wrong.code, "'tomorrow' is no day" in wrong.err) == (2, True)


def test_undo_takes_back_the_last_change_or_the_one_named(run: Run, held: str, folder: Path):
    for notes in ("un", "deux"):
        run("record", "--interview", held, "--item", "role", "--notes", notes)
    with Study.open(folder) as study:
        conduct = Conduct(study, held)
        conduct.start()
        conduct.pause()
    undone = run("undo")
    assert undone.code == 0
    assert undone.out.startswith("taken back: CIC-01 role (responses): paragraphs: ")
    assert undone.out.index("deux") < undone.out.index("un", undone.out.index("deux"))
    with Study.open(folder, write=False) as study:
        assert study.row("interviews", held)["state"] == "paused", "not an act of hers"
        assert study.row("responses", f"{held}:role")["paragraphs"][0]["text"] == "un"
    first = next(entry for entry in json.loads(run("log", "--json").out) if entry["table"] == "respondents")
    undone = json.loads(run("undo", first["change"], "--json").out)
    assert len(undone["revisions"]) == 2
    assert json.loads(run("respondent", "list", "--json").out) == []


def test_an_archive_goes_from_study_to_study(run: Run, held: str, tmp_path: Path):
    run("record", "--interview", held, "--item", "role", "--notes", HOSTILE)
    archive, again = tmp_path / "a.json", tmp_path / "b.json"
    assert run("export", str(archive)).code == 0
    schema = json.loads(run("schema").out)
    assert json.loads(run("-s", ".", "schema", "--study", ".").out) == schema
    jsonschema.Draft202012Validator(schema).validate(json.loads(archive.read_bytes()))
    # Without --author and without a terminal: the revisions have authors of their own.
    run("new", str(tmp_path / "copy"), "--no-passphrase")
    outcome = run("import", str(archive), "-s", str(tmp_path / "copy"), "--json")
    assert outcome.code == 0
    assert "leaves out: contacts" in outcome.err
    assert run("export", str(again), "-s", str(tmp_path / "copy")).code == 0
    assert again.read_bytes() == archive.read_bytes()
    taken = run("export", str(archive))
    assert taken.code == 1
    assert "--force" in taken.err
    assert "nothing new" in run("import", str(archive)).out


def test_a_refused_file_lists_all_its_faults(run: Run, tmp_path: Path, folder: Path):
    roster = tmp_path / "r.csv"
    roster.write_text("code,group\nA,CIC\na,CIC\nB,XXX\n")
    refused = run("import", str(roster))
    assert (refused.code, refused.out) == (1, "")
    assert "2 things are wrong" in refused.err
    assert "r.csv:3" in refused.err
    assert "r.csv:4" in refused.err
    assert json.loads(run("respondent", "list", "--json").out) == []


def test_hostile_text_is_shown_harmlessly_by_every_command(run: Run, held: str):
    run("record", "--interview", held, "--item", "role", "--notes", HOSTILE)
    run("respondent", "add", "--group", "CIC", "--code", f"X{HOSTILE}"[:50], "--attribute", f"post={HOSTILE}")
    commands = [
        ("log",),
        ("log", "--json"),
        ("respondent", "list"),
        ("respondent", "list", "--json"),
        ("status",),
    ]
    commands += [
        ("tabulate", "--what", "codes", "--by", "attributes.post", "--format", kind)
        for kind in tabulate.FORMATS
    ]
    commands += [
        ("interview", "--respondent", HOSTILE),
        ("check", HOSTILE),
        (HOSTILE,),
        ("log", "--table", HOSTILE),
    ]
    for command in commands:
        ran = run(*command)
        assert not set("\x1b\x07\x9b\u202e") & set(ran.out + ran.err), command
    assert json.loads(run("log", "--json").out)[3]["fields"]


def test_verify_finds_a_damaged_byte_and_a_torn_tail(run: Run, held: str, folder: Path):
    assert run("verify").code == 0
    journal = folder / "store" / "journal"
    content = journal.read_bytes()
    journal.write_bytes(content[:-3])
    assert run("verify").code == 1
    damaged = bytearray(content)
    damaged[len(content) // 2] ^= 1
    journal.write_bytes(damaged)
    found = run("verify", "--json")
    assert found.code == 1
    assert json.loads(found.out)["ok"] is False
    assert journal.read_bytes() == damaged


def test_while_another_process_writes_one_can_look_but_not_write(run: Run, held: str, folder: Path):
    with Study.open(folder):
        refused = run("record", "--interview", held, "--item", "role", "--notes", "x")
        assert (refused.code, refused.out) == (1, "")
        assert refused.err.count("\n") == 1
        assert run("status").code == 0
        assert "CIC-01" in run("respondent", "list").out


def test_a_store_of_a_newer_version_is_left_alone(run: Run, held: str, folder: Path):
    journal = (folder / "store" / "journal").read_bytes()
    (folder / "store" / "journal").write_bytes(journal.replace(b"fieldkit journal 2", b"fieldkit journal 9"))
    newer = run("status")
    assert (newer.code, newer.out) == (1, "")
    assert newer.err.count("\n") == 1


def test_a_practice_study_says_so_with_every_command(run: Run, held: str, tmp_path: Path):
    records = tmp_path / "practice.json"
    records.write_text(json.dumps({"fieldkit": 1, "records": {"study": [{"practice": True}]}}))
    assert run("import", str(records)).code == 0
    for command in (("log",), ("respondent", "list"), ("tabulate", "--what", "codes", "--json"), ("status",)):
        assert "practice data" in run(*command).err
    assert run("status").out.splitlines()[1].startswith("PRACTICE DATA")
    assert json.loads(run("tabulate", "--what", "codes", "--json").out)["practice"] is True
    run("record", "--interview", held, "--item", "role", "--notes", "x")
    run("export", str(tmp_path / "a.csv"))
    assert (tmp_path / "a.csv").read_text("utf-8").splitlines()[1].startswith("PRACTICE DATA")


def test_a_script_records_consent_and_takes_it_back(run: Run, held: str):
    done = run("record", "--interview", "CIC-01", "--consent", "given,quote", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["consent"].startswith(f"{held}@")
    withdrawn = run("record", "--interview", "CIC-01", "--consent", "withdrawn")
    assert (withdrawn.code, len(withdrawn.out.strip())) == (0, 64)
    assert json.loads(run("status", "--json").out)["interviews"]["CIC"]["withdrawn"] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--consent", "maybe"), 1, "given"),
        (("--consent", "given", "--item", "role"), 2, "not allowed with"),
        (("--consent", "given", "--respondent", "CIC-09"), 1, "CIC-09"),
        (("--consent", "given", "--mode", "sung"), 2, "spoken"),
    ],
)
def test_what_is_wrong_with_a_consent_is_said(
    run: Run, held: str, arguments: tuple[str, ...], code: int, said: str
):
    ran = run("record", "--interview", "CIC-01", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
