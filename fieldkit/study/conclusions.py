"""Conclusions and recommendations, linked to the findings that they are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from fieldkit.say import t
from fieldkit.storage.writes import Delete
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.findings import find_finding
from fieldkit.study.study import Study, new_id, put
from fieldkit.text import normalise

if TYPE_CHECKING:
    from fieldkit.records.findings import Conclusion


def conclude(
    study: Study, kind: Literal["conclusion", "recommendation"], text: str, findings: Sequence[str]
) -> Conclusion:
    """Write a conclusion or a recommendation; durable when this returns.

    Args:
        study: the study.
        kind: which of the two.
        text: the words.
        findings: ids of the findings that it is drawn from, at least one.

    Raises:
        StudyError: it has no words, names no finding, or one that there is not.
        StoreError: it could not be made durable.
    """
    from fieldkit.records.findings import Conclusion

    words, linked = _words(text), _linked(study, findings)
    made = Conclusion(id=new_id(), kind=kind, text=words, findings=linked, author=study.need_author())
    study.save([put("conclusions", made)])
    return made


def edit_conclusion(
    study: Study, conclusion_id: str, *, text: str | None = None, findings: Sequence[str] | None = None
) -> Conclusion:
    """Change a conclusion or recommendation; its author stays, the trail tells who changed it.

    Args:
        study: the study.
        conclusion_id: its id.
        text: the words in place of those it has; None leaves them.
        findings: ids of the findings that it is drawn from, in place of those it names; None leaves them.

    Raises:
        StudyError: there is none of that id, it would have no words, name no finding, or one that there is
            not; nothing was written.
        StoreError: it could not be made durable.
    """
    before = study.record("conclusions", conclusion_id)
    if before is None:
        raise UnknownId("conclusion or recommendation", conclusion_id, study.rows("conclusions"))
    study.need_author()
    change: dict[str, object] = {}
    if text is not None:
        change["text"] = _words(text)
    if findings is not None:
        change["findings"] = _linked(study, findings)
    changed: Conclusion = before.model_copy(update=change)
    study.save([put("conclusions", changed)])
    return changed


def remove_conclusion(study: Study, conclusion_id: str) -> str:
    """Take a conclusion or recommendation away; the trail keeps it.

    Returns:
        The id of the change, for undoing it.

    Raises:
        UnknownId: there is none of that id.
    """
    if study.row("conclusions", conclusion_id) is None:
        raise UnknownId("conclusion or recommendation", conclusion_id, study.rows("conclusions"))
    return study.save([Delete("conclusions", conclusion_id)]).change


def _words(text: str) -> str:
    words = normalise(text).text.strip()
    if not words:
        raise StudyError(t("a conclusion or recommendation needs words"))
    return words


def _linked(study: Study, findings: Sequence[str]) -> list[str]:
    if not findings:
        raise StudyError(t("say with --on which findings it is drawn from"))
    return [find_finding(study, each).id for each in dict.fromkeys(findings)]
