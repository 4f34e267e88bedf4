"""The interview line by line: the same records as in the app, and every line kept as it is typed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fieldkit.cli.plain.session import PlainInterview
from fieldkit.records.interviews import consent_id
from fieldkit.records.responses import ResponseKey
from fieldkit.storage.errors import NotDurable
from fieldkit.study.conduct import Conduct
from fieldkit.study.draft import InterviewDraft
from fieldkit.study.interviews import find_interview, interview_meant
from fieldkit.study.roster import find_respondent
from fieldkit.study.study import Study
from tests.app.evaluator import app_for, keys, study_in
from tests.app.terminal import Terminal
from tests.cli.conftest import Ran, Run

LANGUAGES = "Zoë a dit\u00a0: « réglé »\u202f! œuvre 🙂 مرحبا"


@pytest.fixture
def plain(tmp_path: Path, run: Run) -> Any:
    """Holds CIC-01's interview with lines given beforehand."""
    folder = tmp_path / "plain"
    study_in(folder).close()

    def hold(*lines: str, code: str = "CIC-01") -> tuple[Ran, Study]:
        stdin = "".join(f"{line}\n" for line in lines).encode()
        ran = run("interview", "--respondent", code, "--plain", "-s", str(folder), stdin=stdin)
        return ran, Study.open(folder, write=False)

    return hold


def command(folder: Path) -> list[str]:
    arguments = ["interview", "--respondent", "CIC-01", "--plain", "-s", str(folder)]
    return [sys.executable, "-m", "fieldkit", *arguments]


def responses(study: Study) -> dict[str, Any]:
    """Item to what was recorded, without what depends on the clock or the interview's id."""
    found = {}
    for body in study.rows("responses").values():
        paragraphs = [{**paragraph} for paragraph in body.get("paragraphs", [])]
        for paragraph in paragraphs:
            paragraph.pop("offset_s", None)
        left = {k: v for k, v in body.items() if k not in ("id", "interview", "paragraphs")}
        found[body["item"]] = {**left, "paragraphs": paragraphs}
    return found


def test_a_whole_interview_from_a_pipe(plain: Any) -> None:
    ran, study = plain(
        *("y", "yes", "no"),
        *(".v 2", ".n", LANGUAGES, '"We pay late"', "* mine", ".p 1", ".n"),
        *(".v 1990", ".g15", ".t 4 the minutes", ".close", "1", "5"),
    )
    with study:
        assert ran.code == 0, ran.err
        interview = find_interview(study, "CIC-01")
        assert interview.state == "complete"
        consent = study.row("consents", consent_id(interview.id, interview.respondents[0]))
        assert (consent["given"], consent["quote"], consent["recording"]) == (True, True, False)
        said = responses(study)
        assert said["unit"]["value"] == "geneva"
        assert [(p["text"], p["kind"]) for p in said["role"]["paragraphs"]] == [
            (LANGUAGES, "paraphrase"),
            ("We pay late", "verbatim"),
            ("mine", "note"),
        ]
        assert said["role"]["probes"]
        assert (said["common_position"]["disposition"], said["common_position"]["reason"]) == (
            "will send",
            "the minutes",
        )
        assert (said["missed"]["disposition"], said["missed"]["reason"]) == ("not asked", "time")


def test_what_is_said_has_no_escapes_and_says_that_it_is_saved(plain: Any) -> None:
    ran, study = plain("y", "y", "y", ".v 2", "words")
    study.close()
    assert not {"\x1b", "\r"} & set(ran.out)
    assert ran.out.splitlines().count("saved") == 5
    assert ran.out.splitlines()[-1] == "Paused; everything is kept, and the same command goes on."


def test_the_end_of_the_input_pauses_and_the_same_command_goes_on(plain: Any) -> None:
    ran, study = plain("", "", "", ".n", "before the end", ".g 3")
    with study:
        assert (ran.code, find_interview(study, "CIC-01").state) == (0, "paused")
    ran, study = plain(".g 2", "after it")
    with study:
        assert "Noted, paraphrase: before the end" in ran.out
        assert ran.out.splitlines()[2].startswith("Item 3 of"), ran.out
        texts = [paragraph["text"] for paragraph in responses(study)["role"]["paragraphs"]]
        assert texts == ["before the end", "after it"]
        assert len(find_interview(study, "CIC-01").sittings) == 2


