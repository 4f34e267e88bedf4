"""Taking back what was done in Coding, and saying what that was."""

from __future__ import annotations

from typing import Any, Final

from fieldkit.say import t
from fieldkit.study.anchoring import place_of
from fieldkit.study.history import undo
from fieldkit.study.study import Study
from fieldkit.tui.widgets.coding_bench import code_names, shorten
from fieldkit.tui.widgets.coding_entries import Key

TABLES: Final = frozenset({"codings", "chart", "codes"})
"""The tables that Coding writes, and takes back; a code where it was made of a passage."""

MOST_TOLD: Final = 3
"""Records of a change that are told one by one."""


def undo_coding(study: Study, language: str) -> tuple[str, list[Key]]:
    """Take back the author's last change to codings or to the chart.

    Args:
        study: the study.
        language: language of the names of codes.

    Returns:
        What was undone, in a sentence; and the responses and documents whose codings it changed.

    Raises:
        StudyError: there is nothing to undo.
        StoreError: it was changed since, or could not be made durable.
    """
    commit = undo(study, tables=TABLES)
    told: list[str] = []
    changed: dict[Key, None] = {}
    for revision in commit.revisions:
        previous = study.store.previous(revision) if study.store is not None else None
        before = previous.body or {} if previous is not None else {}
        after = {} if revision.deleted else revision.body or {}
        if revision.table == "chart":
            told.append(_chart(study, before or after, after, language))
        elif revision.table == "codes":
            template = t("code {code} as it was before") if after else t("code {code} taken away")
            told.append(template.format(code=revision.record))
        else:
            changed[place_of(after or before)] = None
            told.append(_coding(study, before, after, language))
    if len(told) > MOST_TOLD:
        told[MOST_TOLD:] = [t("{n} more").format(n=len(told) - MOST_TOLD)]
    return t("Undone: {what}").format(what="; ".join(told)), list(changed)


def _coding(study: Study, before: dict[str, Any], after: dict[str, Any], language: str) -> str:
    coding = after or before
    name = code_names(study, [str(coding.get("code"))], language)[0]
    quote = coding.get("quote")
    where = f"“{shorten(str(quote))}”" if quote else t("the response")
    if not after:
        return t("{code} taken off {where}").format(code=name, where=where)
    if not before:
        return t("{code} given back to {where}").format(code=name, where=where)
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
