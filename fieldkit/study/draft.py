"""The draft of one interview: what is typed and not yet left, safe on disk about once a second."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from fieldkit.records.responses import ResponseKey
from fieldkit.say import t
from fieldkit.storage.drafts import Drafts
from fieldkit.study.clock import now
from fieldkit.study.draft_changes import LONGEST, Change, change, changed
from fieldkit.study.memo import MEMO, memo_words

Words = dict[ResponseKey, list[dict[str, Any]]]

_PLACE: Final = "@place"
_CHANGE: Final = "+"
_TYPED: Final = "="


class Draft(Protocol):
    """Where what is typed is kept until it becomes a revision."""

    lock: threading.Lock
    pace: Callable[[], Mapping[str, float]]

    @property
    def place(self) -> ResponseKey | None:
        """The answer that was being worked on when something was last drafted."""

    @property
    def saved_at(self) -> str | None:
        """When something was last drafted."""

    @property
    def section_s(self) -> dict[str, float] | None:
        """Section to the seconds spent there, when something was last drafted; None where nothing is."""

    def words(self) -> Words:
        """The paragraphs drafted under each key."""

    def typed(self) -> dict[ResponseKey, str]:
        """What was being typed as the value of each key, and was none yet."""

    def holds(self, key: ResponseKey) -> bool:
        """Whether anything is drafted under a key."""

    def keep(
        self, words: Words, place: ResponseKey, typed: Mapping[ResponseKey, str | None] | None = None
    ) -> None:
        """Draft paragraphs, and what is typed as a value or None; durable when this returns."""

    def drop(self, key: ResponseKey, place: ResponseKey) -> None:
        """Forget what was drafted under a key: it is kept in the journal now."""

    def clear(self) -> None:
        """Forget everything."""


class InterviewDraft:
    """The draft of an interview in the store's folder of drafts.

    An answer is drafted whole now and then, and between those as what changed since: an hour of typing under
    one item writes megabytes, not hundreds of them.

    Attributes:
        lock: held while the file is written, so that a key is never drafted after it was dropped.
        pace: tells the seconds spent in each section, which are drafted along.
    """

    def __init__(self, drafts: Drafts, interview: str) -> None:
        self.lock = threading.Lock()
        self.pace: Callable[[], Mapping[str, float]] = dict
        self._drafts = drafts
        self._name = interview
        self._kept = drafts.latest(interview)

    @property
    def place(self) -> ResponseKey | None:
        """The answer that was being worked on when something was last drafted."""
        place = self._kept.get(_PLACE)
        return ResponseKey(*place["key"]) if place else None

    @property
    def saved_at(self) -> str | None:
        """When something was last drafted."""
        place = self._kept.get(_PLACE)
        return str(place["at"]) if place else None

    @property
    def section_s(self) -> dict[str, float] | None:
        """Section to the seconds spent there, when something was last drafted; None where nothing is."""
        place = self._kept.get(_PLACE)
        return place.get("section_s") if place else None

    def words(self) -> Words:
        """The paragraphs drafted under each key."""
        found: Words = {}
        for name, value in self._kept.items():
            if "paragraphs" in value:
                later = self._kept.get(_CHANGE + name)
                words = value["paragraphs"]
                found[ResponseKey(*value["key"])] = changed(words, Change(**later)) if later else words
        return found

    def typed(self) -> dict[ResponseKey, str]:
        """What was being typed as the value of each key, and was none yet."""
        return {
            ResponseKey(*value["key"]): value["typed"] for value in self._kept.values() if "typed" in value
        }

    def holds(self, key: ResponseKey) -> bool:
        """Whether anything is drafted under a key."""
        return any(name in self._kept for name in _names(key))

    def keep(
        self, words: Words, place: ResponseKey, typed: Mapping[ResponseKey, str | None] | None = None
    ) -> None:
        """Draft paragraphs, and what is typed as a value or None; durable when this returns."""
        entries: dict[str, Any] = {}
        for key, paragraphs in words.items():
            entries |= self._entries(key, paragraphs)
        for key, text in (typed or {}).items():
            name = _TYPED + key.response_id("")
            entries[name] = None if text is None else {"key": list(key), "typed": text}
        self._append(entries, place)

    def drop(self, key: ResponseKey, place: ResponseKey) -> None:
        """Forget what was drafted under a key: it is kept in the journal now."""
        held = [name for name in _names(key) if name in self._kept]
        if held:
            self._append(dict.fromkeys(held), place)

    def clear(self) -> None:
        """Forget everything."""
        self._drafts.clear(self._name)
        self._kept = {}

    def _entries(self, key: ResponseKey, paragraphs: list[dict[str, Any]]) -> dict[str, Any]:
        name = key.response_id("")
        whole = self._kept.get(name)
        later = change(whole["paragraphs"], paragraphs) if whole is not None else None
        if later is not None and len(later.text) <= LONGEST:
            return {_CHANGE + name: later._asdict()}
        return {name: {"key": list(key), "paragraphs": paragraphs}, _CHANGE + name: None}

    def _place(self, place: ResponseKey) -> dict[str, Any]:
        spent = {section: round(seconds, 1) for section, seconds in self.pace().items()}
        return {"key": list(place), "at": now(), "section_s": spent}

    def _append(self, entries: dict[str, Any], place: ResponseKey) -> None:
        entries = {**entries, _PLACE: self._place(place)}
        self._drafts.append_many(self._name, entries)
        self._kept |= entries
        self._kept = {name: value for name, value in self._kept.items() if value is not None}


def _names(key: ResponseKey) -> list[str]:
    """The names that what is drafted under a key may have."""
    name = key.response_id("")
    return [name, _CHANGE + name, _TYPED + name]


def stored_words(row: Mapping[str, Any] | None, draft: Draft, key: ResponseKey) -> list[dict[str, Any]]:
    """The paragraphs that an interview would open with: those drafted, else those recorded.

    Args:
        row: the body of the response, or of the memo, in the journal; or None.
        draft: the interview's draft.
        key: which answer.
    """
    drafted = draft.words().get(key)
    if drafted is not None:
        return drafted
    return memo_words(row) if key == MEMO else list(row["paragraphs"] if row else [])


class _NoDraft:
    """Of a study that is only looked at: nothing is typed, so nothing is drafted."""

    place: ResponseKey | None = None
    saved_at: str | None = None
    section_s: dict[str, float] | None = None

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.pace: Callable[[], Mapping[str, float]] = dict

    def words(self) -> Words:
        return {}

    def typed(self) -> dict[ResponseKey, str]:
        return {}

    def holds(self, key: ResponseKey) -> bool:
        return False

    def keep(
        self, words: Words, place: ResponseKey, typed: Mapping[ResponseKey, str | None] | None = None
    ) -> None:
        raise OSError(t("this study is open for reading only"))

    def drop(self, key: ResponseKey, place: ResponseKey) -> None:
        pass

    def clear(self) -> None:
        pass


NO_DRAFT: Draft = _NoDraft()
