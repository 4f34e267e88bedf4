"""The draft of one interview: words typed and not yet left, safe on disk about once a second."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, Protocol

from fieldkit.records.responses import ResponseKey
from fieldkit.storage.drafts import Drafts
from fieldkit.study.clock import now

_PLACE = "@place"


class Draft(Protocol):
    """Where words being typed are kept until they become a revision."""

    lock: threading.Lock

    @property
    def place(self) -> ResponseKey | None:
        """The answer that was being worked on when words were last drafted."""

    @property
    def saved_at(self) -> str | None:
        """When words were last drafted."""

    def words(self) -> dict[ResponseKey, list[dict[str, Any]]]:
        """The paragraphs drafted under each key."""

    def holds(self, key: ResponseKey) -> bool:
        """Whether anything is drafted under a key."""

    def keep(self, words: dict[ResponseKey, list[dict[str, Any]]], place: ResponseKey) -> None:
        """Draft paragraphs; durable when this returns."""

    def drop(self, key: ResponseKey, place: ResponseKey) -> None:
        """Forget what was drafted under a key: it is kept in the journal now."""

    def clear(self) -> None:
        """Forget everything."""


class InterviewDraft:
    """The draft of an interview in the store's folder of drafts.

    Attributes:
        lock: held while the file is written, so that a key is never drafted after it was dropped.
    """

    def __init__(self, drafts: Drafts, interview: str) -> None:
        self.lock = threading.Lock()
        self._drafts = drafts
        self._name = interview
        self._kept = drafts.latest(interview)

    @property
    def place(self) -> ResponseKey | None:
        """The answer that was being worked on when words were last drafted."""
        place = self._kept.get(_PLACE)
        return ResponseKey(*place["key"]) if place else None

    @property
    def saved_at(self) -> str | None:
        """When words were last drafted."""
        place = self._kept.get(_PLACE)
        return str(place["at"]) if place else None

    def words(self) -> dict[ResponseKey, list[dict[str, Any]]]:
        """The paragraphs drafted under each key."""
        return {
            ResponseKey(*value["key"]): value["paragraphs"]
            for name, value in self._kept.items()
            if name != _PLACE
        }

    def holds(self, key: ResponseKey) -> bool:
        """Whether anything is drafted under a key."""
        return key.response_id("") in self._kept

    def keep(self, words: dict[ResponseKey, list[dict[str, Any]]], place: ResponseKey) -> None:
        """Draft paragraphs; durable when this returns."""
        entries: dict[str, Any] = {
            key.response_id(""): {"key": list(key), "paragraphs": paragraphs}
            for key, paragraphs in words.items()
        }
        entries[_PLACE] = {"key": list(place), "at": now()}
        self._drafts.append_many(self._name, entries)
        self._kept.update(entries)

    def drop(self, key: ResponseKey, place: ResponseKey) -> None:
        """Forget what was drafted under a key: it is kept in the journal now."""
        name = key.response_id("")
        if name not in self._kept:
            return
        entries = {name: None, _PLACE: {"key": list(place), "at": now()}}
        self._drafts.append_many(self._name, entries)
        del self._kept[name]
        self._kept[_PLACE] = entries[_PLACE]

    def clear(self) -> None:
        """Forget everything."""
        self._drafts.clear(self._name)
        self._kept = {}


def stored_words(row: Mapping[str, Any] | None, draft: Draft, key: ResponseKey) -> list[dict[str, Any]]:
    """The paragraphs that an interview would open with: those drafted, else those recorded.

    Args:
        row: the response's body in the journal, or None.
        draft: the interview's draft.
        key: which answer.
    """
    drafted = draft.words().get(key)
    return list(row["paragraphs"] if row else []) if drafted is None else drafted


class _NoDraft:
    """Of a study that is only looked at: nothing is typed, so nothing is drafted."""

    place: ResponseKey | None = None
    saved_at: str | None = None

    def __init__(self) -> None:
        self.lock = threading.Lock()

    def words(self) -> dict[ResponseKey, list[dict[str, Any]]]:
        return {}

    def holds(self, key: ResponseKey) -> bool:
        return False

    def keep(self, words: dict[ResponseKey, list[dict[str, Any]]], place: ResponseKey) -> None:
        raise OSError("this study is open for reading only")

    def drop(self, key: ResponseKey, place: ResponseKey) -> None:
        pass

    def clear(self) -> None:
        pass


NO_DRAFT: Draft = _NoDraft()
