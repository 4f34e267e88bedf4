"""What follows codes and codings that end: decisions where coders differed, memos, and findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from fieldkit.records.adjudications import adjudication_id
from fieldkit.storage.writes import Delete, Put
from fieldkit.study.study import Study, put

if TYPE_CHECKING:
    from fieldkit.records.adjudications import Adjudication
    from fieldkit.records.codings import Coding

_LISTS: Final = ("supports", "contradicts", "quotes")


def with_codings(study: Study, kept: Mapping[str, str]) -> list[Put | Delete]:
    """Put memos and findings on codings that end on those that stand in their place.

    Args:
        study: the study.
        kept: id of a coding that ends to that of the one in its place.
    """
    writes: list[Put | Delete] = []
    for memo in study.records("memos"):
        if memo.table == "codings" and memo.on in kept:
            writes.append(put("memos", memo.model_copy(update={"on": kept[memo.on]})))
    for finding in study.records("findings"):
        lists = {
            name: list(dict.fromkeys(kept.get(each, each) for each in getattr(finding, name)))
            for name in _LISTS
        }
        if any(lists[name] != getattr(finding, name) for name in _LISTS):
            writes.append(put("findings", finding.model_copy(update=lists)))
    return writes


def decisions_to_reopen(
    study: Study, ending: str, going_on: str, given: Iterable[Coding]
) -> list[Adjudication]:
    """The decisions on a code that ends which cannot hold of the code that goes on.

    Coders gave that one in the same response, and nothing was decided on it: the two together are another
    question than the one decided.

    Args:
        study: the study.
        ending: id of the code that ends.
        going_on: id of the code that goes on.
        given: the codings of the code that goes on.
    """
    spoken = {coding.response for coding in given if coding.layer is None}
    return [
        made
        for made in study.records("adjudications")
        if made.code == ending
        and made.response in spoken
        and study.row("adjudications", adjudication_id(made.response, going_on)) is None
    ]


def decisions_of_merged(
    study: Study, ending: str, going_on: str, reopened: Iterable[Adjudication], kept: Mapping[str, str]
) -> list[Put | Delete]:
    """Let what was decided on a code that ends hold of the code that goes on.

    Args:
        study: the study.
        ending: id of the code that ends.
        going_on: id of the code that goes on.
        reopened: the decisions that do not, of `decisions_to_reopen`.
        kept: id of a coding that ends to that of the one in its place.
    """
    open_again = {made.id for made in reopened}
    stands: dict[str, Adjudication] = {}
    writes: list[Put | Delete] = []
    for made in study.records("adjudications"):
        if made.code == ending:
            writes.append(Delete("adjudications", made.id))
            if made.id not in open_again:
                there = study.record("adjudications", adjudication_id(made.response, going_on))
                one = _as_one(made, there, going_on, kept)
                stands[one.id] = one
            continue
        codings = list(dict.fromkeys(kept.get(coding, coding) for coding in made.codings))
        another = made.another
        if another == ending:
            another = None if made.code == going_on else going_on
        changed = made.model_copy(update={"another": another, "codings": codings})
        if changed != made:
            stands.setdefault(made.id, changed)
    return writes + [put("adjudications", each) for each in stands.values()]


def decisions_of_split(study: Study, code: str, given: Mapping[str, str]) -> list[Put | Delete]:
    """Let what was decided on a code that is split hold of each code that its passages were given to.

    Args:
        study: the study.
        code: id of the code.
        given: coding id to the id of the code it has now.
    """
    by_response: dict[str, set[str]] = {}
    for coding, target in given.items():
        response = (study.row("codings", coding) or {}).get("response")
        if response is not None:
            by_response.setdefault(response, set()).add(target)
    writes: list[Put | Delete] = []
    for made in study.records("adjudications"):
        if made.another == code:
            now = next((given[each] for each in made.codings if each in given), code)
            if now != code:
                writes.append(put("adjudications", made.model_copy(update={"another": now})))
        targets = by_response.get(made.response, set()) if made.code == code else set()
        if not targets or targets == {code}:
            continue
        if code not in targets:
            writes.append(Delete("adjudications", made.id))
        for target in sorted(targets):
            codings = [each for each in made.codings if given.get(each, target) == target]
            fields = {"id": adjudication_id(made.response, target), "code": target, "codings": codings}
            writes.append(put("adjudications", made.model_copy(update=fields)))
    return writes


def _as_one(
    made: Adjudication, there: Adjudication | None, code: str, kept: Mapping[str, str]
) -> Adjudication:
    """One decision on the code that goes on, in place of that on the other and of its own, if any."""
    both = [made] if there is None else [there, made]
    codings = (kept.get(coding, coding) for each in both for coding in each.codings)
    others = [each.another for each in both if each.another not in (None, code, made.code)]
    return made.model_copy(
        update={
            "id": adjudication_id(made.response, code),
            "code": code,
            "takes": list(dict.fromkeys(coder for each in both for coder in each.takes)),
            "another": next(iter(others), None),
            "codings": list(dict.fromkeys(codings)),
            "memo": "\n".join(dict.fromkeys(each.memo for each in both if each.memo)) or None,
        }
    )
