"""The codings of a study where they stand in the texts as these are now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldkit.study.anchoring import Anchors, place_of, text_of

if TYPE_CHECKING:
    from fieldkit.study.study import Study


class CodingsNow:
    """Codings by the response or document they are of, found once."""

    def __init__(self, study: Study) -> None:
        """Find them; of most the text is still the coded one.

        Args:
            study: the study.
        """
        anchors = Anchors(study)
        self._codings: dict[str, list[dict[str, Any]]] = {}
        self._states: dict[str, str] = {}
        heads: dict[str, str | None] = {}
        for coding in study.rows("codings").values():
            table, record = place_of(coding)
            if record not in heads:
                heads[record] = study.store.head(table, record) if study.store else None
            if coding.get("revision") is None or coding["revision"] != heads[record]:
                stands = anchors.anchored(coding)
                self._states[coding["id"]] = stands.state
                coding = anchors.body(coding, stands)
                if stands.state == "changed":
                    coding["quote"] = text_of(study, table, record)[stands.start : stands.end]
            self._codings.setdefault(record, []).append(coding)

    @property
    def all_exact(self) -> bool:
        """Whether every text is still the coded one."""
        return not self._states

    def of(self, record: str) -> list[dict[str, Any]]:
        """The codings of a response or document, in the order of its text."""
        codings = self._codings.get(record, [])
        return sorted(codings, key=_place) if len(codings) > 1 else codings

    def state(self, coding: dict[str, Any]) -> str:
        """Where a coding stands: exact, moved, changed, ambiguous or lost."""
        return self._states.get(coding["id"], "exact")


def _place(coding: dict[str, Any]) -> tuple[Any, ...]:
    """Where a coding comes among those of its text."""
    return coding["start"], coding["end"], coding["code"], coding["id"]
