"""The store's promises to the rest of the house."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.storage import (
    Delete,
    NotStorable,
    Put,
    Store,
    StoreError,
    StoreReadOnly,
    UndoConflict,
)
from tests.storage.by_hand import saved


def put(store: Store, record: str, **body: object) -> str:
    return store.commit([Put("responses", record, body)], author="AB").change


def reopened(store: Store) -> Store:
    store.close()
    return Store.open(store.folder)


def test_what_is_committed_is_there_after_reopening(store: Store) -> None:
    commit = store.commit(
        [Put("responses", "i1:q1", {"text": "Très bien\n"}), Put("codings", "", {"n": 1})], author="AB"
    )
    first, second = commit.revisions
    assert commit.ids == (first.id, second.id)
    assert first.change == second.change == commit.change
    assert second.record
    with reopened(store) as again:
        assert again.get("responses", "i1:q1") == {"text": "Très bien\n"}
        assert dict(again.rows("codings")) == {second.record: {"n": 1}}
        assert again.tables() == ["codings", "responses"]
        assert again.study_id == "study"
        assert again.notices == []
        assert [revision.id for revision in again.revisions()] == list(commit.ids)


def test_a_new_store_holds_nothing(store: Store) -> None:
    assert store.tables() == []
    assert store.changes(5) == []
    assert list(store.revisions()) == []
    assert store.get("responses", "x") is None
    assert len(store.rows("responses")) == 0
    assert store.where("responses", "a", 1) == []


def test_rows_are_live_and_in_order_of_first_appearance(store: Store) -> None:
    rows = store.rows("responses")
    for record in ("c", "a", "b"):
        put(store, record, n=1)
    put(store, "c", n=2)
    store.commit([Delete("responses", "a")], author="AB")
    assert list(rows.items()) == [("c", {"n": 2}), ("b", {"n": 1})]
    assert (len(rows), "a" in rows, "b" in rows, 5 in rows) == (2, False, True, False)
    put(store, "a", n=3)
    assert list(rows) == ["c", "a", "b"]
    with pytest.raises(KeyError):
        rows["nobody"]


def test_the_callers_later_changes_do_not_reach_the_store(store: Store) -> None:
    body = {"list": [1]}
    store.commit([Put("t", "r", body)], author=None)
    body["list"].append(2)
    assert store.get("t", "r") == {"list": [1]}


def test_writing_what_is_there_adds_nothing(store: Store) -> None:
    put(store, "r", flag=True)
    assert (
        store.commit([Put("responses", "r", {"flag": True}), Delete("responses", "no")], author="AB").ids
        == ()
    )
    assert store.commit([Put("responses", "r", {"flag": 1})], author="AB").ids != ()
    assert len(list(store.revisions())) == 2


def test_a_record_written_twice_in_one_commit_ends_in_its_last_state(store: Store) -> None:
    commit = store.commit([Put("t", "r", {"n": 1}), Delete("t", "x"), Put("t", "r", {"n": 2})], author="AB")
    assert [revision.body for revision in commit.revisions] == [{"n": 2}]


def test_a_refused_body_leaves_nothing_of_its_commit(store: Store) -> None:
    size = saved(store.folder)
    with pytest.raises(NotStorable, match="t bad: a/0: a value of type set"):
        store.commit([Put("t", "good", {"a": 1}), Put("t", "bad", {"a": [set()]})], author="AB")
    assert saved(store.folder) == size
    assert store.get("t", "good") is None


def test_each_commit_replaces_what_was_before(store: Store) -> None:
    put(store, "r", n=1)
    put(store, "r", n=2)
    older, newer = store.history(table="responses", record="r")
    assert newer.parents == (older.id,)
    assert newer.lamport > older.lamport
    assert store.previous(newer) == older
    assert store.previous(older) is None
    assert store.revision(older.id) == older
    assert store.heads("responses", "r") == (newer,)
    assert newer.device == store.device_id
    assert list(store.history(table="responses")) == [older, newer]


class TestWhere:
    def test_finds_by_value_and_by_each_element_of_a_list(self, store: Store) -> None:
        put(store, "b", interview="i1", codes=["x", "y"])
        put(store, "a", interview="i1", codes=["y"])
        put(store, "c", interview="i2", codes=[])
        assert [record for record, _ in store.where("responses", "interview", "i1")] == ["b", "a"]
        assert [record for record, _ in store.where("responses", "codes", "y")] == ["b", "a"]
        assert store.where("responses", "codes", "z") == []

    def test_follows_every_later_write(self, store: Store) -> None:
        put(store, "a", interview="i1")
        assert len(store.where("responses", "interview", "i1")) == 1
        change = put(store, "a", interview="i2")
        put(store, "b", interview="i2")
        assert store.where("responses", "interview", "i1") == []
        assert store.where("responses", "interview", "i2") == [
            ("a", {"interview": "i2"}),
            ("b", {"interview": "i2"}),
        ]
        store.commit([Delete("responses", "b")], author="AB")
        store.undo(change, author="AB")
        assert store.where("responses", "interview", "i2") == []
        assert store.where("responses", "interview", "i1") == [("a", {"interview": "i1"})]

    def test_true_is_not_one(self, store: Store) -> None:
        put(store, "a", v=True)
        put(store, "b", v=1)
        put(store, "c", v=None)
        assert [record for record, _ in store.where("responses", "v", True)] == ["a"]
        assert [record for record, _ in store.where("responses", "v", 1)] == ["b"]
        assert [record for record, _ in store.where("responses", "v", None)] == ["c"]


class TestUndo:
    def test_restores_every_record_of_the_change(self, store: Store) -> None:
        put(store, "old", n=1)
        put(store, "gone", n=5)
        writes = [Put("responses", "old", {"n": 2}), Put("responses", "new", {}), Delete("responses", "gone")]
        change = store.commit(writes, author="AB").change
        undo = store.undo(change, author="CD")
        assert dict(store.rows("responses")) == {"old": {"n": 1}, "gone": {"n": 5}}
        assert {revision.undoes for revision in undo.revisions} == {change}
        store.undo(undo.change, author="CD")
        assert dict(store.rows("responses")) == {"old": {"n": 2}, "new": {}}

    def test_refuses_when_a_record_was_changed_since(self, store: Store) -> None:
        change = store.commit([Put("t", "a", {"n": 1}), Put("t", "b", {"n": 1})], author="AB").change
        store.commit([Put("t", "b", {"n": 2})], author="AB")
        with pytest.raises(UndoConflict, match="t b was changed since"):
            store.undo(change, author="AB")
        assert store.get("t", "a") == {"n": 1}

    def test_an_unknown_change_is_named(self, store: Store) -> None:
        with pytest.raises(StoreError, match="no change nothing"):
            store.undo("nothing", author="AB")

    def test_changes_tell_what_was_undone_and_redone(self, store: Store) -> None:
        first = put(store, "a", n=1)
        second = put(store, "a", n=2)
        third = store.undo(second, author="CD").change
        told = [(change.id, change.undone, change.undoes, change.author) for change in store.changes(9)]
        assert told == [(third, False, second, "CD"), (second, True, None, "AB"), (first, False, None, "AB")]
        assert [change.id for change in store.changes(1, author="AB")] == [second]
        store.undo(third, author="CD")
        assert [change.undone for change in store.changes(9)] == [False, True, False, False]


class TestConflicts:
    @pytest.fixture
    def other(self, store: Store, tmp_path: Path) -> Store:
        """Another laptop's store that revised the same record apart."""
        put(store, "r", n=0)
        other = Store.create(tmp_path / "other")
        other.absorb(store.revisions())
        other.commit([Put("responses", "r", {"n": "there"})], author="CD")
        put(store, "r", n="here")
        store.absorb(other.revisions())
        return other

    def test_both_states_stay_and_the_greatest_is_shown(self, store: Store, other: Store) -> None:
        shown, hidden = store.heads("responses", "r")
        assert store.conflicts() == [("responses", "r")]
        assert (shown.lamport, shown.id) > (hidden.lamport, hidden.id)
        assert store.get("responses", "r") == shown.body
        other.absorb(store.revisions())
        assert other.get("responses", "r") == shown.body
        other.close()

    def test_writing_over_it_resolves_it_even_with_the_shown_body(self, store: Store, other: Store) -> None:
        before = {head.id for head in store.heads("responses", "r")}
        commit = store.commit([Put("responses", "r", store.get("responses", "r") or {})], author="AB")
        assert set(commit.revisions[0].parents) == before
        assert store.conflicts() == []
        store.undo(commit.change, author="AB")
        assert store.get("responses", "r") == commit.revisions[0].body
        other.close()