def test_words_before_consent_belong_to_the_first_item_and_a_line_says_it_is_missing(plain: Any) -> None:
    ran, study = plain("We never got the papers")
    with study:
        assert responses(study)["unit"]["paragraphs"][0]["text"] == "We never got the papers"
        assert "Consent not recorded: CIC-01" in ran.out


def test_a_first_choice_is_never_chosen_for_a_pipe_that_gave_none(plain: Any) -> None:
    ran, study = plain("y", "y", "y", ".v", ".t", ".n")
    with study:
        assert ran.code == 0
        assert not study.rows("responses")


def test_conditions_decide_live_what_comes_next(plain: Any) -> None:
    ran, study = plain("y", "y", "y", ".v 3", ".g 3", ".n", ".g 1", ".v 1", ".g 3", ".n")
    study.close()
    numbers = [line.split()[1] for line in ran.out.splitlines() if line.startswith("Item ")]
    # Programmes are asked of service areas (11); the policy division of the bodies attended (4).
    assert numbers == ["1", "3", "11", "1", "3", "4"]


def test_a_value_that_is_none_is_told_and_nothing_is_recorded(plain: Any) -> None:
    ran, study = plain("y", "y", "y", ".v 77")
    with study:
        assert 'Not taken: "77" is no choice' in ran.out
        assert not study.rows("responses")


def test_a_line_that_only_looks_like_a_command_is_kept_as_words(plain: Any) -> None:
    _, study = plain("y", "y", "y", ".x", ".n or later", "...and then")
    with study:
        texts = [paragraph["text"] for paragraph in responses(study)["unit"]["paragraphs"]]
        assert texts == [".x", ".n or later", "...and then"]


def test_what_the_closing_review_did_can_be_taken_back(plain: Any) -> None:
    _, study = plain("y", "y", "y", ".close", "5", "0", ".pause", "not read any more")
    with study:
        assert find_interview(study, "CIC-01").state == "paused"
        assert not study.rows("responses")


def test_an_interview_that_is_complete_is_corrected_and_stays_complete(plain: Any) -> None:
    _, study = plain("y", "y", "y", ".v 2", ".close", "5")
    study.close()
    ran, study = plain(".g unit", "a correction")
    with study:
        assert "kept as a correction" in ran.out
        assert find_interview(study, "CIC-01").state == "complete"


async def test_the_same_script_makes_the_same_records_as_in_the_app(plain: Any, tmp_path: Path) -> None:
    lines = (
        *("Since 2001. ", '"They come late"', '"We said "no" twice"', "«\u00a0Trop tard\u00a0»"),
        *('"Il dit « non »', '!"A 17" screen', '* looks "tired"', "said « so »", "?1 «Oui »", "=9 and costs"),
        "?2",
    )
    _, study = plain("y", "y", "n", ".v 2", ".n", *lines, ".p 3", ".n", ".v 1990")
    with study:
        by_line = responses(study)
        consent = next(iter(study.rows("consents").values()))
    with study_in(tmp_path / "app") as study:
        app = app_for(study, "CIC-01")
        async with app.run_test(size=(80, 24)) as pilot:
            await keys(pilot, "112", "ctrl+n", "2", "ctrl+n", "\n".join(lines), "ctrl+o", "ctrl+n")
            await keys(pilot, "1990", "ctrl+s")
            await pilot.pause()
            app.interview.put_away()
        assert responses(study) == by_line
        in_app = next(iter(study.rows("consents").values()))
        for field in ("given", "quote", "recording", "mode"):
            assert in_app[field] == consent[field]


