"""TinyDB's documented operations give what stock TinyDB gives, one commit each, also after reopening."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import Query, TinyDB, where
from tinydb.operations import add, delete, increment
from tinydb.operations import set as set_field
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from fieldkit.storage import Store

small = st.integers(0, 3)
document = st.fixed_dictionaries(
    {"n": small}, optional={"tag": st.sampled_from("ab"), "list": st.lists(small)}
)
condition = st.one_of(
    st.builds(lambda n: Query().n == n, small),
    st.builds(lambda n: Query().n > n, small),
    st.builds(lambda tag: Query().tag == tag, st.sampled_from("ab")),
    st.builds(lambda n: Query().list.any([n]), small),
    st.just(where("tag").exists()),
)
change = st.one_of(document, st.just(increment("n")), st.builds(lambda n: set_field("tag", n), small))
numbers = st.lists(st.integers(1, 8), max_size=3, unique=True)
Operation = Callable[[Any], Any]


def op(name: str, *arguments: Any, **named: Any) -> Operation:
    return lambda table: getattr(table, name)(*arguments, **named)


operations = st.one_of(
    st.builds(lambda d: op("insert", d), document),
    st.builds(lambda ds: op("insert_multiple", ds), st.lists(document, max_size=3)),
    st.builds(lambda d, i: op("insert", Document(d, doc_id=i)), document, st.integers(1, 30)),
    st.builds(lambda f, c: op("update", f, c), change, condition),
    st.builds(lambda f, ids: op("update", f, doc_ids=ids), change, numbers),
    st.builds(lambda f: op("update", f), change),
    st.builds(lambda us: op("update_multiple", us), st.lists(st.tuples(change, condition), max_size=2)),
    st.builds(lambda d, c: op("upsert", d, c), document, condition),
    st.builds(lambda d, i: op("upsert", Document(d, doc_id=i)), document, st.integers(1, 30)),
    st.builds(lambda c: op("remove", c), condition),
    st.builds(lambda ids: op("remove", doc_ids=ids), numbers),
)
questions = [
    lambda table: table.all(),
    lambda table: [doc.doc_id for doc in table],
    lambda table: len(table),
    lambda table: table.search(Query().n > 1),
    lambda table: table.count(Query().tag == "a"),
    lambda table: table.get(Query().n == 2),
    lambda table: table.get(doc_id=2),
    lambda table: table.get(doc_ids=[1, 3]),
    lambda table: table.contains(Query().n == 3),
    lambda table: table.contains(doc_id=4),
]


def outcome(action: Operation, table: Any) -> Any:
    try:
        return action(table)
    except (ValueError, RuntimeError, KeyError, TypeError) as error:
        return type(error)


@settings(max_examples=60, deadline=None)
@given(st.lists(operations, max_size=8))
def test_the_same_operations_give_the_same_as_stock(steps: list[Operation]) -> None:
    with tempfile.TemporaryDirectory() as folder, TinyDB(storage=MemoryStorage) as stock:
        store = Store.create(Path(folder) / "store")
        highest = 0
        for step in steps:
            theirs, ours = stock.table("t"), store.db.table("t")
            # Stock gives numbers again after its greatest document was removed; here they are never reused.
            highest = max([highest, *(doc.doc_id for doc in theirs)])
            theirs._next_id = highest + 1
            assert outcome(step, ours) == outcome(step, theirs)
            for ask in questions:
                assert sorted_documents(ask(ours)) == sorted_documents(ask(theirs))
        store.close()
        with Store.open(store.folder) as again:
            ours = again.db.table("t")
            for ask in questions:
                assert sorted_documents(ask(ours)) == sorted_documents(ask(stock.table("t")))


def sorted_documents(answer: Any) -> Any:
    """Documents in order of number: a given number can stand before one that was given out earlier."""
    if isinstance(answer, list) and answer and isinstance(answer[0], Document):
        return sorted(((doc.doc_id, dict(doc)) for doc in answer), key=lambda pair: pair[0])
    if isinstance(answer, list):
        return sorted(answer)
    return answer


@pytest.fixture
def table(store: Store) -> Any:
    return store.db.table("t")


def commits(store: Store) -> int:
    return len(store.changes(100))


class TestWhereStockErrs:
    def test_a_given_number_before_a_free_one_loses_nothing(self, table: Any) -> None:
        assert table.insert_multiple([Document({"a": 1}, doc_id=1), {"a": 2}]) == [1, 2]
        assert [doc["a"] for doc in table] == [1, 2]

    def test_update_multiple_takes_a_generator(self, table: Any) -> None:
        table.insert_multiple([{"n": 1}, {"n": 2}])
        updates = (({"seen": True}, Query().n == n) for n in (1, 2))
        assert table.update_multiple(updates) == [1, 2]
        assert table.count(Query().seen == True) == 2  # noqa: E712  # a query is built, not a comparison

    def test_an_updater_that_raises_changes_nothing(self, table: Any) -> None:
        table.insert_multiple([{"n": 1}, {"n": "x"}, {"n": 3}])
        with pytest.raises(TypeError):
            table.update(add("n", 1))
        assert [doc["n"] for doc in table] == [1, "x", 3]

    def test_numbers_are_not_given_again(self, store: Store, table: Any) -> None:
        table.insert_multiple([{}, {}])
        table.remove(doc_ids=[2])
        store.close()
        with Store.open(store.folder) as again:
            assert again.db.table("t").insert({}) == 3

    def test_persist_empty_keeps_what_is_there(self, store: Store, table: Any) -> None:
        table.insert({"n": 1})
        store.db.table("empty", persist_empty=True)
        store.close()
        with Store.open(store.folder) as again:
            assert again.db.tables() == {"t", "empty"}
            assert len(again.db.table("t", persist_empty=True)) == 1

    def test_results_are_copies(self, table: Any) -> None:
        table.insert({"list": [1]})
        for found in (table.all()[0], table.search(Query().list.exists())[0], table.get(doc_id=1)):
            found["list"].append(2)
        assert table.get(doc_id=1) == {"list": [1]}


class TestCommits:
    def test_each_operation_is_one_commit_of_what_it_changed(self, store: Store, table: Any) -> None:
        table.insert_multiple({"n": n} for n in range(5))
        assert commits(store) == 1
        table.update({"n": 9}, Query().n > 2)
        assert len(store.changes(1)[0].revisions) == 2
        table.update({"n": 9}, Query().n == 9)
        table.upsert({"n": 7, "new": 1}, Query().n == 7)
        table.truncate()
        assert (commits(store), len(table)) == (4, 0)

    def test_an_update_can_be_undone(self, store: Store, table: Any) -> None:
        store.author = "AB"
        table.insert_multiple([{"n": 1}, {"n": 2}])
        table.update(delete("n"))
        change = store.changes(1)[0]
        assert change.author == "AB"
        store.undo(change.id, author="AB")
        assert table.all() == [{"n": 1}, {"n": 2}]

    def test_the_store_and_tinydb_are_one_state(self, store: Store, table: Any) -> None:
        table.insert({"id": "i1:q1", "n": 1})
        assert store.get("t", "i1:q1") == {"id": "i1:q1", "n": 1}
        assert store.where("t", "n", 1)[0][0] == "i1:q1"
        assert store.db.tables() == {"t"}

    def test_a_record_keeps_its_id(self, store: Store, table: Any) -> None:
        table.insert({"id": "a"})
        for attempt in (lambda: table.update({"id": "b"}), lambda: table.update(delete("id"))):
            with pytest.raises(ValueError, match="keeps its id"):
                attempt()
        with pytest.raises(ValueError, match="t a: there is a record with this id"):
            table.insert_multiple([{"id": "z"}, {"id": "a"}])
        assert list(store.rows("t")) == ["a"]

    @pytest.mark.parametrize("bad", [{1: 2}, {"a": {1}}, {"a": float("nan")}, {"a": object()}])
    def test_what_is_no_json_is_refused(self, table: Any, bad: dict[Any, Any]) -> None:
        with pytest.raises(TypeError, match="t "):
            table.insert_multiple([{"n": 1}, bad])
        assert len(table) == 0

    @pytest.mark.parametrize("attempt", [op("insert", [1]), op("insert_multiple", ["x"])])
    def test_only_mappings_are_documents(self, table: Any, attempt: Operation) -> None:
        with pytest.raises(ValueError, match="not a Mapping"):
            attempt(table)


class TestDatabase:
    def test_the_default_table_and_dropping(self, store: Store) -> None:
        db = store.db
        db.insert({"n": 1})
        db.table("other").insert_multiple([{}, {}])
        assert (len(db), list(db), db.tables()) == (1, [{"n": 1}], {"_default", "other"})
        db.drop_table("other")
        db.drop_table("nobody")
        assert (db.tables(), len(db.table("other"))) == ({"_default"}, 0)
        db.drop_tables()
        assert db.tables() == set()
        store.close()
        with Store.open(store.folder) as again:
            assert again.db.tables() == set()
            assert again.verify().ok

    def test_a_table_emptied_is_still_there(self, store: Store, table: Any) -> None:
        table.insert({})
        table.truncate()
        assert store.db.tables() == {"t"}

    def test_writing_the_whole_state_through_the_storage(self, store: Store, table: Any) -> None:
        table.insert_multiple([{"n": 1}, {"n": 2}])
        store.db.storage.write({"t": {"2": {"n": 5}, "9": {"n": 9}}, "u": {}})
        assert [(doc.doc_id, doc["n"]) for doc in table] == [(2, 5), (9, 9)]
        assert store.db.tables() == {"t", "u"}
        assert store.db.storage.read() is not None

    def test_closing_it_leaves_the_store_open(self, store: Store) -> None:
        with store.db as db:
            db.insert({"n": 1})
        assert len(store.rows("_default")) == 1
        assert "table" in repr(store.db)

    def test_a_query_cache_never_shows_old_results(self, store: Store) -> None:
        table = store.db.table("t", cache_size=30)
        table.insert({"n": 1})
        assert table.search(Query().n == 1)
        store.db.table("t").clear_cache()
        table.update({"n": 2})
        assert table.search(Query().n == 1) == []

    def test_removing_everything_must_be_meant(self, table: Any) -> None:
        with pytest.raises(RuntimeError, match="truncate"):
            table.remove()
        with pytest.raises(RuntimeError):
            table.get()
        with pytest.raises(ValueError):
            table.upsert({"n": 1})
