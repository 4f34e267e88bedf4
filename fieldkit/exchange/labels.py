"""The words that stand beside ids in what is exported, in one language."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.cells import Cell
from fieldkit.study.errors import StudyError

if TYPE_CHECKING:
    from fieldkit.protocol.framework import Framework
    from fieldkit.protocol.guide import Guide
    from fieldkit.protocol.items import Item
    from fieldkit.study.study import Study

PRACTICE = {
    "en": "PRACTICE DATA: everything here is made up",
    "fr": "DONNÉES D'EXERCICE : tout ce qui suit est inventé",
}
INTERNAL = {"en": "internal", "fr": "usage interne"}
OUTGOING = {"en": "Outgoing version", "fr": "Version à diffuser"}


class Labels:
    """Ids of a study to words; what has no words any more is shown by its id alone."""

    def __init__(self, study: Study, language: str) -> None:
        self.study = study
        self.language = language
        self._guides: dict[tuple[str, str | None, str | None], Guide | None] = {}

    @cached_property
    def marking(self) -> str:
        """What every sheet and every row of an internal export says about itself."""
        return self._marked(
            f"{self.study.marking(self.language)} ({INTERNAL.get(self.language, INTERNAL['en'])})"
        )

    @cached_property
    def outgoing_marking(self) -> str:
        """What every page of a report says about itself that may leave the house."""
        return self._marked(OUTGOING.get(self.language, OUTGOING["en"]))

    def _marked(self, marking: str) -> str:
        if not self.study.practice:
            return marking
        return f"{PRACTICE.get(self.language, PRACTICE['en'])} - {marking}"

    @cached_property
    def bands(self) -> dict[str, dict[str, str]]:
        """Field of a respondent to band id to name."""
        return {
            field: {each.id: each.name.get(self.language) for each in known}
            for field, known in self._framework.bands.items()
        }

    @cached_property
    def reporting(self) -> dict[str, str | None]:
        """Respondent group to its reporting group."""
        return {group.id: group.reporting_group for group in self._framework.respondent_groups}

    def line_of(self, line: str | None) -> str | None:
        """Name of a document's line of evidence; without one it belongs to the first of kind `documents`."""
        lines = self._framework.lines_of_evidence
        if line is None:
            found = next((each for each in lines if each.kind == "documents"), None)
        else:
            found = next((each for each in lines if each.id == line), None)
        return found.name.get(self.language) if found is not None else line

    @cached_property
    def questions(self) -> dict[str, str]:
        """Evaluation question or part to its text."""
        framework = self._framework
        return {each: framework.question(each).text.get(self.language) for each in framework.question_ids}

    @cached_property
    def codes(self) -> dict[str, str]:
        """Code to its name."""
        return {code.id: code.name.get(self.language) for code in self.study.codebook.codes}

    @cached_property
    def code_paths(self) -> dict[str, str]:
        """Code to the names from the top of the tree down to it."""
        codebook = self.study.codebook
        return {
            code.id: " / ".join(step.name.get(self.language) for step in codebook.path(code.id))
            for code in codebook.codes
        }

    def guide(self, interview: dict[str, Any]) -> Guide | None:
        """The guide an interview is held with, or None where it cannot be had."""
        added = interview["id"] if interview.get("added_items") else None
        key = interview["guide"], interview.get("guide_hash"), added
        if key not in self._guides:
            from fieldkit.records.interviews import Interview

            try:
                self._guides[key] = self.study.guide_for(Interview.of(interview))
            except StudyError:
                self._guides[key] = None
        return self._guides[key]

    def item(self, interview: dict[str, Any], item: str) -> Item | None:
        """An item of an interview's guide, or None where the guide lacks it."""
        guide = self.guide(interview)
        return guide.item(item) if guide is not None and guide.has_item(item) else None

    def item_text(self, interview: dict[str, Any], item: str, instance: str | None) -> str:
        """An item as it is asked, with the instance put in; empty where the guide lacks it."""
        guide = self.guide(interview)
        if guide is None or not guide.has_item(item):
            return ""
        return guide.asked_text(item, instance, self.language)

    def questions_of(self, interview: dict[str, Any], item: str) -> tuple[str, ...]:
        """Ids of the evaluation questions that an item serves; none where the guide lacks it."""
        guide = self.guide(interview)
        return tuple(guide.questions_of(item)) if guide is not None and guide.has_item(item) else ()

    def value(self, item: Item | None, value: Any) -> str:
        """A stored value in words."""
        from fieldkit.protocol.values import display_value

        return display_value(item, value, self.language) if item is not None else str(value_cell(value) or "")

    @property
    def _framework(self) -> Framework:
        return self.study.framework


def value_cell(value: Any) -> Cell:
    """A stored value as one cell: numbers as they are, lists and grids as JSON."""
    if value is None or isinstance(value, str | int | float):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
