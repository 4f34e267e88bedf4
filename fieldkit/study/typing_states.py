"""The states that words went through while typed: nobody's record, once the interview is complete."""

from __future__ import annotations

from fieldkit.records.purges import Purge
from fieldkit.study.clock import now
from fieldkit.study.holds import standing_holds
from fieldkit.study.study import Study, new_id, put

AT_ONCE = 8 << 20
"""Bytes of a journal up to which it is written anew at once; a longer one when the study is closed."""


def erase_typing_states(study: Study, interview: str) -> int:
    """Erase what responses of a completed interview said before their final text.

    It is done once, at the first completion: what is corrected later keeps its trail. A state that a coding
    was made on stays, since the coding refers to it.

    While a hold stands, nothing is erased.

    Args:
        study: the study.
        interview: the interview's id, just completed.

    Returns:
        How many states were erased.

    Raises:
        StoreError: it could not be written down; nothing was erased.
    """
    store = study.store
    if store is None or study.where("purges", "interview", interview) or standing_holds(study):
        return 0
    erased = []
    for record, _ in study.where("responses", "interview", interview):
        coded = {body.get("revision") for _, body in study.where("codings", "response", record)}
        heads = {head.id for head in store.heads("responses", record)}
        states = [revision.id for revision in store.history(table="responses", record=record)]
        erased += [state for state in states if state not in heads and state not in coded]
    if not erased:
        return 0
    study.save(
        [put("purges", Purge(id=new_id(), kind="typing", at=now(), interview=interview, erased=erased))]
    )
    store.sweep(AT_ONCE)
    return len(erased)
