"""Search over all notes as one types, whatever the case and accents."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from fieldkit.records.responses import ResponseKey
from fieldkit.study.errors import StudyError
from fieldkit.study.standing import Standing, has_words
from fieldkit.study.steps import numbered_items
from fieldkit.text import fold

if TYPE_CHECKING:
    from fieldkit.study.study import Study

MOST_SHOWN: Final = 50
"""Most notes that a search hands out; how many more there are is counted."""

_REMEMBERED: Final = 100
"""Most queries whose notes are remembered while one types."""

_BEFORE: Final = 30
"""Characters of a text that are shown before what was found in it."""


@dataclass(frozen=True, slots=True)
class Note:
    """The notes under one item of one interview, as far as they may be shown.

    Attributes:
        response: id of the response.
        interview: id of the interview.
        key: which answer of the interview it is.
        codes: codes of those present, or of the one whose answer it is.
        group: respondent group of the first of those present.
        number: the item's number in its guide; 0 where the guide cannot be had.
        questions: evaluation questions that the item serves.
        state: the interview's state.
        text: the words; a line is a paragraph.
        folded: the same for searching.
    """

    response: str
    interview: str
    key: ResponseKey
    codes: str
    group: str
    number: int
    questions: tuple[str, ...]
    state: str
    text: str
    folded: str


@dataclass(frozen=True)
class Filters:
    """What notes are looked through; None looks through all.

    Attributes:
        group: a respondent group.
        question: an evaluation question, its parts included.
        state: a state of interviews.
    """

    group: str | None = None
    question: str | None = None
    state: str | None = None

    def take(self, note: Note) -> bool:
        """Whether a note is looked through."""
        return (
            self.group in (None, note.group)
            and self.state in (None, note.state)
            and (self.question is None or any(_is_of(each, self.question) for each in note.questions))
        )


@dataclass(frozen=True)
class Found:
    """What a search came to.

    Attributes:
        notes: the first of the notes found, in the order of codes and items.
        total: how many were found in all.
    """

    notes: tuple[Note, ...]
    total: int


class NotesIndex:
    """All notes of a study that may be shown, ready to be searched.

    `refresh` may run in a thread of its own while `find` is used; it changes what is found all at once.
    """

    def __init__(self, study: Study) -> None:
        """Make an index, empty until it is refreshed."""
        self._study = study
        self._notes: Sequence[Note] = ()
        self._filters = Filters()
        self._typed: dict[str, Sequence[Note]] = {"": ()}

    def __len__(self) -> int:
        return len(self._notes)

    def refresh(self) -> None:
        """Bring the index up to what the store has: words that were folded before are not folded again.

        Words of withdrawn interviews, and of persons who refused or withdrew, are left out.
        """
        before = {note.response: note for note in self._notes}
        notes = sorted(self._read(before), key=lambda note: (note.codes, note.number, note.response))
        self._notes = notes
        self._typed = {"": [note for note in notes if self._filters.take(note)]}

    def find(self, query: str, filters: Filters | None = None) -> Found:
        """The notes that have every word of a query, or the beginning, middle or end of one.

        Args:
            query: what was typed; blanks stand between words.
            filters: what is looked through.
        """
        wanted, words = filters or Filters(), fold(query).split()
        if self._filters != wanted or len(self._typed) > _REMEMBERED:
            self._filters = wanted
            self._typed = {"": [note for note in self._notes if wanted.take(note)]}
        typed = self._typed
        told = " ".join(words)
        # With one more letter no note is found that was not found without it.
        before = next(told[:end] for end in range(len(told), -1, -1) if told[:end] in typed)
        found = typed[before]
        for word in words if before != told else ():
            found = [note for note in found if word in note.folded]
        typed[told] = found
        return Found(tuple(found[:MOST_SHOWN]), len(found))

    def _read(self, before: dict[str, Note]) -> Iterator[Note]:
        study, standing = self._study, Standing(self._study)
        held: dict[str, _Held | None] = {}
        for response, body in study.rows("responses").items():
            if not has_words(body):
                continue
            interview = body["interview"]
            if interview not in held:
                held[interview] = _held(study, interview)
            about = held[interview]
            if about is None or not standing.response(body, about.body):
                continue
            text = "\n".join(
                paragraph.get("text", "")
                for paragraph in body["paragraphs"]
                if standing.person(paragraph.get("respondent"), interview)
            )
            if text.strip():
                yield _note(response, body, about, text, before.get(response))


@dataclass(frozen=True)
class _Held:
    """An interview, with what is said of all its notes."""

    body: dict[str, Any]
    codes: dict[str, str]
    group: str
    items: dict[str, tuple[int, tuple[str, ...]]]


def _held(study: Study, interview: str) -> _Held | None:
    from fieldkit.records.interviews import Interview

    body = study.row("interviews", interview)
    if body is None:
        return None
    people = {person: study.row("respondents", person) or {} for person in body["respondents"]}
    codes = {person: str(row.get("code", "?")) for person, row in people.items()}
    items: dict[str, tuple[int, tuple[str, ...]]] = {}
    try:
        guide = study.guide_for(Interview.of(body))
    except StudyError:
        guide = None
    if guide is not None:
        for number, item in enumerate(numbered_items(guide), start=1):
            items[item.id] = (number, tuple(guide.questions_of(item.id)))
    group = str(next(iter(people.values()), {}).get("group", ""))
    return _Held(body, codes, group, items)


def _note(response: str, body: dict[str, Any], about: _Held, text: str, before: Note | None) -> Note:
    number, questions = about.items.get(body["item"], (0, ()))
    person = body.get("respondent")
    return Note(
        response=response,
        interview=body["interview"],
        key=ResponseKey(body["item"], body.get("instance"), person),
        codes=about.codes.get(person, "?") if person is not None else " ".join(about.codes.values()),
        group=about.group,
        number=number,
        questions=questions,
        state=about.body["state"],
        text=text,
        folded=before.folded if before is not None and before.text == text else fold(text),
    )


def excerpt(note: Note, query: str) -> tuple[str, str, str]:
    """The paragraph of a note in which a query's first word stands.

    Args:
        note: the note.
        query: what was searched; nothing gives the beginning.

    Returns:
        What stands before the word (its end only, where it is long), the word as it is written, and the rest.
    """
    words = fold(query).split()
    at = note.folded.find(words[0]) if words else -1
    if at < 0:
        return "", "", note.text.partition("\n")[0]
    start, end = _place(note, at), _place(note, at + len(words[0]))
    head = note.text[:start].rpartition("\n")[2]
    shown = head if len(head) <= _BEFORE else f"…{head[-_BEFORE:]}"
    return shown, note.text[start:end], note.text[end:].partition("\n")[0]


def _place(note: Note, folded_at: int) -> int:
    """Where in a text a place of its folded form is."""
    if len(note.text) == len(note.folded):
        return folded_at
    # Folding makes one letter of some and several of others: `…` becomes three full stops.
    ends = list(accumulate(len(fold(character)) for character in note.text))
    return bisect_right(ends, folded_at)


def _is_of(question: str, wanted: str) -> bool:
    return question == wanted or (question.startswith(wanted) and question[len(wanted) :].isalpha())
