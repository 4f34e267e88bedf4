"""What is purged is gone from every file that this laptop knows, and a record says that it happened."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fieldkit.exchange.archive import import_archive, write_archive
from fieldkit.exchange.purges_in import PurgesCarried
from fieldkit.records.purges import Purge
from fieldkit.records.responses import ResponseKey
from fieldkit.storage.canonical import canonical
from fieldkit.storage.errors import NotDurable, StoreError
from fieldkit.storage.revision import Revision
from fieldkit.storage.writes import Delete, Put
from fieldkit.study.backups import back_up
from fieldkit.study.coding import code_passage
from fieldkit.study.conduct import Conduct
from fieldkit.study.create import create_study
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.history import log, undo
from fieldkit.study.holds import place_hold, release_hold
from fieldkit.study.interviews import interview_for
from fieldkit.study.local import write_local
from fieldkit.study.purge import purge_contacts, purge_respondent
from fieldkit.study.recording import record_response
from fieldkit.study.roster import RosterEntry, add_respondent
from fieldkit.study.study import Study, put
from fieldkit.study.total_purge import purge_everything
from tests.storage.by_hand import saved

SECRET = "quatre lunes au-dessus du lac"
WORDS = "Zyxwords-that-nobody-may-keep"
OTHERS = "Otherwords-that-stay"


def layers(content: bytes) -> Iterator[bytes]:
    """Yield a file's bytes, and whatever in them can be unpacked."""
    yield content
    for match in re.finditer(b"\x78[\x01\x5e\x9c\xda]", content):
        with contextlib.suppress(zlib.error):
            yield zlib.decompressobj().decompress(content[match.start() :])
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from layers(archive.read(name))


def files_with(folder: Path, *words: str) -> set[str]:
    """Return the names of a folder's files that hold any of some words, at whatever depth."""
    return {
        path.name
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".yaml"
        for layer in layers(path.read_bytes())
        if any(word.encode() in layer for word in words)
    }


def person(study: Study, code: str) -> str:
    entry = RosterEntry(code, {"group": "CIC"}, {}, {"name": f"Name-{code}", "email": f"{code}@example.org"})
    return add_respondent(study, entry).id


@pytest.fixture
def two(tmp_path: Path):
    """A study, unencrypted so that its bytes can be searched, with two respondents, coded and charted."""
    folder = create_study(tmp_path / "s", author="MT")
    with Study.open(folder) as study:
        for code, words in (("CIC-01", WORDS), ("CIC-02", OTHERS)):
            one = person(study, code)
            interview = interview_for(study, one).id
            record_response(study, interview, "role", notes=f"{words} first")
            record_response(study, interview, "role", notes=f"{words} second")
            code_passage(study, f"{interview}:role", ["council"], memo=f"{words} memo")
            undo(study)
            code_passage(study, f"{interview}:role", ["oversight"], start=0, end=5)
        study.store.drafts.append("left", "role", {"paragraphs": [{"text": f"{WORDS} typed"}]})
        study.store.drafts.clear("left")
        study.store.save_snapshot()
        (folder / "store" / "aside").mkdir()
        (folder / "store" / "aside" / "torn-1").write_text(WORDS)
        yield study


def test_a_respondent_who_withdraws_leaves_no_byte(two: Study) -> None:
    two.store.compact()
    record_response(two, "CIC-01", "unit", value="bsk", notes=f"{WORDS} again")
    done = purge_respondent(two, "CIC-01", "her own withdrawal")
    two.close()
    assert files_with(two.folder, WORDS, "Name-CIC-01", "CIC-01") == set()
    assert files_with(two.folder, OTHERS, "Name-CIC-02")
    with Study.open(two.folder) as again:
        assert [body["code"] for body in again.rows("respondents").values()] == ["CIC-02"]
        (purge,) = again.records("purges")
        assert (purge.kind, purge.authority, purge.by) == ("respondent", "her own withdrawal", "MT")
        assert len(purge.erased) == done.states > 8
        assert again.store.verify().ok
        assert {body["coder"] for body in again.rows("codings").values()} == {"MT"}
        assert all("CIC-01" not in str(entry) for entry in log(again))


def test_what_was_purged_is_refused_when_it_comes_back(two: Study) -> None:
    before = list(two.store.revisions())
    erased = set(purge_respondent(two, "CIC-01", "her own").purge.erased)
    assert two.store.absorb(before).added == 0
    assert not erased & {revision.id for revision in two.store.revisions()}
    assert files_with(two.folder, WORDS) == set()


