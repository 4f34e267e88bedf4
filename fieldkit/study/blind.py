"""What a second coder who works blind does not see: what others made of the interviews of her share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from fieldkit.storage.store import Store

VEILED: Final = frozenset({"codings", "adjudications", "chart", "memos", "findings", "conclusions"})
"""Tables that hold what coders made of what was said."""

Body = Mapping[str, Any]


class Blind:
    """One coder's blindness, as long as a share of hers is not handed in."""

    def __init__(self, store: Store, coder: str, shares: frozenset[str]) -> None:
        """Say what is hidden.

        Args:
            store: the store.
            coder: her initials.
            shares: ids of the interviews of her open shares.
        """
        self._store = store
        self._coder = coder
        self._interviews = shares

    def hides(self, table: str, body: Body | None) -> bool:
        """Whether a record is one that she may not see yet.

        Others' findings are hidden whole, since they rest on all interviews; and so are their memos, but
        for those on interviews outside her share. What others coded in documents is hidden too, since these
        speak to the same questions. What was agreed on her share is hidden, whoever wrote it.
        """
        if body is None or table not in VEILED:
            return False
        if table in ("findings", "conclusions"):
            return True
        own = body.get("author" if table == "memos" else "coder") == self._coder
        if table == "memos":
            elsewhere = body.get("table") == "interviews" and body.get("on") not in self._interviews
            return not own and not elsewhere
        if own and body.get("layer") is None:
            return False
        response = body.get("response")
        if response is not None:
            return self._interview_of(response) in self._interviews
        if body.get("document") is not None:
            return True
        return body.get("interview") in self._interviews or body.get("respondent") in self._people

    def hidden_records(self) -> frozenset[tuple[str, str]]:
        """Table and id of every record that is hidden, or was in any state it ever had."""
        return frozenset(
            (revision.table, revision.record)
            for table in sorted(VEILED)
            for revision in self._store.history(table=table)
            if self.hides(table, revision.body)
        )

    def _interview_of(self, response: str) -> str | None:
        body = self._store.get("responses", response)
        # Of a response that is gone, the id still tells: it begins with its interview's.
        return body["interview"] if body is not None else response.partition(":")[0]

    @cached_property
    def _people(self) -> frozenset[str]:
        bodies = (self._store.get("interviews", each) or {} for each in self._interviews)
        return frozenset(person for body in bodies for person in body.get("respondents", ()))


def blindness(store: Store, coder: str | None) -> Blind | None:
    """What is hidden from a coder, or None where nothing is.

    Args:
        store: the study's store.
        coder: her initials.
    """
    rows = store.rows("assignments")
    if coder is None or not rows:
        return None
    shares = frozenset(
        interview
        for body in rows.values()
        if body.get("coder") == coder and body.get("handed_in_at") is None
        for interview in body.get("interviews", ())
    )
    return Blind(store, coder, shares) if shares else None
