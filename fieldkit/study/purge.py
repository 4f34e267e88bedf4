"""Purging contacts or a respondent for good, with a record that it happened and by whose authority."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fieldkit.records.purges import Purge, PurgeKind
from fieldkit.say import t
from fieldkit.storage.errors import StoreDamaged, StoreError
from fieldkit.storage.store import Store
from fieldkit.storage.writes import Put
from fieldkit.study.backup_places import destroy_backups
from fieldkit.study.backups import back_up
from fieldkit.study.clock import now
from fieldkit.study.errors import StudyError
from fieldkit.study.holds import refuse_while_held
from fieldkit.study.leftovers import destroy_leftovers
from fieldkit.study.protection import record_drafts
from fieldkit.study.roster import find_respondent
from fieldkit.study.study import Study, new_id, put
from fieldkit.study.withdrawal import Withdrawal, withdrawal_of


@dataclass(frozen=True)
class Purged:
    """What a purge did.

    Attributes:
        purge: the record of it.
        states: how many states of records were erased.
        backups_removed: backups that held them.
        backups_left: backups that may hold them and could not be removed, or are out of reach now.
        leftovers_removed: what killed commands had left of it.
        leftovers_left: what they may have left of it, and could not be removed or does not tell whose it is.
        backup: the backup made afterwards in their place, if there were any.
        recovery_code: of a study that was purged of everything and is encrypted: its keys are new.
        shared: interviews in which somebody else is left, and words that nobody is named for.
    """

    purge: Purge
    states: int
    backups_removed: tuple[Path, ...] = ()
    backups_left: tuple[Path, ...] = ()
    leftovers_removed: tuple[Path, ...] = ()
    leftovers_left: tuple[Path, ...] = ()
    backup: Path | None = None
    recovery_code: str | None = None
    shared: tuple[str, ...] = ()


def purge_contacts(study: Study, authority: str, *, today: date | None = None, early: bool = False) -> Purged:
    """Erase names and addresses, once the framework's date for it has come.

    Args:
        study: the study.
        authority: who decided it.
        today: the date; None is the clock's.
        early: do it before that date.

    Raises:
        StudyError: a hold stands, the date has not come, or there are no contacts.
        StoreError: it could not be done.
    """
    store = ready_to_purge(study, authority)
    until = study.framework.study.contacts_until
    if until is not None and (today or date.today()) <= until and not early:
        raise StudyError(
            t("contacts are kept until {day} (framework.yaml); --early does it before").format(
                day=until.isoformat()
            )
        )
    return erase(study, store, "contacts", authority, _states(store, "contacts"), [])


def purge_respondent(study: Study, code: str, authority: str) -> Purged:
    """Erase a respondent who withdraws: herself, and everything she said.

    Args:
        study: the study.
        code: her code.
        authority: who decided it; her own withdrawal is one.

    Raises:
        UnknownId: nobody has that code.
        StudyError: a hold stands.
        StoreError: it could not be done.
    """
    store = ready_to_purge(study, authority)
    record_drafts(study, of_none=True)
    withdrawal = withdrawal_of(study, find_respondent(study, code).id)
    states, shared = withdrawn_states(store, withdrawal), tuple(withdrawal.shared)
    done = erase(study, store, "respondent", authority, states, withdrawal.rewritten, shared)
    # Only now: had the purge failed, words that are nowhere else would be gone with the drafts.
    for interview in withdrawal.interviews:
        if interview not in withdrawal.shared:
            store.drafts.clear(interview)
    return done


def ready_to_purge(study: Study, authority: str) -> Store:
    """The store, once nothing stands against purging anything of it.

    Args:
        study: the study.
        authority: who decided it.

    Raises:
        StudyError: nothing was recorded yet, the authority is blank, or a hold stands.
        StoreError: the store cannot be read.
    """
    if study.store is None:
        raise StudyError(
            t("{folder}: nothing has been recorded in this study yet").format(folder=study.folder)
        )
    if not authority.strip():
        raise StudyError(t("say whose decision it is: --authority WHO"))
    study.need_author()
    try:
        for _ in study.store.revisions():
            pass
    except StoreDamaged:
        # Damage that a snapshot hid is put aside by reading everything; what is whole can then be purged.
        study.store.reopen()
    refuse_while_held(study)
    return study.store


def withdrawn_states(store: Store, withdrawal: Withdrawal) -> list[str]:
    """The states of records of which nothing may stay once a withdrawal is done."""
    rewritten = {(write.table, write.record) for write in withdrawal.rewritten}
    states = [
        state for table, record in withdrawal.gone | rewritten for state in _states(store, table, record)
    ]
    for table, record in withdrawal.past - withdrawal.gone - rewritten:
        heads = {head.id for head in store.heads(table, record)}
        states += [state for state in _states(store, table, record) if state not in heads]
    return states


def _states(store: Store, table: str, record: str | None = None) -> list[str]:
    return [revision.id for revision in store.history(table=table, record=record)]


def erase(
    study: Study,
    store: Store,
    kind: PurgeKind,
    authority: str,
    states: Iterable[str],
    writes: list[Put],
    shared: tuple[str, ...] = (),
) -> Purged:
    """Write down what is erased, erase it, destroy the backups known here, and make one anew.

    Args:
        study: the study.
        store: its store, of `ready_to_purge`.
        kind: what sort of thing it is.
        authority: who decided it.
        states: ids of the revisions that go.
        writes: what stands in their place, in the same commit.
        shared: interviews in which somebody else is left.

    Raises:
        StudyError: there is nothing to erase.
        StoreError: it could not be done.
    """
    erased = sorted(set(states))
    if not erased:
        raise StudyError(t("there is nothing of that kind to erase"))
    purge = Purge(
        id=new_id(), kind=kind, authority=authority.strip(), at=now(), by=study.need_author(), erased=erased
    )
    study.save([*writes, put("purges", purge)])
    store.sweep()
    store.erase_aside()
    backups, leftovers = destroy_backups(study), destroy_leftovers(study)
    backup = None
    if backups[0]:
        with contextlib.suppress(StoreError, StudyError):
            backup = back_up(study).path
    return Purged(purge, len(erased), *backups, *leftovers, backup=backup, shared=shared)
