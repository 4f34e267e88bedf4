"""How the answers of an interview are kept: words in a draft while they are typed, all in the journal."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any, Literal, NamedTuple

from fieldkit.records.base import Record
from fieldkit.records.responses import ResponseKey
from fieldkit.storage.errors import StoreError
from fieldkit.storage.writes import Delete, Put
from fieldkit.study.answers import Answer, with_note
from fieldkit.study.draft import NO_DRAFT, Draft, InterviewDraft, stored_words
from fieldkit.study.errors import AuthorNeeded
from fieldkit.study.memo import MEMO, memo_id
from fieldkit.study.study import Study, put

Saved = Literal["saved", "unsaved", "drafted", "failed"]
"""How safe the words are: in the journal, in memory only, in the draft file, or not written."""


class UnkeptAnswer(NamedTuple):
    """An answer that says something which the journal does not have.

    Attributes:
        key: which answer.
        paragraphs: its notes as they stand on the screen.
        response: the body to record; None where nothing is left of it.
        before: the paragraphs that the interview would open with after a crash.
        row: the body that the journal has, or None.
    """

    key: ResponseKey
    paragraphs: list[dict[str, Any]]
    response: dict[str, Any] | None
    before: list[dict[str, Any]]
    row: dict[str, Any] | None


class Keeping:
    """Keeps the answers of one interview, and knows how safe they are.

    `autosave` may run in a thread of its own; everything else belongs to one thread.

    Attributes:
        place: the answer being worked on; a draft remembers it.
        draft: where words are while they are typed.
        failure: why the last write failed, one line; None once nothing is left unwritten.
    """

    def __init__(
        self,
        study: Study,
        interview: str,
        answers: MutableMapping[ResponseKey, Answer],
        record: Callable[[ResponseKey], Record | None],
        before: Callable[[], Sequence[Put]],
    ) -> None:
        """Begin with what the journal has.

        Args:
            study: the study.
            interview: id of the interview.
            answers: its answers, live.
            record: makes of an answer the record to keep, None where there is nothing to keep.
            before: makes what has to be written with an answer, such as an interview that is new.
        """
        self.place = ResponseKey("")
        self.failure: str | None = None
        self.draft: Draft = NO_DRAFT
        if study.store is not None and not study.read_only:
            self.draft = InterviewDraft(study.store.drafts, interview)
        self._study = study
        self._interview = interview
        self._answers = answers
        self._record = record
        self._before = before
        self._dirty: set[ResponseKey] = set()
        self._undrafted: set[ResponseKey] = set()
        self._typed: dict[ResponseKey, str | None] = {}
        self._typed_undrafted: set[ResponseKey] = set()
        self._refused: set[ResponseKey] = set()
        self._typing = threading.Lock()

    @property
    def saved(self) -> Saved:
        """How safe the words are."""
        if self.failure is not None:
            return "failed"
        if self._undrafted or self._typed_undrafted:
            return "unsaved"
        return "drafted" if self._dirty else "saved"

    def recover(self) -> list[ResponseKey]:
        """Take over words that a crash left in the draft; they count as typed.

        What was being typed as a value and was none yet is kept as a note.

        Returns:
            The keys of the answers that have them.
        """
        found = []
        for key, paragraphs in self.draft.words().items():
            answer = self._answers[key]
            if paragraphs != answer.paragraphs:
                answer.paragraphs = paragraphs
                self._dirty.add(key)
                found.append(key)
        for key, typed in self.draft.typed().items():
            answer = self._answers[key]
            answer.paragraphs = with_note(answer.paragraphs, typed)
            self._dirty.add(key)
            found.append(key)
        return list(dict.fromkeys(found))

    def type_notes(self, key: ResponseKey, paragraphs: list[dict[str, Any]]) -> None:
        """Take over the notes as they stand on the screen; in memory only, and quick."""
        answer = self._answers[key]
        with self._typing:
            answer.paragraphs = paragraphs
            self._dirty.add(key)
            self._undrafted.add(key)

    def type_value(self, key: ResponseKey, typed: str | None) -> None:
        """Take over what is being typed as a value and is none yet, or None; in memory only."""
        with self._typing:
            if self._typed.get(key) != typed:
                self._typed[key] = typed
                self._typed_undrafted.add(key)

    def autosave(self) -> bool:
        """Draft what was typed since the last time; safe in any thread.

        Returns:
            Whether there was anything to draft.
        """
        with self.draft.lock:
            with self._typing:
                pending = {key: self._answers[key].paragraphs for key in self._undrafted}
                typed = {key: self._typed[key] for key in self._typed_undrafted}
                self._undrafted.clear()
                self._typed_undrafted.clear()
            if not pending and not typed:
                return False
            try:
                self.draft.keep(pending, self.place, typed)
                # A draft has words only: an answer that the journal refused may have more to lose.
                if not self._refused:
                    self.failure = None
            except (StoreError, OSError) as error:
                with self._typing:
                    self._undrafted.update(pending)
                    self._typed_undrafted.update(typed)
                self.failure = str(error)
            return True

    def leave(self, key: ResponseKey) -> str | None:
        """Keep an answer if it was typed in; returns its new revision's id, or None."""
        return self.keep(key) if key in self._dirty else None

    def save_all(self) -> bool:
        """Keep everything typed so far; returns whether all of it is durable now."""
        for key in sorted(self._dirty, key=str):
            self.keep(key)
        return not self._dirty

    def keep(self, key: ResponseKey, *others: ResponseKey) -> str | None:
        """Keep an answer as it stands, and then what the journal refused before.

        Args:
            key: the answer.
            others: answers that are kept in the same commit.

        Returns:
            The revision's id, or None when nothing changed or (see `failure`) it could not be kept.

        Raises:
            AuthorNeeded: nobody has said who is at work.
        """
        revision = self._write(*others, key)
        if key not in self._refused:
            for refused in sorted(self._refused, key=str):
                self._write(refused)
        return revision

    def keep_refused(self) -> None:
        """Keep what the journal refused before, once the disk takes drafts again; it may be refused anew."""
        if not self._undrafted:
            for refused in sorted(self._refused, key=str):
                self._write(refused)

    def forget_draft(self, key: ResponseKey) -> None:
        """Drop what was drafted under a key: the journal has it, or what stands in its place."""
        with self.draft.lock:
            with self._typing:
                self._undrafted.discard(key)
                # What is still being typed as a value is drafted anew the next time.
                self._typed.pop(key, None)
                self._typed_undrafted.discard(key)
            # A draft that cannot be dropped now says what the journal says, and goes the next time.
            with contextlib.suppress(StoreError, OSError):
                self.draft.drop(key, self.place)

    def replace(self, key: ResponseKey, answer: Answer) -> bool:
        """Put in an answer's place what the journal has; not over words that are not kept yet.

        Returns:
            Whether it was done.
        """
        if key in self._dirty:
            return False
        self._answers[key] = answer
        self.forget_draft(key)
        return True

    def unkept(self) -> list[UnkeptAnswer]:
        """The answers that say something which the journal does not have, and what the store has for them."""
        with self._typing:
            keys = sorted(self._dirty, key=str)
        found = []
        for key in keys:
            record = self._record(key)
            row = self._study.row(_table(key), self.record_id(key))
            words, before = self._answers[key].paragraphs, stored_words(row, self.draft, key)
            if key == MEMO:
                # A memo is words and nothing else.
                found.append(UnkeptAnswer(key, words, None, before, None))
            else:
                found.append(UnkeptAnswer(key, words, record.body() if record else None, before, row))
        return found

    def clear_draft(self) -> None:
        """Drop the whole draft: all of it is in the journal."""
        with self.draft.lock:
            self.draft.clear()

    def record_id(self, key: ResponseKey) -> str:
        """The id of the response under a key; one that came in a file keeps the id it had there."""
        if key == MEMO:
            return memo_id(self._interview)
        answer = self._answers.get(key)
        return answer.id if answer is not None and answer.id else key.response_id(self._interview)

    def _write(self, *keys: ResponseKey) -> str | None:
        writes = {key: write for key in keys if (write := self._write_of(key)) is not None}
        for key in keys:
            if key not in writes:
                self._kept(key)
        if not writes:
            return None
        with self._typing:
            self._dirty.update(writes)
            newer_than_draft = any(key in self._undrafted and self.draft.holds(key) for key in writes)
        if newer_than_draft:
            # A crash between the journal and the dropping of the draft must not bring older words back.
            self.autosave()
        try:
            commit = self._study.save([*self._before(), *writes.values()])
        except (StoreError, OSError, AuthorNeeded) as error:
            self.failure = str(error)
            self._refused.update(writes)
            with self._typing:
                self._undrafted.update(writes)
            if isinstance(error, AuthorNeeded):
                raise
            return None
        for key in writes:
            self._kept(key)
        return commit.ids[-1] if commit.ids else None

    def _write_of(self, key: ResponseKey) -> Put | Delete | None:
        """What has to be written of an answer; None where nothing was noted and nothing is kept."""
        record, table = self._record(key), _table(key)
        if record is not None:
            return put(table, record)
        name = self.record_id(key)
        return Delete(table, name) if self._study.row(table, name) is not None else None

    def _kept(self, key: ResponseKey) -> None:
        self._refused.discard(key)
        if not self._refused:
            self.failure = None
        with self._typing:
            self._dirty.discard(key)
        self.forget_draft(key)


def _table(key: ResponseKey) -> str:
    return "memos" if key == MEMO else "responses"