def test_a_purge_that_arrives_erases_here_too(two: Study, tmp_path: Path) -> None:
    twin = create_study(tmp_path / "twin", author="LB")
    with Study.open(twin) as other:
        other.store.adopt_study_id(two.store.study_id)
        other.store.absorb(two.store.revisions())
        assert files_with(twin, WORDS)
        purge_respondent(two, "CIC-01", "her own")
        other.store.absorb(two.store.revisions())
        assert files_with(twin, WORDS) == set()
        assert files_with(twin, OTHERS)


def test_backups_go_with_it_and_one_is_made_anew(two: Study, tmp_path: Path) -> None:
    old = back_up(two, tmp_path / "stick").path
    inside = back_up(two, two.folder / "backups").path
    done = purge_contacts(two, "retention schedule 12")
    assert {old, inside} <= set(done.backups_removed)
    assert not old.exists()
    assert done.backup is not None
    assert done.backup.exists()
    assert files_with(two.folder, "Name-CIC", "example.org") == set()
    assert files_with(two.folder, WORDS)
    with pytest.raises(StudyError, match="nothing of that kind"):
        purge_contacts(two, "again")


def test_a_backup_out_of_reach_is_named(two: Study, tmp_path: Path) -> None:
    gone = back_up(two, tmp_path / "stick").path
    (tmp_path / "stick").rename(tmp_path / "in a drawer")
    assert purge_contacts(two, "schedule").backups_left == (gone,)


def test_nothing_is_purged_while_a_hold_stands(two: Study) -> None:
    hold = place_hold(two, "access request 2005-17", "ATIP office")
    for attempt in (
        lambda: purge_contacts(two, "schedule"),
        lambda: purge_respondent(two, "CIC-01", "her own"),
        lambda: purge_everything(two, "schedule"),
    ):
        with pytest.raises(StudyError, match="access request 2005-17; ATIP office"):
            attempt()
    assert files_with(two.folder, WORDS)
    with pytest.raises(UnknownId):
        release_hold(two, "nosuch", "ATIP office")
    release_hold(two, hold.id, "ATIP office")
    purge_contacts(two, "schedule")


def test_contacts_stay_until_their_date(two: Study) -> None:
    path = two.folder / "interview_guides" / "framework.yaml"
    path.write_text(
        path.read_text("utf-8").replace("  languages:", "  contacts_until: 2030-03-31\n  languages:", 1),
        "utf-8",
    )
    two.reload_protocol()
    with pytest.raises(StudyError, match="kept until 2030-03-31"):
        purge_contacts(two, "schedule", today=date(2030, 3, 31))
    assert purge_contacts(two, "schedule", today=date(2030, 4, 1)).purge.kind == "contacts"


def test_in_a_joint_interview_only_what_is_hers_goes(tmp_path: Path) -> None:
    folder = create_study(tmp_path / "s", author="MT")
    with Study.open(folder) as study:
        first, second = person(study, "CIC-01"), person(study, "CIC-02")
        interview = interview_for(study, first, second).id
        said = [
            ("Nobody named said this.", None),
            (f"{WORDS} hers.", first),
            ("Others said that.", second),
        ]
        conduct = Conduct(study, interview)
        key = next(step.key for step in conduct.steps() if step.key.respondent is None and step.asks)
        paragraphs = [{"text": text, "kind": "paraphrase", "respondent": who} for text, who in said]
        conduct.type_notes(key, paragraphs)
        conduct.leave(key)
        response = key.response_id(interview)
        text = "\n".join(text for text, _ in said)
        for quote in ("Nobody named", "hers", "Others said"):
            start = text.index(quote)
            code_passage(study, response, ["council"], start=start, end=start + len(quote), memo=quote)
        done = purge_respondent(study, "CIC-01", "her own")
        assert done.shared == (interview,)
        body = study.row("responses", response)
        assert [each["text"] for each in body["paragraphs"]] == [said[0][0], said[2][0]]
        left = "\n".join(each["text"] for each in body["paragraphs"])
        codings = list(study.rows("codings").values())
        assert sorted(left[each["start"] : each["end"]] for each in codings) == [
            "Nobody named",
            "Others said",
        ]
        assert all(each["quote"] == left[each["start"] : each["end"]] for each in codings)
        assert study.row("interviews", interview)["respondents"] == [second]
    assert files_with(folder, WORDS, "CIC-01", first) == set()