def test_absorbing_is_durable_and_says_what_was_new(store: Store, tmp_path: Path) -> None:
    put(store, "a", n=1)
    with Store.create(tmp_path / "other") as other:
        assert other.absorb(store.revisions()).added == 1
        found = other.absorb([*store.revisions()])
        assert (found.added, found.known) == (0, 1)
        other.commit([Put("responses", "a", {"n": 2})], author="CD")
        with reopened(other) as again:
            assert again.get("responses", "a") == {"n": 2}
            assert next(iter(again.revisions())) == next(iter(store.revisions()))


def test_the_study_id_is_adopted_only_while_nothing_is_recorded(store: Store) -> None:
    store.adopt_study_id("another")
    assert store.study_id == "another"
    put(store, "a", n=1)
    with pytest.raises(StoreError, match="holds records already"):
        store.adopt_study_id("third")
    with reopened(store) as again:
        assert again.study_id == "another"
        assert again.notices == []
        assert again.verify().ok


def test_a_reader_sees_what_was_there_and_writes_nothing(store: Store) -> None:
    put(store, "a", n=1)
    with Store.open(store.folder, write=False) as reader:
        assert reader.read_only
        assert reader.holder is not None
        assert reader.get("responses", "a") == {"n": 1}
        for attempt in (
            lambda: put(reader, "a", n=2),
            lambda: reader.absorb([]),
            lambda: reader.drafts.append("i", "k", 1),
            reader.save_snapshot,
        ):
            with pytest.raises(StoreReadOnly):
                attempt()
