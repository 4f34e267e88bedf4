"""The format's page: the reader printed on it reads what the store writes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from fieldkit.storage import Delete, Put, Store

PAGE = Path(__file__).parents[2] / "store" / "README.md"


def test_the_printed_reader_finds_the_current_state(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.commit([Put("t", "a", {"text": "déjà"}), Put("t", "b", {"n": 1})], author="AB")
    with Store.create(tmp_path / "other") as other:
        other.absorb(store.revisions())
        other.commit([Put("t", "b", {"n": "there"})], author="CD")
        store.commit([Put("t", "b", {"n": "here"}), Delete("t", "a")], author="AB")
        store.absorb(other.revisions())
    store.db.table("u").insert({"n": 5})
    found = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    names: dict[str, Any] = {}
    monkeypatch.chdir(store.folder)
    program = found[1].replace('open("journal", "rb").read()', 'pathlib.Path("journal").read_bytes()')
    exec("import pathlib\n" + program, names)
    state = {key: body for key, body in names["state"].items() if body is not None}
    assert state == {
        (table, record): body for table in store.tables() for record, body in store.rows(table).items()
    }
    assert list(names["revisions"]) == [revision.id for revision in store.revisions()]


def test_the_head_of_a_journal_tells_what_it_is(store: Store) -> None:
    first, second = (store.folder / "journal").read_text().splitlines()[:2]
    assert first == "fieldkit journal 2"
    assert '"study":"study"' in second
