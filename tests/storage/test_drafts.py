"""Drafts: what was typed is there after a crash, but for a write that was cut short."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.storage import NotStorable, Store


def reopened(store: Store) -> Store:
    store.close()
    return Store.open(store.folder)


def test_the_last_value_of_each_key_is_kept(store: Store) -> None:
    store.drafts.append("i1", "q1", "a")
    store.drafts.append_many("i1", {"q1": "ab", "q2": {"text": ["x"]}, "q3": 1})
    store.drafts.append("i1", "q3", None)
    assert store.drafts.latest("i1") == {"q1": "ab", "q2": {"text": ["x"]}}
    with reopened(store) as again:
        assert again.drafts.names() == ["i1"]
        assert again.drafts.latest("i1") == {"q1": "ab", "q2": {"text": ["x"]}}
        again.drafts.append("i1", "q1", "abc")
        assert again.drafts.latest("i1")["q1"] == "abc"


def test_there_is_none_to_begin_with_nor_after_clearing(store: Store) -> None:
    assert store.drafts.latest("i1") == {}
    store.drafts.clear("i1")
    store.drafts.append("i1", "q", "a")
    store.drafts.clear("i1")
    assert (store.drafts.names(), store.drafts.latest("i1")) == ([], {})
    store.drafts.append("i1", "q", "b")
    assert store.drafts.latest("i1") == {"q": "b"}


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_torn_last_write_is_left_out_and_the_next_one_holds(store: Store, cut: int) -> None:
    store.drafts.append("i1", "q", "whole")
    store.drafts.append("i1", "q", "torn")
    (path,) = (store.folder / "drafts").iterdir()
    store.close()
    path.write_bytes(path.read_bytes()[:-cut])
    with Store.open(store.folder) as again:
        assert again.drafts.latest("i1") == {"q": "whole"}
        again.drafts.append("i1", "p", "more")
    with Store.open(store.folder, write=False) as reader:
        assert reader.drafts.latest("i1") == {"q": "whole", "p": "more"}


@pytest.mark.parametrize("name", ["../../escape", "a/b", "A", "x" * 300, "é:1@é", "con\n", "..", "."])
def test_any_name_stays_inside_the_folder(store: Store, name: str) -> None:
    store.drafts.append(name, "k", 1)
    store.drafts.append("a", "k", 2)
    with reopened(store) as again:
        assert again.drafts.names() == sorted([name, "a"])
        assert again.drafts.latest(name) == {"k": 1}
    assert [path.parent.name for path in Path(store.folder.parent).rglob("*.draft")] == ["drafts", "drafts"]


def test_what_is_no_json_is_refused_and_nothing_kept(store: Store) -> None:
    with pytest.raises(NotStorable):
        store.drafts.append("i1", "q", float("nan"))
    assert store.drafts.names() == []


def test_a_strange_file_among_them_is_passed_over(store: Store) -> None:
    store.drafts.append("i1", "q", 1)
    (store.folder / "drafts" / "notes.txt").write_text("mine")
    assert store.drafts.names() == ["i1"]
