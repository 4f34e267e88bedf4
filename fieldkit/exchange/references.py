"""Whether records name items, evaluation questions, codes and records that a study has."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.errors import unknown
from fieldkit.exchange.plain_words import plain_words
from fieldkit.records.interviews import AddedItem
from fieldkit.say import t
from fieldkit.study.codebook import code_of
from fieldkit.study.errors import StudyError

if TYPE_CHECKING:
    from fieldkit.protocol.guide import Guide
    from fieldkit.study.study import Study

Bodies = Mapping[str, Mapping[str, dict[str, Any]]]
"""Table name to record id to body."""

Past = Callable[[str, str], dict[str, Any] | None]
"""What a record of a table was before it was deleted; None where it never was."""


class References:
    """What a study has once the records of a file have been added to it."""

    def __init__(
        self,
        study: Study,
        incoming: Bodies,
        faulty: Container[tuple[str, str]] = (),
        past: Past | None = None,
    ) -> None:
        """Look at a study and a file together.

        Args:
            study: the study.
            incoming: the records of the file; they come before the study's own of the same id.
            faulty: table and id of records of the file that are wrong as such.
            past: what deleted records were, where records may still name them.
        """
        self.faulty = faulty
        self.study = study
        self._incoming = incoming
        self._past = past
        self._guides: dict[tuple[str, str | None], Guide | str] = {}

    def row(self, table: str, record: Any) -> dict[str, Any] | None:
        """The body of a record, from the file or the study; None where neither has it.

        A deleted record has its last body here, where records may still name it.
        """
        found = self.present(table, record)
        if found is None and self._past is not None and isinstance(record, str):
            return self._past(table, record)
        return found

    def present(self, table: str, record: Any) -> dict[str, Any] | None:
        """The body of a record that is not deleted, from the file or the study, or None."""
        if not isinstance(record, str):
            return None
        return self._incoming.get(table, {}).get(record) or self.study.row(table, record)

    def ids(self, table: str) -> list[str]:
        """The ids there are in a table."""
        return [*self._incoming.get(table, {}), *self.study.rows(table)]

    def guide_of(self, interview: Mapping[str, Any]) -> Guide:
        """The guide an interview is held with.

        Raises:
            StudyError: neither the file nor the study has it, or it cannot be read.
        """
        key = str(interview.get("guide")), interview.get("guide_hash")
        if key not in self._guides:
            self._guides[key] = self._find_guide(*key)
        found = self._guides[key]
        if isinstance(found, str):
            raise StudyError(found)
        try:
            return found.with_added(
                [AddedItem.model_validate(each) for each in interview.get("added_items", [])]
            )
        except ValueError:
            raise StudyError(t("added_items: what was added is no item that could be asked")) from None

    @cached_property
    def codes(self) -> set[str]:
        """Ids of the codes of the codebook and of the file."""
        return {code.id for code in self.study.codebook.codes} | set(self._incoming.get("codes", {}))

    def problems(self, table: str, body: Mapping[str, Any]) -> list[str]:
        """What a record names of guides, framework and codebook that is not there.

        Args:
            table: the record's table.
            body: the record, right as such.

        Returns:
            One line for each; nothing when all of it is there.
        """
        match table:
            case "respondents":
                return self._band_problems(body)
            case "interviews":
                return self._guide_problems(body)
            case "responses":
                return self._item_problems(body)
            case "codings":
                return self._unknown_code(body["code"]) + self._question_problems(
                    body.get("evaluation_questions", [])
                )
            case "chart":
                return self._question_problems([body["evaluation_question"]]) + self._stand_problems(body)
            case "codes":
                return self._code_problems(body)
            case "guides":
                guide = self._find_guide(str(body.get("guide")), body["id"])
                return [guide] if isinstance(guide, str) else []
            case "documents":
                return self._question_problems(body.get("evaluation_questions", []))
            case "findings":
                return self._question_problems([body["evaluation_question"]])
            case "conclusions":
                return [
                    unknown("finding", each, self.ids("findings"))
                    for each in body.get("findings", [])
                    if self.row("findings", each) is None
                ]
            case _:
                return []

    def _find_guide(self, guide: str, guide_hash: str | None) -> Guide | str:
        stored = self.row("guides", guide_hash)
        if stored is not None:
            from fieldkit.protocol.guide import Guide

            if stored.get("guide") != guide:
                return t("guide_hash names a form of the guide {other}, and not of {guide}").format(
                    other=stored.get("guide"), guide=guide
                )
            try:
                return Guide.from_dict(stored["content"])
            except (ValueError, KeyError, TypeError):
                return t("the guide {guide} that interviews were held with cannot be read").format(
                    guide=guide
                )
        guides = self.study.protocol.guides
        return guides[guide] if guide in guides else unknown("guide", guide, guides)

    def _band_problems(self, respondent: Mapping[str, Any]) -> list[str]:
        problems = []
        for field, known in self.study.framework.bands.items():
            ids = [each.id for each in known]
            if respondent.get(field) is not None and respondent[field] not in ids:
                problems.append(unknown(field.replace("_", " "), str(respondent[field]), ids))
        return problems

    def _unknown_code(self, code: str) -> list[str]:
        if code in self.codes or self.row("codes", code) is not None:
            return []
        return [unknown("code", code, self.codes)]

    def _guide_problems(self, interview: Mapping[str, Any]) -> list[str]:
        try:
            self.guide_of(interview)
        except StudyError as error:
            return [str(error)]
        added = interview.get("added_items", [])
        return self._question_problems([each for item in added for each in item["evaluation_questions"]])

    def _code_problems(self, body: Mapping[str, Any]) -> list[str]:
        from pydantic import ValidationError

        try:
            parent = code_of(body["id"], body).parent
        except ValidationError as error:
            return plain_words(error)
        known = self.codes - {body["id"]}
        return [] if parent is None or parent in known else [unknown("parent code", parent, known)]

    def _item_problems(self, response: Mapping[str, Any]) -> list[str]:
        interview = self.row("interviews", response["interview"])
        if interview is None:
            return []
        try:
            guide = self.guide_of(interview)
        except StudyError:
            return []
        named = [response["item"], *response.get("also_answers", [])]
        known = [item.id for item in guide.items()]
        return [
            t("{told} (guide {guide})").format(told=unknown("item", item, known), guide=guide.id)
            for item in named
            if not guide.has_item(item)
        ]

    def _question_problems(self, named: list[str]) -> list[str]:
        known = self.study.framework.question_ids
        return [unknown("evaluation question", each, known) for each in named if each not in known]

    def _stand_problems(self, cell: Mapping[str, Any]) -> list[str]:
        framework = self.study.framework
        problems = []
        for field, known in (("position", framework.positions), ("basis", framework.bases)):
            ids = [each.id for each in known]
            if cell.get(field) is not None and cell[field] not in ids:
                problems.append(unknown(field, str(cell[field]), ids))
        return problems
