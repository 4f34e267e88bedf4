"""Taking back the last change of a kind: to the codebook, or of what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.study.study import Study

if TYPE_CHECKING:
    from fieldkit.storage.writes import Commit

_LOOKED_AT = 1000


def undo_last_of(study: Study, table: str) -> Commit | None:
    """Take back the author's last standing change that has a record of a table in it.

    Args:
        study: the study.
        table: the table.

    Returns:
        The commit, durable; None where there is no such change.

    Raises:
        StoreError: a record of that change was changed since, or it could not be made durable.
    """
    author = study.need_author()
    for change in study.store.changes(limit=_LOOKED_AT, author=author) if study.store is not None else ():
        tables = {revision.table for revision in change.revisions}
        if table in tables and not change.undone and change.undoes is None:
            return study.begin_store().undo(change.id, author=author)
    return None
