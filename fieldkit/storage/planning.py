"""From what is asked of the store to the revisions that it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import urandom
from typing import Any, NamedTuple

from fieldkit.say import t
from fieldkit.storage.canonical import canonical
from fieldkit.storage.errors import NotStorable
from fieldkit.storage.heads import Head
from fieldkit.storage.revision import new_id
from fieldkit.storage.state import State
from fieldkit.storage.writes import Delete, Put

_NONCE_BYTES = 16


class Stamp(NamedTuple):
    """What the revisions of one commit share; the fields are those of `Revision`."""

    lamport: int
    device: str
    author: str | None
    at: str
    change: str
    undoes: str | None


class Planned(NamedTuple):
    """A revision about to be made: its content, and the canonical bytes of it."""

    content: dict[str, Any]
    payload: bytes


def plan(state: State, writes: Sequence[Put | Delete], stamp: Stamp) -> list[Planned]:
    """Return the revisions that a commit adds.

    A record written twice gets its last state only; what changes nothing adds nothing; writing to a record
    in conflict replaces all its heads.

    Args:
        state: the present state.
        writes: what is asked.
        stamp: what the revisions share.

    Raises:
        NotStorable: when a body is no plain JSON.
    """
    planned = []
    for (table, record), body in _last_states(writes).items():
        entry = state.entry(table, record)
        heads = () if entry is None else entry.heads
        if len(heads) <= 1 and _same(state, entry.shown if entry else None, body):
            continue
        try:
            content = _content(table, record, body, [head.id for head in heads], stamp)
            planned.append(Planned(content, canonical(content)))
        except NotStorable as error:
            raise NotStorable(f"{table} {record}: {str(error).removeprefix('body/')}") from None
    return planned


def _last_states(writes: Sequence[Put | Delete]) -> dict[tuple[str, str], Mapping[str, Any] | None]:
    """Return (table, record) -> the body that each record ends with; None where it ends deleted."""
    states: dict[tuple[str, str], Mapping[str, Any] | None] = {}
    for write in writes:
        if not isinstance(write.table, str) or not write.table or not isinstance(write.record, str):
            raise NotStorable(
                t("{table} {record}: a table and a record are named by text").format(
                    table=repr(write.table), record=repr(write.record)
                )
            )
        if isinstance(write, Put):
            if not isinstance(write.body, Mapping):
                raise NotStorable(
                    t("{table} {record}: a body must be an object").format(
                        table=write.table, record=write.record
                    )
                )
            body = write.body if type(write.body) is dict else dict(write.body)
            states[write.table, write.record or new_id()] = body
        else:
            states[write.table, write.record] = None
    return states


def _same(state: State, head: Head | None, body: Mapping[str, Any] | None) -> bool:
    """Tell whether a record already is what it shall become."""
    if head is None or body is None:
        return head is None and body is None
    shown = state.body(head)
    # Equal in Python is not the same in JSON: True == 1.
    return shown == body and canonical(shown) == canonical(body)


def _content(
    table: str, record: str, body: Mapping[str, Any] | None, parents: list[str], stamp: Stamp
) -> dict[str, Any]:
    """Return what a new revision says, with a fresh nonce; no body means deleted."""
    content: dict[str, Any] = {
        "table": table,
        "record": record,
        "body": body,
        "parents": parents,
        "lamport": stamp.lamport,
        "device": stamp.device,
        "author": stamp.author,
        "at": stamp.at,
        "change": stamp.change,
        "nonce": urandom(_NONCE_BYTES).hex(),
    }
    if body is None:
        content["deleted"] = True
    if stamp.undoes is not None:
        content["undoes"] = stamp.undoes
    return content
