"""Words that were kept already, and then declared off the record: erased as a purge does."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, Final

from fieldkit.records.responses import ResponseKey
from fieldkit.say import t
from fieldkit.storage.errors import NotDurable
from fieldkit.storage.store import Store
from fieldkit.storage.writes import Put
from fieldkit.study.conduct import Conduct
from fieldkit.study.memo import memo_id
from fieldkit.study.purge import Purged, erase, ready_to_purge, withdrawn_states
from fieldkit.study.retelling import add_what_tells_it_again
from fieldkit.study.study import put
from fieldkit.study.withdrawal import Withdrawal, add_what_hangs_on_it, past_of, without_paragraphs

AUTHORITY: Final = "declared off the record in the interview"
"""By whose authority it is: whoever spoke."""


def redact(conduct: Conduct, key: ResponseKey, paragraphs: Collection[int]) -> Purged:
    """Erase paragraphs of an answer, and every earlier state that says anything which is not left.

    Codings that touch them go, the others move with their words; lines of the chart and of memos that tell
    them again go too; backups that this laptop knows are destroyed, and one is made anew.

    Args:
        conduct: the interview.
        key: the answer.
        paragraphs: places of the paragraphs among those of the answer.

    Returns:
        What was erased.

    Raises:
        StudyError: a hold stands, or there is nothing to erase.
        StoreError: it could not be done; the words are as they were.
    """
    study = conduct.study
    store = ready_to_purge(study, AUTHORITY)
    if not conduct.save_all():
        raise NotDurable(conduct.failure or t("the notes could not be saved"))
    # All is in the journal now; should what follows be cut short, no draft brings the words back.
    conduct.forget_all_drafts()
    record, past, found = conduct.record_id(key), past_of(study), Withdrawal()
    left = without_paragraphs(study, past, found, record, lambda at, _: at in paragraphs)
    said = [str(conduct.answer(key).paragraphs[at].get("text", "")) for at in paragraphs]
    answer = replace(conduct.answer(key), paragraphs=[dict(each) for each in left])
    response = answer.response(conduct.interview.id, key, conduct.language)
    if response is None:
        found.gone.add(("responses", record))
    add_what_hangs_on_it(study, past, found)
    add_what_tells_it_again(study, past, found, conduct.interview.id, said)
    states = withdrawn_states(store, found)
    if response is not None:
        states += _saying_more(store, record, {str(each.get("text", "")) for each in left})
    writes: list[Put] = [*found.rewritten, *([put("responses", response)] if response is not None else [])]
    try:
        return erase(study, store, "off the record", AUTHORITY, states, writes)
    finally:
        # Once the purge is written down, what could not be erased yet must not be typed on all the same.
        conduct.take_up(record)
        conduct.take_up(memo_id(conduct.interview.id))


def _saying_more(store: Store, record: str, left: Collection[str]) -> Iterator[str]:
    """Yield the states of a response that say anything which is not left: words, or the beginning of them."""
    for revision in store.history(table="responses", record=record):
        said: list[dict[str, Any]] = (revision.body or {}).get("paragraphs", [])
        if any(each.get("text", "") not in left for each in said):
            yield revision.id