def test_a_study_purged_of_everything_has_other_keys(tmp_path: Path) -> None:
    from fieldkit.study.protection import unlock

    folder = create_study(tmp_path / "s", author="MT", passphrase=SECRET)
    before = unlock(folder, SECRET)
    with Study.open(folder, keys=before) as study:
        person(study, "CIC-01")
        done = purge_everything(study, "schedule 12", SECRET)
        assert done.recovery_code is not None
        assert study.rows("respondents") == {}
    after = unlock(folder, SECRET)
    assert after.secret() != before.secret()
    with Study.open(folder, keys=unlock(folder, done.recovery_code)) as again:
        assert [purge.kind for purge in again.records("purges")] == ["everything"]
        person(again, "CIC-02")
        assert again.store.verify().ok


def test_completing_erases_what_was_typed_and_taken_back(tmp_path: Path) -> None:
    folder = create_study(tmp_path / "s", author="MT")
    with Study.open(folder) as study:
        conduct = Conduct(study, interview_for(study, person(study, "CIC-01")).id)
        conduct.start()
        key = ResponseKey("role")
        for words in (f"{WORDS} said in the room", f"{WORDS} typed again", "The final text."):
            conduct.note(key, words)
            conduct.leave(key)
        coded = code_passage(study, key.response_id(conduct.interview.id), ["council"], start=0, end=3)
        conduct.note(key, "The final text, put right.")
        conduct.leave(key)
        conduct.complete()
        response = key.response_id(conduct.interview.id)
        assert words_of(study, response) == ["The final text.", "The final text, put right."]
        assert files_with(folder, WORDS) == set()
        assert coded.codings[0].quote == "The"
        record_response(study, "CIC-01", "role", notes="Corrected later.")
        assert words_of(study, response)[-2:] == ["The final text, put right.", "Corrected later."]
        undo(study)
        assert words_of(study, response)[-1] == "The final text, put right."
        conduct = Conduct(study, conduct.interview.id)
        conduct.start()
        conduct.complete()
        assert "Corrected later." in words_of(study, response)


def words_of(study: Study, response: str) -> list[str]:
    return [
        revision.body["paragraphs"][0]["text"]
        for revision in study.store.history(table="responses", record=response)
    ]


def test_killed_between_the_record_and_the_erasing_it_is_done_at_the_next_opening(two: Study) -> None:
    states = [revision.id for revision in two.store.history(table="contacts")]
    two.save([put("purges", Purge(id="p", kind="contacts", authority="x", erased=states))])
    assert list(two.store.history(table="contacts")) == []
    assert files_with(two.folder, "Name-CIC-01")
    killed = two.folder.with_name("killed")
    shutil.copytree(two.folder, killed)
    with Study.open(killed) as again:
        assert again.rows("contacts") == {}
        assert files_with(killed, "Name-CIC-01") == set()


def test_a_hold_keeps_out_what_was_purged_elsewhere(two: Study, tmp_path: Path) -> None:
    twin = create_study(tmp_path / "twin", author="LB")
    with Study.open(twin) as other:
        write_archive(two, tmp_path / "before.json", with_contacts=True)
        import_archive(other, tmp_path / "before.json")
        hold = place_hold(other, "access request", "ATIP office")
        purge_respondent(two, "CIC-01", "her own")
        write_archive(two, tmp_path / "after.json", with_contacts=True)
        with pytest.raises(StudyError, match="access request"):
            import_archive(other, tmp_path / "after.json")
        assert files_with(twin, WORDS)
        release_hold(other, hold.id, "ATIP office")
        import_archive(other, tmp_path / "after.json", accept_purges=True)
        assert files_with(twin, WORDS) == set()


def test_what_completing_elsewhere_erases_is_accepted_first_too(two: Study, tmp_path: Path) -> None:
    twin = create_study(tmp_path / "twin", author="LB")
    with Study.open(twin) as other:
        write_archive(two, tmp_path / "before.json")
        import_archive(other, tmp_path / "before.json")
        interview = next(iter(two.rows("interviews")))
        conduct = Conduct(two, interview)
        conduct.start()
        record_response(two, "CIC-01", "role", notes="The final text.")
        conduct.complete()
        write_archive(two, tmp_path / "after.json")
        with pytest.raises(PurgesCarried, match="0 records and earlier states of 1 more, of CIC-01"):
            import_archive(other, tmp_path / "after.json")
        assert import_archive(other, tmp_path / "after.json", accept_purges=True).added
        # Nothing that is here goes any more: nobody is asked again.
        assert import_archive(other, tmp_path / "after.json").added == 0


