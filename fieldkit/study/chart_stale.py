"""Whether what a cell of the chart was made on has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fieldkit.records.codings import ChartCell
    from fieldkit.study.chart_passages import Said
    from fieldkit.study.study import Study


def rests_on(study: Study, said: Iterable[Said]) -> list[str]:
    """Ids of the revisions in which passages stand now, sorted.

    Args:
        study: the study.
        said: the passages.
    """
    if study.store is None:
        return []
    records = dict.fromkeys(record for each in said for record in each.records)
    return sorted(study.store.heads(*record)[0].id for record in records)


def is_stale(study: Study, cell: ChartCell, said: Sequence[Said]) -> bool:
    """Whether the passages are others, or have other words, than those that a cell was charted on.

    Args:
        study: the study.
        cell: the cell; one that does not say what it rests on is taken to rest on what there is.
        said: the person's passages on its evaluation question, for its coder.
    """
    if cell.rests_on is None or study.store is None or cell.rests_on == rests_on(study, said):
        return False
    # A later revision may have the same words: a memo was added, or a change was made and taken back.
    then = set()
    for revision_id in cell.rests_on:
        revision = study.store.revision(revision_id)
        if revision is None or revision.body is None:
            return True
        then.add(_words(revision.table, revision.record, revision.body))
    records = {record for each in said for record in each.records}
    return then != {_words(*record, study.row(*record) or {}) for record in records}


def _words(table: str, record: str, body: Mapping[str, Any]) -> tuple[str, str, str]:
    """What a cell rests on in a record: the words of a passage, or those of an answer and its value."""
    if table == "codings":
        return table, record, str(body.get("quote"))
    return table, record, repr(([each["text"] for each in body.get("paragraphs", ())], body.get("value")))
