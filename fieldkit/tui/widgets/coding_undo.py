"""Taking back what was done in Coding, doing it again, and saying what that was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from fieldkit.say import t
from fieldkit.study.anchoring import place_of
from fieldkit.study.history import redo, undo
from fieldkit.study.study import Study
from fieldkit.tui.widgets.coding_bench import code_names, shorten
from fieldkit.tui.widgets.coding_entries import Key

if TYPE_CHECKING:
    from fieldkit.storage.writes import Commit

TABLES: Final = frozenset({"codings", "chart", "codes"})
"""The tables that Coding writes, and takes back; a code where it was made of a passage."""

MOST_TOLD: Final = 3
"""Records of a change that are told one by one."""


class Taken(NamedTuple):
    """What came of taking something back, or of doing it again.

    Attributes:
        told: what was done, in a sentence.
        changed: the responses and documents whose codings it changed.
    """

    told: str
    changed: Sequence[Key]


def undo_coding(study: Study, language: str) -> Taken:
    """Take back the author's last change to codings or to the chart, in this sitting or an earlier one.

    Args:
        study: the study.
        language: language of the names of codes.

    Raises:
        StudyError: there is nothing to undo.
        StoreError: it was changed since, or could not be made durable.
    """
    what, changed = _what(study, undo(study, tables=TABLES), language)
    return Taken(t("Undone: {what}").format(what=what), changed)


def redo_coding(study: Study, language: str) -> Taken:
    """Do again what the author's last undo took back, in this sitting or an earlier one.

    Args:
        study: the study.
        language: language of the names of codes.

    Raises:
        StudyError: there is nothing to do again, or something was done since the undo.
        StoreError: it was changed since, or could not be made durable.
    """
    what, changed = _what(study, redo(study, tables=TABLES), language)
    return Taken(t("Done again: {what}").format(what=what), changed)


def _what(study: Study, commit: Commit, language: str) -> tuple[str, list[Key]]:
    """What a commit brought back, in words; and where it changed codings."""
    told: list[str] = []
    changed: dict[Key, None] = {}
    for revision in commit.revisions:
        previous = study.store.previous(revision) if study.store is not None else None
        before = previous.body or {} if previous is not None else {}
        after = {} if revision.deleted else revision.body or {}
        if revision.table == "chart":
            told.append(_chart(study, before or after, after, language))
        elif revision.table == "codes":
            told.append(_code(revision.record, before, after))
        else:
            changed[place_of(after or before)] = None
            told.append(_coding(study, before, after, language))
    if len(told) > MOST_TOLD:
        told[MOST_TOLD:] = [t("{n} more").format(n=len(told) - MOST_TOLD)]
    return "; ".join(told), list(changed)


def _code(code: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    if not after:
        return t("code {code} taken away").format(code=code)
    if not before:
        return t("code {code} is there again").format(code=code)
    return t("code {code} as it was before").format(code=code)


def _coding(study: Study, before: dict[str, Any], after: dict[str, Any], language: str) -> str:
    coding = after or before
    name = code_names(study, [str(coding.get("code"))], language)[0]
    quote = coding.get("quote")
    where = f"“{shorten(str(quote))}”" if quote else t("the response")
    if not after:
        return t("{code} taken off {where}").format(code=name, where=where)
    if not before:
        return t("{code} given back to {where}").format(code=name, where=where)
    if before.get("quote") != quote or before.get("start") != after.get("start"):
        return t("{code} stands on {where} again").format(code=name, where=where)
    if before.get("memo") != after.get("memo"):
        return t("memo of {code} as it was before").format(code=name)
    questions = ", ".join(after.get("evaluation_questions", [])) or t("no evaluation question")
    return t("{code} speaks to {questions} again").format(code=name, questions=questions)


def _chart(study: Study, cell: dict[str, Any], after: dict[str, Any], language: str) -> str:
    person = study.row("respondents", str(cell.get("respondent"))) or {}
    framework = study.framework
    names = {each.id: each.name.get(language) for each in framework.positions}
    names |= {each.id: each.name.get(language) for each in framework.bases}
    stance = [names.get(chosen, chosen) for chosen in (after.get("position"), after.get("basis")) if chosen]
    summary = f"“{after['summary']}”" if after.get("summary") else ""
    was = ", ".join(part for part in (*stance, summary) if part)
    return t("chart of {person} on {question}: {was} again").format(
        person=person.get("code", "?"), question=cell.get("evaluation_question"), was=was or t("empty")
    )
