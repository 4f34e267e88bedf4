"""Undo and redo of what one person did, as far back as the study goes and across sessions.

Both are changes like any other: nothing leaves the trail. An undo takes back the author's last change
that stands; a redo takes back her last undo that stands, unless she has changed anything since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from fieldkit.say import t
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study

if TYPE_CHECKING:
    from fieldkit.storage.revision import Revision
    from fieldkit.storage.writes import Change, Commit

CODING_TABLES: Final[frozenset[str]] = frozenset({"codings", "chart", "codes", "memos"})
"""What coding writes: codings, chart, codebook and memos."""


def undo(study: Study, change: str | None = None, *, tables: Collection[str] | None = None) -> Commit:
    """Take a change back; durable when this returns.

    Args:
        study: the study.
        change: id of the change; None is the author's last one that stands. That an interview was
            begun or paused is no act of hers to take back: it comes with what she does there.
        tables: with no change named, only one that is of these tables alone.

    Returns:
        The commit that restored what was before.

    Raises:
        StudyError: there is nothing to undo, or the author works blind and does not see what it changed.
        StoreError: a record of that change was changed since, or it could not be made durable.
    """
    author = study.need_author()
    if study.store is None:
        raise StudyError(t("there is nothing to undo: nothing has been written yet"))
    if change is None:
        change = next((each.id for each in _of(study, author, tables) if _stands(study, each)), None)
        if change is None:
            raise StudyError(t("there is nothing of {author}'s left to undo").format(author=author))
    elif _unseen(study, change):
        raise StudyError(t("hand in your share first: this change is to work that you do not see"))
    return study.store.undo(change, author=author)


def redo(study: Study, *, tables: Collection[str] | None = None) -> Commit:
    """Do again what the author's last undo took back; durable when this returns.

    Args:
        study: the study.
        tables: only an undo that is of these tables alone; changes to others do not stand in its way.

    Returns:
        The commit that restored what the undo took back.

    Raises:
        StudyError: there is nothing to redo, or something was changed since the undo.
        StoreError: a record of it was changed since, or it could not be made durable.
    """
    author = study.need_author()
    change = _to_redo(study, author, tables) if study.store is not None else None
    if change is None or study.store is None:
        raise StudyError(t("there is nothing of {author}'s to redo").format(author=author))
    return study.store.undo(change, author=author)


def _unseen(study: Study, change: str) -> bool:
    """Whether a change touched what is hidden from the author, who codes a share blind."""
    if study.blind is None or study.store is None:
        return False
    hidden = study.blind.hidden_records()
    revisions = (each for each in study.store.revisions() if each.change == change)
    return any((each.table, each.record) in hidden for each in revisions)


def _to_redo(study: Study, author: str, tables: Collection[str] | None) -> str | None:
    """The author's last undo that stands and took back a change, not another undo."""
    since: dict[str, Change] = {}
    for change in _of(study, author, tables):
        if change.undoes is None:
            if _of_itself(study, change.revisions):
                continue
            break
        since[change.id] = change
    for change in since.values():
        took_back = since.get(change.undoes or "")
        if not change.undone and (took_back is None or took_back.undoes is None):
            return change.id
    return None


def _of(study: Study, author: str, tables: Collection[str] | None) -> Iterator[Change]:
    """The author's changes to some tables, newest first."""
    for change in study.store.changes_backwards(author) if study.store is not None else ():
        if tables is None or all(revision.table in tables for revision in change.revisions):
            yield change


def _stands(study: Study, change: Change) -> bool:
    """Whether a change is one to undo: not undone, no undo itself, and an act of the author's."""
    return not change.undone and change.undoes is None and not _of_itself(study, change.revisions)


def _of_itself(study: Study, revisions: Collection[Revision]) -> bool:
    """Whether a change says only that an interview was begun, gone on with or paused."""
    return all(
        revision.table == "guides"
        or (revision.table == "interviews" and revision.parents and _went_on(study, revision))
        for revision in revisions
    )


def _went_on(study: Study, revision: Revision) -> bool:
    before = study.store.previous(revision) if study.store is not None else None
    if before is None or before.body is None or revision.body is None:
        return False
    state = revision.body.get("state")
    return state in ("in progress", "paused") and before.body.get("state") != state
