"""A revision: one immutable state of one record, named by the hash of its content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from os import urandom
from time import time_ns
from types import MappingProxyType
from typing import Any

import orjson

from fieldkit.say import t
from fieldkit.storage.canonical import canonical
from fieldkit.storage.errors import NotStorable, RevisionError

ID_BYTES = 10
"""Random bytes in a record's or change's id: 80 bits, no clash in a study's life."""

_HASH = re.compile(r"[0-9a-f]{64}")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of one record.

    Attributes:
        id: SHA-256, in hex, of the canonical JSON of everything else.
        table: the record's table.
        record: the record's id.
        body: the record's content, not to be changed; None when the record is deleted.
        parents: ids of the revisions this one replaces; some may be unknown here.
        lamport: greater than that of every revision known when it was made, up to 2^53 - 1.
        device: the laptop it was made on.
        author: initials, or None.
        at: when, as ISO 8601 in UTC with milliseconds.
        change: shared by the revisions of one commit.
        nonce: random, so that the id tells nothing of the content.
        deleted: whether it takes the record out of its table.
        undoes: the change it takes back, if any.
        extra: fields of a newer version, kept as they came.
    """

    id: str
    table: str
    record: str
    body: dict[str, Any] | None
    parents: tuple[str, ...]
    lamport: int
    device: str
    author: str | None
    at: str
    change: str
    nonce: str
    deleted: bool = False
    undoes: str | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Revision:
        """Take in a revision from elsewhere.

        Args:
            data: the shape that `to_json` gives.

        Returns:
            The revision, its content held to its id.

        Raises:
            RevisionError: when a field is missing or wrong, or the id is not the content's.
        """
        if not isinstance(data, Mapping):
            raise RevisionError(t("a revision must be an object"))
        content = {name: value for name, value in data.items() if name != "id"}
        given = data.get("id")
        if not isinstance(given, str) or not _HASH.fullmatch(given):
            raise RevisionError(
                t("revision {given}: the id is not 64 hexadecimal digits").format(given=repr(given))
            )
        _check_fields(given, content)
        try:
            payload = canonical(content)
        except NotStorable as error:
            raise RevisionError(t("revision {given}: {error}").format(given=given, error=error)) from error
        if sha256(payload).hexdigest() != given:
            raise RevisionError(
                t("revision {given}: its content was altered (the id does not fit it)").format(given=given)
            )
        return cls.from_payload(payload)

    @classmethod
    def from_payload(cls, payload: bytes) -> Revision:
        """Read a revision from the canonical bytes that its id is the hash of."""
        return from_content(sha256(payload).hexdigest(), orjson.loads(payload))

    def content(self) -> dict[str, Any]:
        """Return what the id is the hash of."""
        content: dict[str, Any] = {
            **self.extra,
            "table": self.table,
            "record": self.record,
            "body": self.body,
            "parents": list(self.parents),
            "lamport": self.lamport,
            "device": self.device,
            "author": self.author,
            "at": self.at,
            "change": self.change,
            "nonce": self.nonce,
        }
        if self.deleted:
            content["deleted"] = True
        if self.undoes is not None:
            content["undoes"] = self.undoes
        return content

    def to_json(self) -> dict[str, Any]:
        """Return the whole revision as JSON types; its body is shared, not copied."""
        return {"id": self.id, **self.content()}

    def payload(self) -> bytes:
        """Return the canonical bytes that the id is the hash of."""
        return canonical(self.content())


def from_content(revision_id: str, content: dict[str, Any]) -> Revision:
    """Build a revision from content that is known to be whole."""
    parents = tuple(content.pop("parents"))
    return Revision(
        revision_id,
        content.pop("table"),
        content.pop("record"),
        content.pop("body"),
        parents,
        content.pop("lamport"),
        content.pop("device"),
        content.pop("author"),
        content.pop("at"),
        content.pop("change"),
        content.pop("nonce"),
        content.pop("deleted", False),
        content.pop("undoes", None),
        content or _NOTHING,
    )


def new_id() -> str:
    """Return a fresh random id for a record or a change."""
    return urandom(ID_BYTES).hex()


def now() -> str:
    """Return the present moment as revisions write it."""
    days, rest = divmod(time_ns() // 1_000_000, 86_400_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{_day(days)}T{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}Z"


@lru_cache(maxsize=1)
def _day(days: int) -> str:
    """Return a count of days since 1970 as an ISO date."""
    return (date(1970, 1, 1) + timedelta(days)).isoformat()


def _check_fields(name: str, content: Mapping[str, Any]) -> None:
    for key in ("table", "record", "device", "at", "change", "nonce"):
        if not isinstance(content.get(key), str) or not content[key]:
            raise RevisionError(t("revision {name}: {key} must be text").format(name=name, key=key))
    if not isinstance(content.get("author", 0), str | None):
        raise RevisionError(t("revision {name}: author must be text or null").format(name=name))
    if not isinstance(content.get("undoes", ""), str):
        raise RevisionError(t("revision {name}: undoes, where there is one, must be text").format(name=name))
    lamport = content.get("lamport")
    if type(lamport) is not int or lamport < 1:
        raise RevisionError(t("revision {name}: lamport must be an integer from 1").format(name=name))
    parents = content.get("parents")
    if not isinstance(parents, list | tuple) or not all(
        isinstance(parent, str) and _HASH.fullmatch(parent) for parent in parents
    ):
        raise RevisionError(t("revision {name}: parents must be a list of ids").format(name=name))
    deleted = "deleted" in content
    if deleted and content["deleted"] is not True:
        raise RevisionError(t("revision {name}: deleted, where it stands, must be true").format(name=name))
    body = content.get("body", "")
    if body is not None if deleted else not isinstance(body, dict):
        told = (
            t("revision {name}: body must be null in a deletion")
            if deleted
            else t("revision {name}: body must be an object")
        )
        raise RevisionError(told.format(name=name))
