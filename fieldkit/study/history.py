"""Who changed what, when, from what to what; undo, redo, and bringing an earlier state back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fieldkit.say import t
from fieldkit.storage.writes import Delete, Put
from fieldkit.study.errors import StudyError
from fieldkit.study.links import in_line_with
from fieldkit.study.naming import About, about
from fieldkit.study.study import Study
from fieldkit.study.undo_redo import redo as redo
from fieldkit.study.undo_redo import undo as undo
from fieldkit.text import shortened

if TYPE_CHECKING:
    from fieldkit.storage.revision import Revision
    from fieldkit.storage.writes import Commit


@dataclass(frozen=True)
class LogEntry:
    """One revision, told as a change.

    Attributes:
        at: when, ISO 8601, UTC.
        author: initials, or None where nobody said.
        table: table of the record.
        record: id of the record.
        about: whose it is and to which item.
        action: added, changed, removed, or undone where it took a change back.
        fields: field, what it was, what it became; only those that differ.
        change: id of the change it belongs to.
        revision: its own id.
    """

    at: str
    author: str | None
    table: str
    record: str
    about: About
    action: str
    fields: tuple[tuple[str, Any, Any], ...]
    change: str
    revision: str


@dataclass(frozen=True)
class Version:
    """A state that a record had, or has.

    Attributes:
        entry: when, by whom, and what became different.
        body: the record as it was then; None where it was removed.
        stands: whether it is so now.
    """

    entry: LogEntry
    body: dict[str, Any] | None
    stands: bool


def log(
    study: Study,
    *,
    table: str | None = None,
    record: str | None = None,
    author: str | None = None,
) -> Iterator[LogEntry]:
    """The study's trail, oldest first.

    Args:
        study: the study.
        table: only this table.
        record: only this record.
        author: only this author.

    Yields:
        One entry for each revision.
    """
    if study.store is None:
        return
    before: dict[str, dict[str, Any] | None] = {}
    hidden = study.blind.hidden_records() if study.blind is not None else frozenset()
    for revision in study.store.history(table=table, record=record):
        if (revision.table, revision.record) in hidden:
            continue
        parent = before.get(revision.parents[0]) if revision.parents else None
        before[revision.id] = revision.body
        if author is None or revision.author == author:
            yield _entry(study, revision, parent)


def entries_of(study: Study, commit: Commit) -> list[LogEntry]:
    """What a commit changed, told like the trail."""
    found = []
    for revision in commit.revisions:
        before = study.store.previous(revision) if study.store is not None else None
        found.append(_entry(study, revision, before.body if before is not None else None))
    return found


def versions(study: Study, table: str, record: str) -> list[Version]:
    """Every state that a record had, the newest first.

    Args:
        study: the study.
        table: table of the record.
        record: its id.

    Returns:
        The states that are kept here; none where there never was such a record.
    """
    if study.store is None:
        return []
    standing = {head.id for head in study.store.heads(table, record)[:1]}
    bodies = {revision.id: revision.body for revision in study.store.history(table=table, record=record)}
    entries = log(study, table=table, record=record)
    found = [Version(each, bodies[each.revision], each.revision in standing) for each in entries]
    return found[::-1]


def restore(study: Study, revision: str) -> Commit:
    """Let a record be again what it was at a revision; durable when this returns, and undone like any change.

    Responses that a restored one covers, or covered, are brought in line with it in the same commit.

    Args:
        study: the study.
        revision: id of the revision; one that removed the record removes it again.

    Returns:
        The commit; without revisions where the record is so already.

    Raises:
        StudyError: there is no such revision, or what it said was erased for good.
        StoreError: it could not be made durable.
    """
    study.need_author()
    if any(revision in purge.get("erased", ()) for purge in study.rows("purges").values()):
        raise StudyError(t("what stood there was erased for good, so nobody can bring it back"))
    found = study.store.revision(revision) if study.store is not None else None
    if found is None or _hidden(study, found):
        told = t("there is no revision {given}; `fieldkit log` shows those there are")
        raise StudyError(told.format(given=repr(shortened(revision, 80))))
    if found.table in ("holds", "purges"):
        told = t("{table}: made by `fieldkit purge` alone, which also releases holds")
        raise StudyError(told.format(table=found.table))
    writes: list[Put | Delete] = (
        [Put(found.table, found.record, found.body)]
        if found.body is not None
        else [Delete(found.table, found.record)]
    )
    if found.table == "responses":
        writes += in_line_with(study, study.row("responses", found.record), found.body)
    return study.save(writes)


def _hidden(study: Study, revision: Revision) -> bool:
    """Whether a revision is of what somebody who works blind does not see."""
    return study.blind is not None and (revision.table, revision.record) in study.blind.hidden_records()


def _entry(study: Study, revision: Revision, before: dict[str, Any] | None) -> LogEntry:
    old, new = before or {}, revision.body or {}
    fields = tuple(
        (name, old.get(name), new.get(name))
        for name in sorted(old.keys() | new.keys())
        if name != "id" and old.get(name) != new.get(name)
    )
    action = "removed" if revision.deleted else "changed" if revision.parents else "added"
    return LogEntry(
        at=revision.at,
        author=revision.author,
        table=revision.table,
        record=revision.record,
        about=about(study, revision.table, new or old),
        action="undone" if revision.undoes else action,
        fields=fields,
        change=revision.change,
        revision=revision.id,
    )