def test_two_together_are_each_asked_for_consent_and_for_what_is_their_own(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "joint"
    study_in(folder).close()
    lines = "".join(
        f"{line}\n" for line in ("y", "y", "y", "y", "n", "n", ".v 2", ".g 5", ".v 1=10-15", ".n", ".v 1=5")
    )
    arguments = [
        "interview",
        "--respondent",
        "CIC-01",
        "--respondent",
        "CIC-02",
        "--plain",
        "-s",
        str(folder),
    ]
    assert run(*arguments, stdin=lines.encode()).code == 0
    with Study.open(folder, write=False) as study:
        assert len(study.rows("consents")) == 2
        shares = [body for body in study.rows("responses").values() if body["item"] == "time_shares"]
        assert len({body["respondent"] for body in shares}) == 2
        assert all(body["respondent"] is not None for body in shares)


def test_what_cannot_be_saved_is_told_and_stands_in_the_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Given:
        """Lines given beforehand; the disk is full from the third one on."""

        def __init__(self) -> None:
            self.left = ["y", ".n", "before", "on a full disk"]

        def ask(self, question: str, typing: Any) -> str:
            if not self.left:
                raise EOFError
            line = self.left.pop(0)
            if not self.left:
                monkeypatch.setattr(Study, "save", full)
                monkeypatch.setattr(InterviewDraft, "keep", full)
            return line

    def full(*_: Any) -> None:
        raise NotDurable("no space left on the disk")

    with study_in(tmp_path / "study") as study:
        conduct = Conduct(study, interview_meant(study, find_respondent(study, "CIC-01").id))
        assert PlainInterview(conduct, Given()).run() == 1
        said = capsys.readouterr().out
    assert "NOT SAVED: no space left on the disk" in said
    assert said.splitlines()[-1] == "NOT SAVED, item unit: on a full disk"


def test_a_killed_session_keeps_every_line(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    study_in(folder).close()
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command(folder), text=True, encoding="utf-8", **pipes) as process:
        process.stdin.write(f"y\ny\ny\n.v 2\n.n\nfirst\n{LANGUAGES}\n")
        process.stdin.flush()
        saved = 0
        while saved < 6:
            saved += process.stdout.readline() == "saved\n"
        process.kill()
    with Study.open(folder) as study:
        conduct = Conduct(study, find_interview(study, "CIC-01").id)
        assert conduct.answer(ResponseKey("role")).text == f"first\n{LANGUAGES}"
        assert conduct.current == ResponseKey("role")


@pytest.mark.parametrize(
    ("term", "stop"),
    [
        ("dumb", lambda terminal: terminal.process.send_signal(signal.SIGINT)),
        ("dumb", lambda terminal: terminal.send("\x04")),
        ("xterm-256color", lambda terminal: terminal.send("\x03")),
        ("xterm-256color", lambda terminal: terminal.send("\x04")),
    ],
    ids=["plain, Ctrl+C", "plain, Ctrl+D", "edited, Ctrl+C", "edited, Ctrl+D"],
)
def test_at_a_terminal_a_line_is_typed_and_leaving_pauses(tmp_path: Path, term: str, stop: Any) -> None:
    folder = tmp_path / "study"
    study_in(folder).close()
    with Terminal(["env", f"TERM={term}", *command(folder)], columns=100, rows=40) as terminal:
        for asked, answer in (("agree to take part", "y"), ("quote your words", "y"), ("I record our", "n")):
            terminal.wait_for(lambda text, asked=asked: asked in text and text.rstrip().endswith("Consent:"))
            terminal.send(f"{answer}\r")
        terminal.wait_for(lambda text: text.rstrip().endswith("1:"))
        terminal.send("« déjà vu »\r")
        terminal.wait_for(lambda text: text.rstrip().endswith("saved\n 1:" if "x" in term else "saved\n1:"))
        stop(terminal)
        terminal.wait_for("everything is kept")
        assert terminal.wait_for_end() == 0
    with Study.open(folder, write=False) as study:
        (paragraph,) = responses(study)["unit"]["paragraphs"]
        assert paragraph == {"text": "déjà vu", "kind": "verbatim"}
        assert find_interview(study, "CIC-01").state == "paused"


def test_a_half_typed_line_survives_a_kill_where_the_terminal_edits_it(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    study_in(folder).close()
    with Terminal(command(folder), columns=100, rows=40) as terminal:
        terminal.wait_for("Consent:")
        terminal.send("half a sentence")
        terminal.wait_for("half a sentence")
        terminal.idle(1.2)
        terminal.kill()
    with Study.open(folder) as study:
        conduct = Conduct(study, find_interview(study, "CIC-01").id)
        assert conduct.answer(ResponseKey("unit")).text == "half a sentence"


@pytest.mark.parametrize("arguments", [["open"], ["interview", "--respondent", "CIC-01"]])
def test_without_a_terminal_one_line_names_the_plain_interview(
    run: Run, held: str, arguments: list[str]
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert "--plain" in ran.err


def test_a_dumb_terminal_is_told_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    study_in(folder).close()
    argv = ["env", "TERM=dumb", sys.executable, "-m", "fieldkit", "open", str(folder)]
    with Terminal(argv) as terminal:
        terminal.wait_for("--plain")
        assert terminal.wait_for_end() == 1


def test_an_encrypted_study_is_opened_with_its_passphrase(tmp_path: Path) -> None:
    from fieldkit.study.create import create_study
    from fieldkit.study.protection import unlock
    from fieldkit.study.roster import RosterEntry, add_respondent

    words = "a passphrase for tests only"
    folder = create_study(tmp_path / "sealed", author="MT", passphrase=words)
    with Study.open(folder, keys=unlock(folder, words)) as study:
        add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"}))
    given, giving = os.pipe()
    os.write(giving, words.encode())
    os.close(giving)
    held = subprocess.run(
        [*command(folder), "--passphrase-fd", str(given)],
        input="y\ny\ny\nsealed words\n",
        capture_output=True,
        encoding="utf-8",
        pass_fds=[given],
        check=False,
    )
    assert held.returncode == 0, held.stderr
    with Study.open(folder, write=False, keys=unlock(folder, words)) as study:
        assert responses(study)["unit"]["paragraphs"][0]["text"] == "sealed words"


def test_marks_mean_what_they_mean_in_the_app(plain: Any) -> None:
    ran, study = plain(
        *("y", "y", "y", ".g 2", '"!Dit « oui »', "« C’est »", "=3 the budget, too", "?1 as asked"),
        *("!", '""quoted', "=25 no item"),
    )
    with study:
        said = responses(study)
        role = {p["text"]: p for p in said["role"]["paragraphs"]}
        assert [role["Dit « oui »"][name] for name in ("kind", "follow_up")] == ["verbatim", True]
        assert role["C’est"]["kind"] == "verbatim"
        covered = next(body for body in said.values() if body["disposition"] == "already covered")
        assert role["the budget, too"]["also_answers"] == [covered["item"]]
        assert covered["reason"] == "role"
        assert role["as asked"]["probe"] in said["role"]["probes"]
        assert role["!"]["kind"] == role['"quoted']["kind"] == role["=25 no item"]["kind"] == "paraphrase"
        assert "25" in ran.out.rpartition("Probe 2")[2]


def test_off_the_record_no_line_is_kept_anywhere(plain: Any, tmp_path: Path) -> None:
    secret = "between us, wholly"
    ran, study = plain("y", "y", "y", ".g 2", "on it", ".off", secret, ".v 2", ".g 3", ".off", "on it again")
    with study:
        assert [p["text"] for p in responses(study)["role"]["paragraphs"]] == ["on it", "on it again"]
        (stretch,) = find_interview(study, "CIC-01").off_record
        assert stretch.ended_at is not None
        assert "unit" not in responses(study)
    assert ran.out.count("Off the record: not kept.") == 3
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert secret.encode() not in held
    ran, study = plain(".off", secret)
    with study:
        assert all(stretch.ended_at for stretch in find_interview(study, "CIC-01").off_record)


def test_a_value_is_not_asked_for_while_it_is_being_given(plain: Any) -> None:
    ran, study = plain("y", "y", "y", ".v 2")
    study.close()
    assert "Value: " in ran.out
    told = ran.out.rpartition("Value: ")[0]
    assert "has no answer yet" not in told
    assert "has no value yet" not in told
