"""Codes merged into one, and a code split into several after a look at each of its passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from fieldkit.say import t, tn
from fieldkit.storage.writes import Delete, Put
from fieldkit.study.code_changes import CodeChanged, check_names, code_put
from fieldkit.study.codebook import find_code
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.study import Study, put

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code
    from fieldkit.records.codings import Coding


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

    Codes under it come under the other. Where a coder gave both to the same passage, one coding is left,
    which speaks to the evaluation questions of both and has the remarks of both. Each coding keeps the
    version of the definition it was made under, so that the report on these still tells.

    Args:
        study: the study.
        ref: id, name or alias of the code that ends.
        into: id, name or alias of the code that goes on.

    Returns:
        The code that goes on, and how many codings became its own.

    Raises:
        StudyError: they are the same code; nothing was written.
    """
    ending, going_on = find_code(study, ref), find_code(study, into)
    if ending.id == going_on.id:
        raise StudyError(t("code {code} cannot be merged into itself").format(code=ending.id))
    if going_on.retired:
        told = t("code {code} is retired: bring it back before another is merged into it")
        raise StudyError(told.format(code=going_on.id))
    codes: dict[str, Code] = {ending.id: ending.model_copy(update={"retired": True})}
    if ending.id in {step.id for step in study.codebook.path(going_on.id)}:
        # The code that goes on stands below the one that ends: it moves up to where that one stood.
        codes[going_on.id] = going_on.model_copy(update={"parent": ending.parent})
    for child in study.codebook.children(ending.id):
        if child.id != going_on.id:
            codes[child.id] = child.model_copy(update={"parent": going_on.id})
    moved = codings_under(study, ending.id)
    writes: list[Put | Delete] = [code_put(code) for code in codes.values()]
    writes += _merged(moved, codings_under(study, going_on.id), going_on.id)
    change = study.save(writes).change
    return CodeChanged(codes.get(going_on.id, going_on), change, len(moved))


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
    writes: list[Put | Delete] = [code_put(each) for each in into]
    for coding in codings:
        target = given[coding.id]
        counts[target] += 1
        if target != code.id:
            update = {"code": target, "code_version": new[target].definition_version}
            writes.append(put("codings", coding.model_copy(update=update)))
    stands = code if counts[code.id] else code.model_copy(update={"retired": True})
    if stands != code:
        writes.append(code_put(stands))
    return Split(stands, study.save(writes).change, counts)


def codings_under(study: Study, code: str) -> list[Coding]:
    """The codings of one code, codes below it not included, in the order of the texts."""
    from fieldkit.records.codings import Coding

    found = [Coding.of(body) for _, body in study.where("codings", "code", code)]
    return sorted(
        found, key=lambda each: (each.response or each.document or "", each.start, each.end, each.id)
    )


def _merged(moved: Sequence[Coding], standing: Sequence[Coding], code: str) -> list[Put | Delete]:
    """The codings of a code that ends, given to another; those it has already are not doubled."""
    there = {_place(coding): coding for coding in standing}
    writes: list[Put | Delete] = []
    for coding in moved:
        same = there.get(_place(coding))
        if same is None:
            there[_place(coding)] = changed = coding.model_copy(update={"code": code})
            writes.append(put("codings", changed))
            continue
        questions = [*same.evaluation_questions, *coding.evaluation_questions]
        memos = dict.fromkeys(memo for memo in (same.memo, coding.memo) if memo)
        update = {
            "evaluation_questions": sorted(set(questions), key=questions.index),
            "memo": "\n".join(memos) or None,
        }
        both = there[_place(coding)] = same.model_copy(update=update)
        writes += [Delete("codings", coding.id), *([put("codings", both)] if both != same else [])]
    return writes


def _place(coding: Coding) -> tuple[str | None, str | None, int, int, str | None, str | None]:
    return (
        coding.response,
        coding.document,
        coding.start,
        coding.end,
        coding.coder,
        coding.layer,
    )
