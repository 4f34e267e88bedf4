"""A store whose keys were dropped reads nothing, and after that is as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.storage.errors import StoreSealed
from fieldkit.storage.keyfile import unlock
from fieldkit.storage.store import Store
from fieldkit.storage.writes import Put

SECRET = "quatre lunes au-dessus du lac"


def test_a_question_asked_while_it_is_locked_leaves_no_half_built_index(tmp_path: Path) -> None:
    with Store.create(tmp_path / "store", passphrase=SECRET) as store:
        store.commit([Put("t", f"r{n}", {"id": f"r{n}", "of": "i"}) for n in range(3)], author="MT")
        store.drop_keys()
        for _ in range(2):
            with pytest.raises(StoreSealed):
                store.where("t", "of", "i")
        with pytest.raises(StoreSealed):
            store.commit([Put("t", "r9", {"id": "r9", "of": "i"})], author="MT")
        store.restore_keys(unlock(tmp_path / "store", SECRET))
        assert [record for record, _ in store.where("t", "of", "i")] == ["r0", "r1", "r2"]
