"""The official's corrections to the record of her interview, taken in as an amendment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from fieldkit.say import t
from fieldkit.storage.writes import Put
from fieldkit.study.cleaning import check_recorded
from fieldkit.study.clock import now
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study, put
from fieldkit.study.validation_record import RecordedAnswer, recorded_answers
from fieldkit.text import normalise, visible

if TYPE_CHECKING:
    from fieldkit.records.interviews import Interview


@dataclass
class Amended:
    """What came of a record that came back.

    Attributes:
        interview: id of the interview.
        answers: ids of the responses that were changed.
        change: id of the change; empty where she changed nothing.
    """

    interview: str
    answers: list[str] = field(default_factory=list)
    change: str = ""


def amend(
    study: Study,
    interview: Interview,
    returned: Mapping[str, Sequence[str]],
    *,
    means: str,
    received_on: str | None = None,
) -> Amended:
    """Take in an official's corrections; all in one change, durable when this returns.

    What she left alone keeps all that it has; a line that she changed is a paraphrase from now on, whatever
    it was, and one that she added too. The notes that the record did not show stay where they were. What
    was there before stays in the history, and codings follow their words.

    Args:
        study: the study.
        interview: the interview.
        returned: reference of each answer, as its record had it, to the lines that came back.
        means: how she sent it.
        received_on: when it came: ISO date, month or year.

    Raises:
        StudyError: it is no record of this interview, or an answer was changed here since it was written;
            nothing was taken in.
        StoreError: it could not be made durable.
    """
    from fieldkit.records.interviews import Amendment

    author = study.need_author()
    language = interview.language or study.framework.languages[0]
    answers = {each.reference: each for each in recorded_answers(study, interview, language)}
    names = {_item_of(reference): reference for reference in answers}
    if not any(_item_of(reference) in names for reference in returned):
        raise StudyError(t("this is no record of interview {interview}").format(interview=interview.id))
    since = sorted(_item_of(each) for each in returned if each not in answers)
    if since:
        told = t(
            "changed here since this record was written: {answers}; write the record anew and put her "
            "corrections into that"
        )
        raise StudyError(told.format(answers=", ".join(since)))
    writes: list[Put] = []
    corrected: dict[str, str] = {}
    for reference, lines in returned.items():
        answer = answers[reference]
        paragraphs = _corrected(answer, lines)
        if paragraphs is not None:
            check_recorded(study, answer.response)
            body = {**answer.response.body(), "paragraphs": paragraphs}
            writes.append(put("responses", type(answer.response).of(body)))
            head = study.begin_store().head("responses", answer.response.id)
            corrected[answer.response.id] = head or ""
    if not writes:
        return Amended(interview.id)
    amendment = Amendment(at=now(), by=author, means=means, received_on=received_on, answers=corrected)
    changed = interview.model_copy(update={"amendments": [*interview.amendments, amendment]})
    commit = study.save([*writes, put("interviews", changed)])
    return Amended(interview.id, list(corrected), commit.change)


def _item_of(reference: str) -> str:
    return reference.rpartition(" ")[0]


def _corrected(answer: RecordedAnswer, returned: Sequence[str]) -> list[dict[str, Any]] | None:
    """The paragraphs as she corrected them; None where she left them alone."""
    lines = [line for each in returned if (line := normalise(each).text.strip())]
    before, after = [_plain(line) for line in answer.lines], [_plain(line) for line in lines]
    if before == after:
        return None
    paragraphs: list[dict[str, Any]] = answer.response.body()["paragraphs"]
    kept: dict[int, list[dict[str, Any]]] = {}
    # What she added before all else comes first: before place 0 stands place -1.
    for kind, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for number in range(first, last):
            place = answer.shown[number]
            taken = start + number - first
            if kind == "equal":
                kept[place] = [paragraphs[place]]
            elif taken < end:
                kept[place] = [{**paragraphs[place], "text": lines[taken], "kind": "paraphrase"}]
            else:
                kept[place] = []
        anchor = answer.shown[last - 1] if last else -1
        added = lines[max(start + last - first, start) : end] if kind != "equal" else []
        like = {"kind": "paraphrase", "respondent": answer.response.respondent}
        kept.setdefault(anchor, []).extend({**like, "text": line} for line in added)
    corrected = list(kept.get(-1, []))
    for place, paragraph in enumerate(paragraphs):
        corrected += kept.get(place, [] if place in answer.shown else [paragraph])
    return corrected


def _plain(line: str) -> str:
    """A line as the record shows it, blanks aside, which Word does not keep as they were."""
    return " ".join(visible(line).split())
