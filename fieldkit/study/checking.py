"""Check a study: its files, and what editing them means for what was recorded already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fieldkit.say import t, tn
from fieldkit.study.study import Study

if TYPE_CHECKING:
    from fieldkit.protocol.guide import Guide
    from fieldkit.protocol.problems import Problem


def check_study(study: Study) -> list[Problem]:
    """All that is to be said of a study's files.

    Args:
        study: the study; looking is enough.

    Returns:
        The faults of the files, and as notes (or warnings, where a guide was changed without a new
        version) what was recorded under another form of them.
    """
    from fieldkit.protocol.check import check_protocol

    return sorted([*check_protocol(study.protocol), *_guides_since_held(study), *_codes_edited(study)])


def _guides_since_held(study: Study) -> Iterator[Problem]:
    """For each guide that interviews were held with in another form, what has changed since."""
    from fieldkit.protocol.guide import Guide
    from fieldkit.protocol.problems import Problem

    for stored_id, stored in study.rows("guides").items():
        present = study.protocol.guides.get(stored["guide"])
        held = [interview for interview, _ in study.where("interviews", "guide_hash", stored_id)]
        if present is None or present.content_hash == stored_id or not held:
            continue
        before = Guide.from_dict(stored["content"])
        changes = "; ".join(_changes(study, before, present, held))
        told = _told_of_form(len(held), same_version=before.version == present.version)
        yield Problem(
            file=f"{present.id}.yaml",
            line=0,
            severity="warning" if before.version == present.version else "note",
            message=told.format(
                n=len(held),
                version=before.version,
                changes=changes or t("only words around the items changed"),
            ),
        )


def _told_of_form(n: int, *, same_version: bool) -> str:
    if same_version:
        return tn(
            "{n} interview was held with another form of version {version}, and keep it: {changes}; "
            "give the guide a new version",
            "{n} interviews were held with another form of version {version}, and keep it: {changes}; "
            "give the guide a new version",
            n,
        )
    return tn(
        "{n} interview was held with another form of version {version}, and keep it: {changes}",
        "{n} interviews were held with another form of version {version}, and keep it: {changes}",
        n,
    )


def _changes(study: Study, before: Guide, after: Guide, held: list[str]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for interview in held:
        for _, response in study.where("responses", "interview", interview):
            counts[response["item"]] = counts.get(response["item"], 0) + 1
    for item in before.items():
        noted = counts.get(item.id, 0)
        if not after.has_item(item.id):
            told = _told_of_gone(noted)
        elif after.item(item.id) != item:
            told = _told_of_changed(noted)
        else:
            continue
        yield told.format(item=item.id, n=noted)
    for item in after.items():
        if not before.has_item(item.id):
            yield t("item {item} is new").format(item=item.id)


def _told_of_gone(noted: int) -> str:
    if not noted:
        return t("item {item} is gone")
    return tn("item {item} is gone ({n} response)", "item {item} is gone ({n} responses)", noted)


def _told_of_changed(noted: int) -> str:
    if not noted:
        return t("item {item} is not the same")
    return tn(
        "item {item} is not the same ({n} response)", "item {item} is not the same ({n} responses)", noted
    )


def _codes_edited(study: Study) -> Iterator[Problem]:
    """The codes of the file that the study's own edit stands in place of."""
    from fieldkit.protocol.problems import Problem
    from fieldkit.study.codebook import code_of

    base = study.protocol.codebook
    if base is None:
        return
    in_file = {code.id: code for code in base.codes}
    for code_id, body in study.rows("codes").items():
        if code_id in in_file and in_file[code_id] != code_of(code_id, body):
            told = t("code {code} was edited in this study: the file's words for it are not in force")
            yield Problem(file="codebook.yaml", line=0, severity="note", message=told.format(code=code_id))
