"""Purges that come with an archive: what they would erase here, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from fieldkit.exchange.errors import ExchangeError, FileRefused
from fieldkit.say import t, tn
from fieldkit.storage.erasure import TABLE, erased_by
from fieldkit.study.backup_places import destroy_backups
from fieldkit.study.naming import about
from fieldkit.text import shortened

if TYPE_CHECKING:
    from fieldkit.storage.revision import Revision
    from fieldkit.study.study import Study

_NAMED = 6


class PurgesCarried(ExchangeError):
    """Purges in an archive would erase what is here, and nobody has accepted that.

    Attributes:
        told: what they would erase, of whom, and by whose authority.
    """

    def __init__(self, told: str) -> None:
        """Say what would be erased, and how to accept it."""
        self.told = told
        super().__init__(
            t("{told}: nothing was taken in; add --accept-purges if that is meant").format(told=told)
        )


def refuse_purges(study: Study, name: str, new: Sequence[Revision]) -> None:
    """Refuse an archive whose purges would erase anything that is here.

    Args:
        study: the study that the archive is to be taken into.
        name: the file's name.
        new: the archive's revisions that are not here.

    Raises:
        PurgesCarried: they would.
    """
    purges = [revision for revision in new if revision.table == TABLE]
    erased = [each for purge in purges for each in _listed(study, purge)]
    if not erased:
        return
    ids = {revision.id for revision in erased}
    rewritten = {(each.table, each.record) for each in new if each.body is not None and each.id not in ids}
    touched = {(each.table, each.record) for each in erased}
    whole = {key for key in touched - rewritten if ids.issuperset(_states(study, *key))}
    codes = sorted(
        {code for each in erased if each.body for code in about(study, each.table, each.body).respondents}
    )
    authorities = {str((purge.body or {}).get("authority") or t("completed interviews")) for purge in purges}
    told = (
        t(
            "{name}: carries {purges} ({whose}) and would erase here for good "
            "{records} and earlier states of {rest} more, of {people}"
        )
        if touched - whole
        else t("{name}: carries {purges} ({whose}) and would erase here for good {records}, of {people}")
    )
    raise PurgesCarried(
        told.format(
            name=name,
            purges=tn("{n} purge", "{n} purges", len(purges)).format(n=len(purges)),
            whose=shortened(", ".join(sorted(authorities)), 100),
            records=tn("{n} record", "{n} records", len(whole)).format(n=len(whole)),
            rest=len(touched - whole),
            people=_people(codes),
        )
    )


def erases_here(study: Study, new: Iterable[Revision]) -> bool:
    """Whether purges in an archive erase for somebody's sake what is here, so that copies must go as well.

    Args:
        study: the study that the archive is to be taken into.
        new: the archive's revisions that are not here.
    """
    purges = (each for each in new if each.table == TABLE and (each.body or {}).get("kind") != "typing")
    return any(next(_listed(study, purge), None) is not None for purge in purges)


def destroy_copies(study: Study, interviews: Iterable[str]) -> list[str]:
    """Destroy what else holds, on this laptop, what purges in an archive erased: backups and drafts.

    Args:
        study: the study, after the archive was taken in.
        interviews: ids of the interviews that were there before.

    Returns:
        What is to be told, one line each.
    """
    for interview in interviews:
        if study.store is not None and study.row("interviews", interview) is None:
            study.store.drafts.clear(interview)
    removed, left = destroy_backups(study)
    n = len(removed)
    told = tn(
        "{n} backup of this study destroyed: what was erased stood in them",
        "{n} backups of this study destroyed: what was erased stood in them",
        n,
    )
    lost = t("{path}: this backup could not be reached: destroy it by hand")
    return [*([told.format(n=n)] if removed else []), *(lost.format(path=path) for path in left)]


def refuse_wrong_purges(study: Study, name: str, new: Iterable[Revision]) -> None:
    """Refuse purges that erase holds or purges, or, of typing, more than earlier states of answers.

    Args:
        study: the study that the archive is to be taken into.
        name: the file's name.
        new: the archive's revisions that are not here.

    Raises:
        FileRefused: there are such.
    """
    store = study.store
    if store is None:
        return
    problems = []
    for purge in new:
        if purge.table != TABLE or purge.body is None:
            continue
        erased = list(_listed(study, purge))
        wrong = any(revision.table in ("holds", TABLE) for revision in erased)
        if purge.body.get("kind") == "typing":
            heads = {head.id for each in erased for head in store.heads(each.table, each.record)}
            wrong |= any(each.table != "responses" or each.id in heads for each in erased)
        if wrong:
            told = t("purges {purge}: erases what a purge of its kind cannot")
            problems.append(told.format(purge=shortened(purge.record, 100)))
    if problems:
        raise FileRefused(name, problems)


def _listed(study: Study, purge: Revision) -> Iterator[Revision]:
    """Yield what is here of the revisions that a purge lists."""
    if study.store is not None:
        found = map(study.store.revision, sorted(erased_by(purge.table, purge.body)))
        yield from (revision for revision in found if revision is not None)


def _states(study: Study, table: str, record: str) -> list[str]:
    history = study.store.history(table=table, record=record) if study.store is not None else ()
    return [revision.id for revision in history]


def _people(codes: Sequence[str]) -> str:
    if not codes:
        return t("nobody on the roster")
    if len(codes) <= _NAMED:
        return ", ".join(codes)
    return t("{codes} and {n} more").format(codes=", ".join(codes[:_NAMED]), n=len(codes) - _NAMED)
