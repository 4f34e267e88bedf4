"""Codes merged into one, and a code split into several after a look at each of its passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from fieldkit.say import t, tn
from fieldkit.storage.writes import Delete, Put
from fieldkit.study.code_changes import CodeChanged, check_names, code_put
from fieldkit.study.code_following import (
    decisions_of_merged,
    decisions_of_split,
    decisions_to_reopen,
    with_codings,
)
from fieldkit.study.codebook import code_places, find_code
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.study import Study, put

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code
    from fieldkit.records.codings import Coding, LettingOut


class Split(NamedTuple):
    """What splitting a code came to.

    Attributes:
        code: the code that was split, as it stands now.
        change: id of the change, for undoing it.
        codings: code id to how many codings it was given.
    """

    code: Code
    change: str
    codings: dict[str, int]


def merge_codes(study: Study, ref: str, into: str) -> CodeChanged:
    """Let the codings of one code become another's, and retire it; one change, which can be undone.

    Codes under it come under the other, after those that it has, and its aliases find the other now. Where a
    coder gave both to the same passage, one coding is left, which speaks to the evaluation questions of both
    and has the remarks and memos of both. Each coding keeps the version of the definition it was made
    under, so that the report on these still tells. What was decided where coders differed holds of the code
    that goes on, unless they gave that one there too and nothing was decided on it.

    Args:
        study: the study.
        ref: id, name or alias of the code that ends.
        into: id, name or alias of the code that goes on.

    Returns:
        The code that goes on, how many codings became its own, and how many decisions are open again.

    Raises:
        StudyError: they are the same code; nothing was written.
    """
    _refuse_blind(study)
    ending, going_on = find_code(study, ref), find_code(study, into)
    if ending.id == going_on.id:
        raise StudyError(t("code {code} cannot be merged into itself").format(code=ending.id))
    if going_on.retired:
        told = t("code {code} is retired: bring it back before another is merged into it")
        raise StudyError(told.format(code=going_on.id))
    ended, there = codings_under(study, ending.id), codings_under(study, going_on.id)
    reopened = decisions_to_reopen(study, ending.id, going_on.id, there)
    dropped = {coding for made in reopened for coding in made.codings if study.row("codings", coding)}
    moved = [each for each in ended if each.id not in dropped]
    there = [each for each in there if each.id not in dropped]
    writes: list[Put | Delete] = [code_put(code) for code in _codes_merged(study, ending, going_on)]
    merged, kept = _merged(moved, there, going_on.id)
    writes += [*merged, *(Delete("codings", each) for each in sorted(dropped))]
    writes += decisions_of_merged(study, ending.id, going_on.id, reopened, kept)
    own = {_words(each): kept.get(each.id, each.id) for each in (*there, *moved) if each.layer is None}
    kept |= {each.id: own[_words(each)] for each in ended if each.id in dropped and _words(each) in own}
    writes += with_codings(study, kept)
    change = study.save(writes).change
    return CodeChanged(find_code(study, going_on.id), change, len(moved), len(reopened))


def split_code(study: Study, ref: str, into: Sequence[Code], given: Mapping[str, str]) -> Split:
    """Give each passage of a code to one of several new codes; one change, which can be undone.

    The code itself is retired, unless a passage stays with it.

    Args:
        study: the study.
        ref: id, name or alias of the code to split.
        into: the new codes, as `drafted_code` makes them.
        given: coding id to the id of the new code it becomes, or of the code itself where it stays; every
            coding of the code must be in it.

    Returns:
        The code as it stands now, and how many codings each was given.

    Raises:
        StudyError: a passage was not looked at, or is given to no code of the split; nothing was written.
    """
    _refuse_blind(study)
    code = find_code(study, ref)
    codings = codings_under(study, code.id)
    new = {each.id: each for each in into}
    if not new or len(new) < len(into):
        raise StudyError(t("name the new codes that {code} is split into, each once").format(code=code.id))
    for each in into:
        check_names(study.codebook, each)
    for one, other in ((one, other) for one in into for other in into if one.id < other.id):
        check_names(study.codebook.model_copy(update={"codes": [one]}), other)
    left = [coding for coding in codings if coding.id not in given]
    if left:
        told = tn(
            "{n} passage of {code} was not looked at: give each to one of the new codes, or leave it",
            "{n} passages of {code} were not looked at: give each to one of the new codes, or leave it",
            len(left),
        )
        raise StudyError(told.format(n=len(left), code=code.id))
    known = {coding.id for coding in codings}
    for coding_id, code_id in given.items():
        if coding_id not in known:
            raise UnknownId("coding", coding_id, known)
        if code_id not in new and code_id != code.id:
            raise UnknownId("code", code_id, [*new, code.id])
    counts = dict.fromkeys([*new, code.id], 0)
    writes: list[Put | Delete] = [code_put(each) for each in _beside(study, code, into)]
    for coding in codings:
        target = given[coding.id]
        counts[target] += 1
        if target != code.id:
            update = {"code": target, "code_version": new[target].definition_version}
            writes.append(put("codings", coding.model_copy(update=update)))
    stands = code if counts[code.id] else code.model_copy(update={"retired": True})
    if stands != code:
        writes.append(code_put(stands))
    writes += decisions_of_split(study, code.id, given)
    return Split(stands, study.save(writes).change, counts)


def codings_under(study: Study, code: str) -> list[Coding]:
    """The codings of one code, codes below it not included, in the order of the texts."""
    from fieldkit.records.codings import Coding

    found = [Coding.of(body) for _, body in study.where("codings", "code", code)]
    return sorted(
        found, key=lambda each: (each.response or each.document or "", each.start, each.end, each.id)
    )


def _refuse_blind(study: Study) -> None:
    """Codes are merged and split by whoever sees all of their codings."""
    if study.blind is not None:
        told = t("hand in your share first: merging or splitting a code changes codings that you do not see")
        raise StudyError(told)


def _codes_merged(study: Study, ending: Code, going_on: Code) -> list[Code]:
    """The codes as they stand once one is merged into another: these two, and those under the first."""
    places = code_places(study)
    aliases = [each for each in ending.aliases if each not in going_on.aliases]
    stays = going_on.model_copy(update={"aliases": [*going_on.aliases, *aliases]})
    if ending.id in {step.id for step in study.codebook.path(going_on.id)}:
        # The code that goes on stands below the one that ends: it moves up to where that one stood.
        stays = stays.model_copy(update={"parent": ending.parent, "order": places[ending.id]})
    last = max(places.values())
    below = [each for each in study.codebook.children(ending.id) if each.id != going_on.id]
    codes = [ending.model_copy(update={"retired": True, "aliases": []})]
    codes += [stays] if stays != going_on else []
    return codes + [
        each.model_copy(update={"parent": going_on.id, "order": last + 1 + at})
        for at, each in enumerate(below)
    ]


def _beside(study: Study, code: Code, new: Sequence[Code]) -> list[Code]:
    """New codes in the order given, between the code that they come of and the one after it."""
    places = code_places(study)
    here = places[code.id]
    after = [places[each.id] for each in study.codebook.children(code.parent) if places[each.id] > here]
    step = (min(after, default=here + 1) - here) / (len(new) + 1)
    return [
        each.model_copy(update={"order": here + step * at}) if each.parent == code.parent else each
        for at, each in enumerate(new, start=1)
    ]


def _merged(
    moved: Sequence[Coding], standing: Sequence[Coding], code: str
) -> tuple[list[Put | Delete], dict[str, str]]:
    """The codings of a code that ends, given to another; those it has already are not doubled.

    Returns:
        The writes; and id of each coding that ends to that of the one in its place.
    """
    there = {_place(coding): coding for coding in standing}
    before = {coding.id: coding for coding in standing}
    kept: dict[str, str] = {}
    for coding in moved:
        same = there.get(_place(coding))
        if same is None:
            there[_place(coding)] = coding.model_copy(update={"code": code})
            continue
        kept[coding.id] = same.id
        questions = [*same.evaluation_questions, *coding.evaluation_questions]
        memos = dict.fromkeys(memo for memo in (same.memo, coding.memo) if memo)
        update = {
            "evaluation_questions": sorted(set(questions), key=questions.index),
            "memo": "\n".join(memos) or None,
            "outgoing": _let_out(same.outgoing, coding.outgoing),
        }
        there[_place(coding)] = same.model_copy(update=update)
    writes: list[Put | Delete] = [Delete("codings", each) for each in kept]
    writes += [put("codings", each) for each in there.values() if before.get(each.id) != each]
    return writes, kept


def _let_out(one: LettingOut | None, other: LettingOut | None) -> LettingOut | None:
    """What was decided on a passage before it may leave; where two decisions differ, it waits again."""
    if one is None or other is None:
        return one or other
    return one if one.leaves == other.leaves else None


def _words(coding: Coding) -> tuple[str | None, str | None, int, int]:
    """Which words a coding is of."""
    return coding.response, coding.document, coding.start, coding.end


def _place(
    coding: Coding,
) -> tuple[tuple[str | None, str | None, int, int], str | None, str | None]:
    """Which words it is of, by whom and in which layer: of these there is one for each code."""
    return _words(coding), coding.coder, coding.layer
