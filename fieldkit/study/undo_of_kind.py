"""Taking back the last change of a kind: to the codebook, or of what was decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fieldkit.study.study import Study

if TYPE_CHECKING:
    from fieldkit.storage.revision import Revision
    from fieldkit.storage.writes import Commit

_LOOKED_AT = 1000


def undo_last_of(study: Study, is_one: Callable[[Revision], bool]) -> Commit | None:
    """Take back the author's last standing change of a kind.

    Args:
        study: the study.
        is_one: whether a revision makes the change it belongs to one of that kind.

    Returns:
        The commit, durable; None where there is no such change.

    Raises:
        StoreError: a record of that change was changed since, or it could not be made durable.
    """
    author = study.need_author()
    for change in study.store.changes(limit=_LOOKED_AT, author=author) if study.store is not None else ():
        if not change.undone and change.undoes is None and any(map(is_one, change.revisions)):
            return study.begin_store().undo(change.id, author=author)
    return None
