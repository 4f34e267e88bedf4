"""What a record is about, in words that a person knows it by: whose it is, and to which item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldkit.say import t
from fieldkit.study.study import Study


@dataclass(frozen=True)
class About:
    """What a record is about.

    Attributes:
        respondents: codes of the persons, as far as they are on the roster.
        item: id of the item, or None where it is about none.
        detail: what else tells it from others of its table, such as a code or an evaluation question.
    """

    respondents: tuple[str, ...] = ()
    item: str | None = None
    detail: str = ""

    def __str__(self) -> str:
        """It on one line, such as `CIC-01 role: council`; empty where nothing is known of it."""
        start = " ".join(part for part in (" + ".join(self.respondents), self.item) if part)
        return ": ".join(part for part in (start, self.detail) if part)


def about(study: Study, table: str, body: Mapping[str, Any]) -> About:
    """What a record is about; nothing of who a respondent is, only her code.

    Args:
        study: the study.
        table: the record's table.
        body: the record, as it is or as it was.
    """
    if table == "respondents":
        return About((str(body.get("code", "")),))
    if table == "interviews":
        return About(_codes(study, body.get("respondents") or ()))
    if table == "responses":
        return _response(study, body)
    if table == "codings":
        document = study.row("documents", str(body.get("document")))
        if document is not None:
            return About(detail=f"{document['name']}: {body.get('code', '')}")
        response = study.row("responses", str(body.get("response"))) or {}
        said = _response(study, response)
        return About(said.respondents, said.item, str(body.get("code", "")))
    if table == "documents":
        return About(detail=str(body.get("name", "")))
    if table == "codes":
        return About(detail=str(body.get("id", "")))
    if table == "assignments":
        return About(detail=str(body.get("coder", "")))
    person = body.get("respondent")
    detail = str(body.get("evaluation_question", "")) if table in ("chart", "findings") else ""
    return About(_codes(study, [person] if person else ()), detail=detail)


def _response(study: Study, body: Mapping[str, Any]) -> About:
    interview = study.row("interviews", str(body.get("interview"))) or {}
    person = body.get("respondent")
    people = [person] if person else interview.get("respondents", ())
    item, instance = body.get("item"), body.get("instance")
    return About(
        _codes(study, people), item, t("no. {instance}").format(instance=instance) if instance else ""
    )


def _codes(study: Study, people: Any) -> tuple[str, ...]:
    rows = (study.row("respondents", str(person)) for person in people)
    return tuple(str(row["code"]) for row in rows if row is not None and row.get("code"))
