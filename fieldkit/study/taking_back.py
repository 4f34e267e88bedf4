"""A file that `elsewhere` saved, taken back into the store: nothing of it is lost, nor of what is there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from fieldkit.records.interviews import Interview
from fieldkit.records.responses import PARAGRAPH_LIMIT, Response, ResponseKey
from fieldkit.say import t
from fieldkit.storage.draft_copy import read_copy
from fieldkit.storage.errors import StoreError
from fieldkit.storage.writes import Delete
from fieldkit.study.draft import InterviewDraft, stored_words
from fieldkit.study.elsewhere import ABOUT
from fieldkit.study.errors import StudyError
from fieldkit.study.keeping import UnkeptAnswer
from fieldkit.study.marks import PARAPHRASE
from fieldkit.study.memo import MEMO, memo_id
from fieldkit.study.study import Study, put
from fieldkit.text import shortened, visible_line

Body = Mapping[str, Any]
Words = list[dict[str, Any]]

_BESIDE_WORDS = ("disposition", "reason", "value", "also_answers", "probes")


@dataclass
class Taken:
    """What came of a file that was taken back.

    Attributes:
        interview: id of its interview.
        drafted: answers whose words stand in the interview's draft now.
        recorded: answers whose value or outcome was recorded.
        known: answers that the study had already as the file has them, or further on.
        notes: what the user should know, one line each.
    """

    interview: str
    drafted: int = 0
    recorded: int = 0
    known: int = 0
    notes: list[str] = field(default_factory=list)


class _About(NamedTuple):
    at: str
    place: ResponseKey
    interview: Interview


def take_back(study: Study, path: Path) -> Taken:
    """Take in a file that `save_elsewhere` wrote.

    Its words become drafted words of the interview, which appear when that is opened, as after a crash; where
    the study has other words by now, they come below those. Values and outcomes are recorded.

    Args:
        study: the study, open for writing.
        path: the file.

    Raises:
        StudyError: the study does not have the interview.
        AuthorNeeded: nobody has said who is at work.
        StoreError: the file is damaged or of another study; or nothing could be written.
    """
    if study.store is None:
        told = t("{path}: nothing was ever kept in this study, so this file is not of it")
        raise StudyError(told.format(path=path))
    name, values = read_copy(path, study.store)
    about, answers = _checked(path, name, values)
    study.need_author()
    _need_interview(study, path, about.interview)
    back = _TakingBack(study, InterviewDraft(study.store.drafts, name), about)
    for answer in answers:
        back.take(answer)
    return back.taken


class _TakingBack:
    """Takes the answers of one file back, one after the other; done twice, it changes nothing more."""

    def __init__(self, study: Study, draft: InterviewDraft, about: _About) -> None:
        self.taken = Taken(about.interview.id)
        self._study = study
        self._draft = draft
        self._about = about
        responses = [
            Response.of(body) for _, body in study.where("responses", "interview", about.interview.id)
        ]
        self._ids = {response.key: response.id for response in responses}

    def take(self, answer: UnkeptAnswer) -> None:
        """Draft an answer's words and record the rest, each unless the study has it already."""
        key = answer.key
        if key == MEMO:
            self._take_memo(answer)
            return
        if not self._has(key.respondent):
            told = t("{answer} is the answer of a person who is not in this study any more; it was left out")
            self._tell(key, told)
            return
        answer = self._without_strangers(answer)
        # An id in the file is not relied on: it might be another record's.
        record = self._ids.get(key) or key.response_id(self._about.interview.id)
        row = self._study.row("responses", record)
        words = stored_words(row, self._draft, key)
        if answer.response is None:
            self._empty(answer, record, row, words)
            return
        merged = self._merged(answer, words)
        records = _beside_words(answer.response) != _beside_words(row)
        if records and _beside_words(row) != _beside_words(answer.row):
            records = False
            merged = self._with_remark(answer, merged)
        drafts = not _same(merged, words)
        if drafts:
            # First, so that no crash brings older words back over those that are recorded next.
            self._draft.keep({key: merged}, self._about.place)
        if records:
            body = {**answer.response, "id": record, "paragraphs": _trimmed(merged)}
            self._study.save([put("responses", Response.of(body))])
            self._draft.drop(key, self._about.place)
        self.taken.recorded += records
        self.taken.drafted += drafts and not records
        self.taken.known += not drafts and not records

    def _take_memo(self, answer: UnkeptAnswer) -> None:
        """Draft the words of the interviewer's memo, unless the study has them already."""
        row = self._study.row("memos", memo_id(self._about.interview.id))
        words = stored_words(row, self._draft, MEMO)
        merged = self._merged(answer, words)
        drafts = not _same(merged, words)
        if drafts:
            self._draft.keep({MEMO: merged}, self._about.place)
        self.taken.drafted += drafts
        self.taken.known += not drafts

    def _empty(self, answer: UnkeptAnswer, record: str, row: Body | None, words: Words) -> None:
        """Take everything out of an answer, unless something came in since."""
        if not words and row is None:
            self.taken.known += 1
        elif not _same(words, answer.before) or _beside_words(row) != _beside_words(answer.row):
            told = t("{answer} was emptied there, but changed here since; it stays as it is here")
            self._tell(answer.key, told)
            self.taken.known += 1
        else:
            if row is not None:
                self._study.save([Delete("responses", record)])
            self._draft.drop(answer.key, self._about.place)
            self.taken.recorded += 1

    def _merged(self, answer: UnkeptAnswer, words: Words) -> Words:
        """The words that are to stand: those of the file, or those there are, or both."""
        if _same(words, answer.before):
            return answer.paragraphs
        # Whole paragraphs only: a short answer may stand in a longer word by chance.
        if f"\n{_text(answer.paragraphs)}\n" in f"\n{_text(words)}\n":
            return words
        told = t("{answer} has other words here by now; those of the file stand below them")
        self._tell(answer.key, told)
        return [*_trimmed(words), *answer.paragraphs]

    def _with_remark(self, answer: UnkeptAnswer, words: Words) -> Words:
        """The words with the file's value and outcome written below: others stand in the study by now."""
        said = {name: value for name, value in _beside_words(answer.response).items() if value is not None}
        text = f"Saved elsewhere {self._about.at[:16]}: {json.dumps(said, ensure_ascii=False)}"
        if text in _text(words):
            return words
        told = t("{answer} has another value or outcome here by now; the file's stands in a note")
        self._tell(answer.key, told)
        return [*_trimmed(words), {"text": text, "kind": "note"}]

    def _without_strangers(self, answer: UnkeptAnswer) -> UnkeptAnswer:
        """The answer without the words of people who were erased from this study meanwhile."""
        own = [words for words in answer.paragraphs if self._has(words.get("respondent"))]
        if len(own) < len(answer.paragraphs):
            told = t("{answer} has words of a person who is not in this study any more; they were left out")
            self._tell(answer.key, told)
        return answer._replace(paragraphs=own)

    def _has(self, respondent: str | None) -> bool:
        return respondent is None or self._study.row("respondents", respondent) is not None

    def _tell(self, key: ResponseKey, told: str) -> None:
        """Tell something of an answer, which is put in where it is named."""
        self.taken.notes.append(told.format(answer=visible_line(shortened(key.response_id("")[1:], 60))))