def test_backups_of_other_studies_and_other_files_are_left_alone(two: Study, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with Study.open(create_study(tmp_path / "other", author="LB")) as other:
        person(other, "CIC-09")
        theirs = back_up(other, stick).path
    mine = back_up(two, stick).path
    letter = tmp_path / "letter.txt"
    letter.write_text("not a backup")
    write_local(two.folder, backups=[str(mine), str(letter), str(theirs)])
    done = purge_contacts(two, "schedule")
    assert done.backups_removed == (mine,)
    assert theirs.exists()
    assert letter.read_text() == "not a backup"


def test_a_backup_is_found_though_the_list_of_them_is_gone(two: Study) -> None:
    inside = back_up(two).path
    (two.folder / "store" / "local.json").unlink()
    assert purge_contacts(two, "schedule").backups_removed == (inside,)


def test_what_was_undone_deleted_or_given_to_another_goes_too(two: Study) -> None:
    first, second = (one.id for one in two.records("respondents"))
    interview = next(i for i, body in two.rows("interviews").items() if body["respondents"] == [first])
    record_response(two, "CIC-01", "unit", value="bsk", notes=f"{WORDS} undone")
    undo(two)
    contact = next(record for record, body in two.rows("contacts").items() if body["respondent"] == first)
    two.save([Put("memos", "m1", {"id": "m1", "on": contact, "text": "MEMOGONE"})])
    two.save([Delete("memos", "m1")])
    two.save([Delete("contacts", contact)])
    two.save(
        [Put("consents", "c1", {"id": "c1", "interview": interview, "respondent": first, "given": True})]
    )
    two.save([Delete("consents", "c1")])
    two.save([Put("interviews", interview, {**two.row("interviews", interview), "respondents": [second]})])
    purge_respondent(two, "CIC-01", "her own")
    two.close()
    assert files_with(two.folder, "Name-CIC-01", "MEMOGONE", first) == set()
    assert two.folder.exists()


def test_a_hold_is_not_undone_nor_deleted_away(two: Study) -> None:
    place_hold(two, "access request", "ATIP office")
    (hold,) = two.rows("holds")
    change = next(r.change for r in two.store.revisions() if r.table == "holds")
    with pytest.raises(StoreError, match="released"):
        undo(two, change)
    undo(two)
    two.save([Delete("holds", hold)])
    with pytest.raises(StudyError, match="access request"):
        purge_contacts(two, "schedule")
    two.save(
        [
            Put(
                "holds",
                hold,
                {
                    "id": hold,
                    "reason": "access request",
                    "authority": "x",
                    "placed_at": "2005",
                    "released_at": "2005",
                },
            )
        ]
    )
    with pytest.raises(StudyError, match="access request"):
        purge_contacts(two, "schedule")


def test_while_a_hold_stands_completing_erases_nothing(tmp_path: Path) -> None:
    with Study.open(create_study(tmp_path / "s", author="MT")) as study:
        conduct = Conduct(study, interview_for(study, person(study, "CIC-01")).id)
        conduct.start()
        place_hold(study, "access request", "ATIP office")
        for words in (f"{WORDS} first", "Final."):
            conduct.note(ResponseKey("role"), words)
            conduct.leave(ResponseKey("role"))
        conduct.complete()
        assert files_with(study.folder, WORDS)


def test_a_purge_that_fails_takes_no_draft_and_one_that_works_keeps_other_persons_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Study.open(create_study(tmp_path / "s", author="MT")) as study:
        first, second = person(study, "CIC-01"), person(study, "CIC-02")
        interview = interview_for(study, first, second).id
        conduct = Conduct(study, interview)
        key = next(step.key for step in conduct.steps() if step.key.respondent == second)
        conduct.note(key, f"{OTHERS} typed")
        conduct.autosave()

        def full(*_: object, **__: object) -> None:
            raise NotDurable("the disk is full")

        with monkeypatch.context() as broken:
            broken.setattr(study.store, "commit", full)
            with pytest.raises(StoreError):
                purge_respondent(study, "CIC-01", "her own")
        assert study.store.drafts.latest(interview)
        purge_respondent(study, "CIC-01", "her own")
        assert (
            study.row("responses", key.response_id(interview))["paragraphs"][0]["text"] == f"{OTHERS} typed"
        )


@pytest.mark.parametrize("kind", ["typing", "contacts"])
def test_an_archive_cannot_erase_holds_or_what_stands(two: Study, tmp_path: Path, kind: str) -> None:
    hold = place_hold(two, "access request", "ATIP office")
    release_hold(two, hold.id, "ATIP office")
    write_archive(two, tmp_path / "a.json", with_contacts=True)
    archive = json.loads((tmp_path / "a.json").read_text("utf-8"))
    wanted = {"typing": "respondents", "contacts": "holds"}[kind]
    erased = [each["id"] for each in archive["revisions"] if each["table"] == wanted]
    content = {
        "table": "purges",
        "record": "p1",
        "body": {"id": "p1", "kind": kind, "erased": erased},
        "parents": [],
        "lamport": 99,
        "device": "d",
        "author": "X",
        "at": "2005",
        "change": "c",
        "nonce": "n",
    }
    revision = Revision.from_payload(canonical(content))
    archive["revisions"] = sorted([*archive["revisions"], revision.to_json()], key=lambda each: each["id"])
    (tmp_path / "b.json").write_text(json.dumps(archive), "utf-8")
    with pytest.raises(StudyError, match="erases what a purge of its kind cannot"):
        import_archive(two, tmp_path / "b.json")
    assert len(two.rows("respondents")) == 2


def test_damage_elsewhere_does_not_keep_a_respondent_in(two: Study) -> None:
    record_response(two, "CIC-02", "unit", notes="of another one, first")
    place = saved(two.folder / "store") - 60
    record_response(two, "CIC-02", "unit", notes="of another one, second")
    two.store.save_snapshot()
    two.close()
    journal = two.folder / "store" / "journal"
    content = bytearray(journal.read_bytes())
    content[place] ^= 1
    journal.write_bytes(content)
    with Study.open(two.folder) as again:
        purge_respondent(again, "CIC-01", "her own")
        assert [body["code"] for body in again.rows("respondents").values()] == ["CIC-02"]
    assert files_with(two.folder, WORDS, "Name-CIC-01") == set()


def test_a_purge_that_arrives_takes_backups_and_drafts_here_along(two: Study, tmp_path: Path) -> None:
    twin = create_study(tmp_path / "twin", author="LB")
    with Study.open(twin) as other:
        write_archive(two, tmp_path / "before.json", with_contacts=True)
        import_archive(other, tmp_path / "before.json")
        backup = back_up(other).path
        interview = next(
            name for name, body in other.rows("interviews").items() if "CIC-01" in str(about_of(other, body))
        )
        other.store.drafts.append(interview, "role", f"{WORDS} drafted here")
        purge_respondent(two, "CIC-01", "her own")
        write_archive(two, tmp_path / "after.json", with_contacts=True)
        done = import_archive(other, tmp_path / "after.json", accept_purges=True)
        assert any("1 backup of this study destroyed" in note for note in done.notes)
    assert not backup.exists()
    assert files_with(twin, WORDS) == set()


def about_of(study: Study, interview: dict[str, Any]) -> list[str]:
    respondents = study.rows("respondents")
    return [str(respondents[person]["code"]) for person in interview["respondents"]]


def test_a_purge_of_everything_arrives_elsewhere_and_remembers_earlier_ones(
    two: Study, tmp_path: Path
) -> None:
    twin = create_study(tmp_path / "twin", author="LB")
    write_archive(two, tmp_path / "first.json", with_contacts=True)
    purge_respondent(two, "CIC-01", "her own")
    write_archive(two, tmp_path / "second.json", with_contacts=True)
    with Study.open(twin) as other:
        import_archive(other, tmp_path / "second.json")
        purge_everything(two, "schedule 2004/12")
        # What was purged before everything was is still refused.
        assert import_archive(two, tmp_path / "first.json").added <= 2
        assert two.rows("respondents") == {}
        write_archive(two, tmp_path / "third.json", with_contacts=True)
        import_archive(other, tmp_path / "third.json", accept_purges=True)
        assert other.rows("respondents") == {}
        kinds = sorted(body["kind"] for body in other.rows("purges").values())
        assert kinds == ["everything", "respondent"]
