"""Revisions: named by their content, taken in only when they are what they say."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import rfc8785

from fieldkit.storage import Put, Revision, RevisionError, Store
from fieldkit.storage.revision import now


def one(store: Store, **body: Any) -> Revision:
    return store.commit([Put("responses", "r", body)], author="AB").revisions[0]


def renamed(told: dict[str, Any]) -> dict[str, Any]:
    """Give altered content the id that fits it."""
    content = {key: value for key, value in told.items() if key != "id"}
    return {**content, "id": sha256(rfc8785.dumps(content)).hexdigest()}


def test_the_id_is_the_hash_of_the_canonical_content(store: Store) -> None:
    told = one(store, text="été", n=1.5).to_json()
    assert renamed(told)["id"] == told["id"]


def test_it_survives_the_way_through_json(store: Store) -> None:
    revision = one(store, text="x")
    assert Revision.from_json(revision.to_json()) == revision


def test_unknown_fields_of_a_newer_version_are_kept(store: Store) -> None:
    told = renamed({**one(store, a=1).to_json(), "mood": {"from": "later"}})
    revision = Revision.from_json(told)
    assert revision.to_json() == told
    store.absorb([revision])
    assert store.revision(revision.id) == revision


def test_after_the_greatest_lamport_there_can_be_the_store_goes_on(store: Store) -> None:
    first = one(store, a=1)
    told = renamed({**first.to_json(), "lamport": 2**53 - 1, "parents": [first.id]})
    store.absorb([Revision.from_json(told)])
    latest = one(store, a=2)
    assert store.get("responses", "r") == {"a": 2}
    assert store.heads("responses", "r") == (latest,)
    assert store.verify().ok


def test_a_moment_is_written_in_utc_with_milliseconds() -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    written = now()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", written)
    assert before <= datetime.fromisoformat(written) <= datetime.now(UTC)


def test_the_same_content_twice_has_two_ids(folder: Any, tmp_path: Any) -> None:
    ids = set()
    for name in ("a", "b"):
        with Store.create(tmp_path / name) as store:
            ids.add(one(store, text="yes").id)
    assert len(ids) == 2


def test_altered_content_is_refused(store: Store) -> None:
    told = one(store, text="x").to_json()
    with pytest.raises(RevisionError, match="was altered"):
        Revision.from_json({**told, "author": "ZZ"})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"lamport": 0}, "lamport"),
        ({"lamport": "1"}, "lamport"),
        ({"parents": ["x"]}, "parents"),
        ({"parents": None}, "parents"),
        ({"body": None}, "body must be an object"),
        ({"body": [1]}, "body must be an object"),
        ({"deleted": True}, "body must be null"),
        ({"deleted": False}, "deleted"),
        ({"undoes": None}, "undoes"),
        ({"author": 3}, "author"),
        ({"table": ""}, "table"),
        ({"nonce": None}, "nonce"),
        ({"body": {"n": 2**60}}, "too large"),
    ],
)
def test_malformed_revisions_are_refused_in_one_line(store: Store, change: dict[str, Any], told: str) -> None:
    altered = {**one(store, text="x").to_json(), **change}
    altered["id"] = "0" * 64
    with pytest.raises(RevisionError, match=told) as caught:
        Revision.from_json(altered)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("given", [{}, {"id": 5}, {"id": "xyz"}, {"id": "A" * 64}])
def test_an_id_must_look_like_one(given: dict[str, Any]) -> None:
    with pytest.raises(RevisionError, match="64 hexadecimal"):
        Revision.from_json(given)
