"""Purging a study of everything, and completing such a purge that was interrupted."""

from __future__ import annotations

from fieldkit.records.purges import Purge
from fieldkit.say import t
from fieldkit.storage.recoverycode import is_recovery_code
from fieldkit.storage.store import Store
from fieldkit.storage.total_purge import Decision
from fieldkit.study.backup_places import destroy_backups
from fieldkit.study.clock import now
from fieldkit.study.errors import StudyError
from fieldkit.study.leftovers import LEFT_BEHIND, destroy_leftovers
from fieldkit.study.purge import Purged, ready_to_purge
from fieldkit.study.study import Study, new_id, put


def purge_everything(study: Study, authority: str, passphrase: str | None = None) -> Purged:
    """Erase everything that was recorded; guides stay.

    Args:
        study: the study.
        authority: who decided it.
        passphrase: what shall open the empty study, where it is encrypted; its keys are destroyed first.

    Raises:
        StudyError: a hold stands, or no passphrase was given for an encrypted study.
        StoreError: it could not be done in full; what was destroyed by then is gone, and opening the study
            again goes on with it.
    """
    store = ready_to_purge(study, authority)
    if study.sealed and passphrase is None:
        raise StudyError(t("the empty study is encrypted anew: give its passphrase"))
    if study.sealed and passphrase is not None and is_recovery_code(passphrase):
        raise StudyError(
            t("the empty study is encrypted anew: open it with a passphrase, not the recovery code")
        )
    author = study.need_author()
    purge = Purge(
        id=new_id(),
        kind="everything",
        authority=authority.strip(),
        at=now(),
        by=author,
        erased=_everything(store),
    )
    return _settled(study, store, store.start_over(passphrase, put("purges", purge), author))


def complete_total_purge(study: Study) -> Purged | None:
    """Complete a purge of everything that was interrupted, and close the study.

    Args:
        study: just opened for writing, so that what was left to destroy is destroyed.

    Returns:
        What was done; None where there was nothing left to do.

    Raises:
        StoreError: the store cannot be written; it is done on another opening.
    """
    with study:
        store = study.store
        decision = store.decided_total_purge() if store is not None else None
        return None if store is None or decision is None else _settled(study, store, decision)


def told_of(completed: Purged, *, sealed: bool) -> list[str]:
    """What is said on opening a study whose purge had been interrupted, one line each.

    Args:
        completed: what was done.
        sealed: whether the study is encrypted.
    """
    purge = completed.purge
    decided = (
        t(
            "the purge of everything decided on {day} ({authority}) had been interrupted and is now "
            "complete; no recovery code was shown: `fieldkit passphrase --recovery` makes one"
        )
        if sealed
        else t(
            "the purge of everything decided on {day} ({authority}) had been interrupted and is now complete"
        )
    )
    by_hand = t("{path}: this backup could not be reached: destroy it by hand")
    return [
        decided.format(day=(purge.at or "")[:10], authority=purge.authority),
        *(by_hand.format(path=path) for path in completed.backups_left),
        *(t(LEFT_BEHIND).format(path=path) for path in completed.leftovers_left),
    ]


def _everything(store: Store) -> list[str]:
    """The ids of all that was recorded or purged here but purges and holds, which tell of nothing said."""
    spared = {
        head.id
        for name in ("purges", "holds")
        if (table := store.state.tables.get(name)) is not None
        for entry in table.entries.values()
        for head in entry.heads
    }
    ids = [revision for revision in store.state.ids if revision not in spared]
    return [*ids, *sorted(store.state.erased().difference(ids))]


def _settled(study: Study, store: Store, decision: Decision) -> Purged:
    """Do what is left once the store is empty: destroy the backups, and write down what happened."""
    backups, leftovers = destroy_backups(study), destroy_leftovers(study)
    record = decision.record
    if store.get(record.table, record.record) is None:
        store.commit([record], author=decision.author)
    store.settle_total_purge()
    purge = Purge.of(dict(record.body))
    return Purged(purge, len(purge.erased), *backups, *leftovers, recovery_code=store.recovery_code)
