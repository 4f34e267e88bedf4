"""Words declared off the record afterwards are in no file that this laptop knows, and stay away."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.records.responses import ResponseKey
from fieldkit.storage.errors import StoreError
from fieldkit.study.backups import back_up
from fieldkit.study.chart import save_chart_cell
from fieldkit.study.coding import code_passage, codings_of
from fieldkit.study.conduct import Conduct
from fieldkit.study.create import create_study
from fieldkit.study.errors import StudyError
from fieldkit.study.history import undo
from fieldkit.study.holds import place_hold
from fieldkit.study.interviews import interview_for
from fieldkit.study.memo import MEMO
from fieldkit.study.memos import change_memo, memos, write_memo
from fieldkit.study.protection import unlock
from fieldkit.study.redaction import redact
from fieldkit.study.retelling import tells_again
from fieldkit.study.study import Study
from tests.storage.by_hand import saved
from tests.study.test_purge import OTHERS, SECRET, WORDS, files_with, person

ROLE = ResponseKey("role")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with Study.open(create_study(tmp_path / "s", author="MT")) as opened:
        yield opened


def talked(study: Study) -> Conduct:
    """An interview in which words were typed bit by bit, drafted, kept, and typed on."""
    conduct = Conduct(study, interview_for(study, person(study, "CIC-01")).id)
    conduct.start()
    for words in (WORDS[:8], WORDS):
        conduct.note(ROLE, f"{OTHERS} before.\n{words}\n{OTHERS} after.")
        conduct.autosave()
        conduct.leave(ROLE)
    conduct.note(ROLE, f"{OTHERS} before.\n{WORDS} and more\n{OTHERS} after.")
    conduct.autosave()
    return conduct


def left(study: Study, conduct: Conduct) -> list[str]:
    body = study.row("responses", ROLE.response_id(conduct.interview.id))
    return [each["text"] for each in (body or {}).get("paragraphs", [])]


def test_the_words_and_their_beginnings_leave_no_byte(study: Study, tmp_path: Path) -> None:
    conduct = talked(study)
    conduct.save_all()
    backup = back_up(study, tmp_path / "stick").path
    study.store.save_snapshot()
    (study.folder / "store" / "aside").mkdir()
    (study.folder / "store" / "aside" / "torn-1").write_text(WORDS)
    conduct.note(ROLE, f"{OTHERS} before.\n{WORDS} and more\n{OTHERS} after, typed on.")
    conduct.autosave()
    done = redact(conduct, ROLE, [1])
    assert done.backups_removed == (backup,)
    assert done.backup is not None
    assert files_with(tmp_path, WORDS[:8]) == set()
    expected = [f"{OTHERS} before.", f"{OTHERS} after, typed on."]
    assert left(study, conduct) == [each["text"] for each in conduct.answer(ROLE).paragraphs] == expected
    (purge,) = study.records("purges")
    assert (purge.kind, purge.by, purge.interview) == ("off the record", "MT", None)
    assert study.store.verify().ok
    study.close()
    assert files_with(tmp_path, WORDS[:8]) == set()


def test_in_an_encrypted_study_the_bytes_that_held_them_are_gone(tmp_path: Path) -> None:
    folder = create_study(tmp_path / "s", author="MT", passphrase=SECRET)
    journal = folder / "store" / "journal"
    with Study.open(folder, keys=unlock(folder, SECRET)) as study:
        conduct = Conduct(study, interview_for(study, person(study, "CIC-01")).id)
        conduct.start()
        before = saved(folder / "store")
        conduct.note(ROLE, f"{OTHERS}\n{WORDS}")
        conduct.autosave()
        drafted = next((folder / "store").rglob("*.draft")).read_bytes()[-64:]
        conduct.leave(ROLE)
        kept = journal.read_bytes()[before : saved(folder / "store")][64:128]
        assert min(len(set(kept)), len(set(drafted))) > 30
        redact(conduct, ROLE, [1])
        for path in folder.rglob("*"):
            assert not path.is_file() or not any(part in path.read_bytes() for part in (kept, drafted))
        assert not any(WORDS in str(revision.body) for revision in study.store.revisions())
        assert left(study, conduct) == [OTHERS]
        assert study.store.verify().ok


def test_neither_undo_nor_completing_nor_going_on_brings_them_back(study: Study) -> None:
    conduct = talked(study)
    redact(conduct, ROLE, [1])
    for _ in range(3):
        with contextlib.suppress(StudyError, StoreError):
            undo(study)
    conduct = Conduct(study, conduct.interview.id)
    conduct.note(ROLE, f"{OTHERS} typed again")
    conduct.leave(ROLE)
    conduct.note(ROLE, f"{OTHERS} for good")
    conduct.complete()
    assert files_with(study.folder, WORDS[:8]) == set()
    # What the words went through while typed is erased at completion as ever.
    states = [revision.body for revision in study.store.history(table="responses")]
    assert len([body for body in states if body and body["item"] == "role"]) == 1


def test_codings_go_or_move_with_their_words(study: Study) -> None:
    conduct = talked(study)
    conduct.save_all()
    response = ROLE.response_id(conduct.interview.id)
    text = "\n".join(left(study, conduct))
    for quote in ("before", WORDS[:5], "after"):
        start = text.index(quote)
        code_passage(study, response, ["council"], start=start, end=start + len(quote), memo=quote)
    redact(conduct, ROLE, [1])
    now = "\n".join(left(study, conduct))
    codings = codings_of(study, response)
    assert sorted(each.quote for each in codings) == ["after", "before"]
    assert all(now[each.start : each.end] == each.quote for each in codings)
    assert files_with(study.folder, WORDS[:5]) == set()


def test_an_answer_of_which_nothing_is_left_is_gone(study: Study) -> None:
    conduct = Conduct(study, interview_for(study, person(study, "CIC-01")).id)
    conduct.start()
    conduct.note(ROLE, WORDS)
    redact(conduct, ROLE, [0])
    assert study.row("responses", ROLE.response_id(conduct.interview.id)) is None
    assert conduct.answer(ROLE).paragraphs == []
    conduct.note(ROLE, OTHERS)
    conduct.leave(ROLE)
    assert left(study, conduct) == [OTHERS]
    assert files_with(study.folder, WORDS) == set()


def test_while_a_hold_stands_nothing_is_erased(study: Study) -> None:
    conduct = talked(study)
    place_hold(study, "access request", "ATIP office")
    with pytest.raises(StudyError, match="access request"):
        redact(conduct, ROLE, [1])
    assert WORDS in str(conduct.answer(ROLE).paragraphs)
    assert files_with(study.folder, WORDS)


def test_what_tells_them_again_goes_from_chart_and_memos_and_the_rest_stays(study: Study) -> None:
    conduct = talked(study)
    conduct.note(MEMO, f"{OTHERS} of my own.\nHe said: {WORDS.upper()}")
    conduct.save_all()
    response = ROLE.response_id(conduct.interview.id)
    text = "\n".join(left(study, conduct))
    start = text.index("before")
    code_passage(study, response, ["council"], start=start, end=start + 6, memo=f"Compare: {WORDS}")
    respondent = conduct.respondents[0].id
    for question, summary in (("1.1", f"Says {WORDS}"), ("1.2", OTHERS)):
        save_chart_cell(study, respondent, question, summary=summary, position="mixed")
    kept = write_memo(study, f"{OTHERS} stays.", table="interviews", record=conduct.interview.id)
    write_memo(study, WORDS, table="responses", record=response)
    gone = write_memo(study, WORDS, table="interviews", record=conduct.interview.id)
    change_memo(study, gone.id, "No more of it.")
    redact(conduct, ROLE, [1])
    assert files_with(study.folder, WORDS[:8]) == files_with(study.folder, WORDS.upper()) == set()
    cells = {each.evaluation_question: (each.summary, each.position) for each in study.records("chart")}
    assert cells == {"1.1": ("", "mixed"), "1.2": (OTHERS, "mixed")}
    assert sorted(each.text for each in memos(study)) == sorted(
        [f"{OTHERS} of my own.", kept.text, "No more of it."]
    )
    assert [paragraph["text"] for paragraph in conduct.answer(MEMO).paragraphs] == [f"{OTHERS} of my own."]
    assert [each.memo for each in codings_of(study, response)] == [""]


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=12), st.integers(0, 6))
def test_a_line_tells_words_again_with_five_in_a_row_of_them(words: list[str], at: int) -> None:
    erased = ["v", "w", "x", "y", "z", "v", "w", "x", "y", "z"]
    for length in range(len(erased) - at):
        line = " ".join([*words, *erased[at : at + length], *words])
        assert tells_again(line, [" ".join(erased)]) is (length >= 5)