def _checked(path: Path, name: str, values: dict[str, Any]) -> tuple[_About, list[UnkeptAnswer]]:
    """What a file holds, if it is what `save_elsewhere` writes: a plain file may come from anybody."""
    try:
        told = values.pop(ABOUT)
        about = _About(str(told["at"]), ResponseKey(*told["place"]), Interview.of(told["interview"]))
        if about.interview.id != name:
            raise ValueError("another interview")
        return about, [_answer(name, value) for value in values.values()]
    except (KeyError, TypeError, ValueError):
        told = t("{path}: not what fieldkit saves elsewhere; nothing was taken in")
        raise StoreError(told.format(path=path)) from None


def _answer(interview: str, value: dict[str, Any]) -> UnkeptAnswer:
    answer = UnkeptAnswer(**{**value, "key": ResponseKey(*value["key"])})
    said = {"id": "checked", "interview": interview, **answer.key._asdict()}
    for body in (
        {**said, "paragraphs": answer.paragraphs},
        {**said, "paragraphs": answer.before},
        answer.response or said,
        answer.row or said,
    ):
        response = Response.of(body)
        if (response.interview, response.key) != (interview, answer.key):
            raise ValueError("another answer")
        if len(response.paragraphs) > PARAGRAPH_LIMIT:
            raise ValueError("too many paragraphs")
    return answer


def _need_interview(study: Study, path: Path, interview: Interview) -> None:
    """See that the study has the interview; one that was refused as well is recorded, as it was then."""
    if study.row("interviews", interview.id) is not None:
        return
    if any(study.row("respondents", person) is None for person in interview.respondents):
        told = t(
            "{path}: neither interview {interview} nor the person it was with is in this study; nothing was "
            "taken in"
        )
        raise StudyError(told.format(path=path, interview=shortened(interview.id, 60)))
    # It would never open without its guide.
    study.guide_for(interview)
    study.save([put("interviews", interview)])


def _beside_words(body: Body | None) -> dict[str, Any]:
    """What a response says other than its words; one with words alone says as much as none."""
    found = {name: (body or {}).get(name) for name in _BESIDE_WORDS}
    found = {name: None if value == [] else value for name, value in found.items()}
    return {**found, "disposition": found["disposition"] or "answered"}


def _text(paragraphs: Iterable[Body]) -> str:
    return "\n".join(str(paragraph["text"]) for paragraph in paragraphs).strip()


def _trimmed(paragraphs: Words) -> Words:
    """Paragraphs as a response has them: none of blanks at the end."""
    end = len(paragraphs)
    while end and not str(paragraphs[end - 1]["text"]).strip():
        end -= 1
    return paragraphs[:end]


def _same(one: Words, other: Words) -> bool:
    """Whether the same was said, in the same words with the same marks; when it was does not count."""
    said = [
        [{"kind": PARAPHRASE, **each, "offset_s": None} for each in _trimmed(words)] for words in (one, other)
    ]
    return said[0] == said[1]
