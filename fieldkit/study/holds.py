"""Holds: while one stands, nothing of the study is disposed of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldkit.records.purges import Hold
from fieldkit.say import t
from fieldkit.study.clock import now
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.study import Study, new_id, put

if TYPE_CHECKING:
    from collections.abc import Sequence


def standing_holds(study: Study) -> Sequence[Hold]:
    """The holds that stand, oldest first.

    Only a release with an authority ends one: a hold whose record was deleted stands as it last was.
    """
    store = study.store
    if store is None:
        return []
    last: dict[str, dict[str, Any]] = {}
    for record in store.ever("holds"):
        for revision in store.history(table="holds", record=record):
            if revision.body is not None:
                last[record] = revision.body
    holds = [Hold.of(study.row("holds", record) or body) for record, body in last.items()]
    return [hold for hold in holds if hold.released_at is None or not (hold.release_authority or "").strip()]


def refuse_while_held(study: Study) -> None:
    """Refuse to dispose of anything while a hold stands.

    Raises:
        StudyError: one does; the message names it.
    """
    holds = standing_holds(study)
    if holds:
        first = holds[0]
        more = len(holds) - 1
        told = t("refused: a hold stands since {day} ({reason}; {authority}); `{end}` ends it")
        if more:
            told = t(
                "refused: a hold stands since {day} ({reason}; {authority}) and {n} more; `{end}` ends it"
            )
        raise StudyError(
            told.format(
                day=first.placed_at[:10],
                reason=first.reason,
                authority=first.authority,
                n=more,
                end=f"fieldkit purge --release {first.id}",
            )
        )


def place_hold(study: Study, reason: str, authority: str) -> Hold:
    """Place a hold; durable when this returns.

    Args:
        study: the study.
        reason: why nothing may be disposed of.
        authority: who decided it.

    Raises:
        StudyError: one of them is blank.
        StoreError: it could not be kept.
    """
    if not reason.strip() or not authority.strip():
        raise StudyError(
            t("a hold needs a reason (--hold REASON) and whose decision it is (--authority WHO)")
        )
    hold = Hold(
        id=new_id(),
        reason=reason.strip(),
        authority=authority.strip(),
        placed_at=now(),
        placed_by=study.need_author(),
    )
    study.save([put("holds", hold)])
    return hold


def release_hold(study: Study, hold_id: str, authority: str) -> Hold:
    """End a hold; durable when this returns.

    Args:
        study: the study.
        hold_id: its id.
        authority: who decided it.

    Raises:
        UnknownId: no such hold stands.
        StudyError: the authority is blank.
        StoreError: it could not be kept.
    """
    standing = {hold.id: hold for hold in standing_holds(study)}
    if hold_id not in standing:
        raise UnknownId("hold that stands", hold_id, standing)
    if not authority.strip():
        raise StudyError(t("say whose decision it is to release the hold: --authority WHO"))
    update = {
        "released_at": now(),
        "released_by": study.need_author(),
        "release_authority": authority.strip(),
    }
    hold = standing[hold_id].model_copy(update=update)
    study.save([put("holds", hold)])
    return hold
