"""Memos: remarks on a passage, a code, an interview, an answer, a document, or the study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldkit.say import t
from fieldkit.storage.writes import Delete
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.study import Study, new_id, put
from fieldkit.text import normalise

if TYPE_CHECKING:
    from fieldkit.records.findings import Memo

WRITTEN_ON: Final = ("codings", "codes", "interviews", "responses", "documents", "respondents")
"""Tables whose records a memo can be on."""


def write_memo(study: Study, text: str, *, table: str | None = None, record: str | None = None) -> Memo:
    """Write a memo; durable when this returns. A record may have several.

    Args:
        study: the study.
        text: the remark.
        table: table of the record that it is on, one of `WRITTEN_ON`; None is the study itself.
        record: id of that record.

    Raises:
        StudyError: it has no words, or there is no such table or record.
        StoreError: it could not be made durable.
    """
    from fieldkit.records.findings import Memo

    words = _words(text)
    if table is not None:
        _check_there(study, table, record or "")
    memo = Memo(
        id=new_id(),
        on=record if table is not None else None,
        table=table,
        text=words,
        author=study.need_author(),
    )
    study.save([put("memos", memo)])
    return memo


def change_memo(study: Study, memo_id: str, text: str) -> Memo:
    """Write other words in the place of a memo's; who wrote it first stays its author.

    Raises:
        StudyError: there is no such memo, or no words are given.
        StoreError: it could not be made durable.
    """
    memo: Memo | None = study.record("memos", memo_id)
    if memo is None:
        raise UnknownId("memo", memo_id, study.rows("memos"))
    changed = memo.model_copy(update={"text": _words(text)})
    study.save([put("memos", changed)])
    return changed


def remove_memo(study: Study, memo_id: str) -> str:
    """Take a memo away; the trail keeps it.

    Returns:
        The id of the change, for undoing it.

    Raises:
        UnknownId: there is no such memo.
    """
    if study.row("memos", memo_id) is None:
        raise UnknownId("memo", memo_id, study.rows("memos"))
    return study.save([Delete("memos", memo_id)]).change


def memos(study: Study, *, table: str | None = None, record: str | None = None) -> list[Memo]:
    """The memos of a study, in the order in which they were first written.

    Args:
        study: the study.
        table: only those on records of this table; `study` for those on the study itself.
        record: only those on this record.
    """
    found: list[Memo] = study.records("memos")
    return [
        memo
        for memo in found
        if (table is None or (memo.table or "study") == table) and (record is None or memo.on == record)
    ]


def _words(text: str) -> str:
    words = normalise(text).text.strip()
    if not words:
        raise StudyError(t("a memo needs words"))
    return words


def _check_there(study: Study, table: str, record: str) -> None:
    if table not in WRITTEN_ON:
        raise UnknownId("kind of record to write a memo on", table, WRITTEN_ON)
    if table == "codes":
        known = {code.id for code in study.codebook.codes}
        if record not in known:
            raise UnknownId("code", record, known)
    elif study.row(table, record) is None:
        raise UnknownId(table.removesuffix("s"), record, study.rows(table))
