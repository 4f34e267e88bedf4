"""What plain records from elsewhere must keep to, beyond being records: they hang together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.errors import unknown
from fieldkit.exchange.references import References
from fieldkit.records.responses import Response
from fieldkit.say import t
from fieldkit.study.errors import StudyError
from fieldkit.text import shortened

if TYPE_CHECKING:
    from fieldkit.protocol.guide import Guide
    from fieldkit.study.study import Study

Body = Mapping[str, Any]


def rule_problems(
    study: Study, references: References, bodies: Mapping[str, Mapping[str, Body]]
) -> Iterator[str]:
    """What is wrong between records of a file and the study they are meant for.

    Args:
        study: the study.
        references: the study and the file seen together.
        bodies: the file's records: table name to record id to body.

    Yields:
        One line for each fault, with table and id before it.
    """
    check = {
        "respondents": _language,
        "contacts": _contact,
        "interviews": _interview,
        "consents": _consent,
        "responses": _response,
        "codings": _coding,
        "chart": _chart,
        "guides": _guide,
    }
    for table, records in bodies.items():
        for record, body in records.items():
            problems = references.problems(table, body)
            if table in check:
                problems += check[table](references, body)
            yield from (f"{table} {shortened(record, 100)}: {line}" for line in problems)
    yield from _same_code(study, bodies.get("respondents", {}))
    yield from _same_answer(study, bodies.get("responses", {}))


def value_problems(guide: Guide, body: Body) -> list[str]:
    """What is wrong with the value of a response.

    Args:
        guide: the guide its interview is held with, which has its item.
        body: the response.

    Returns:
        One line for each fault.
    """
    from fieldkit.protocol.values import check_value

    item = guide.item(body["item"])
    if item.type in ("note", "repeat"):
        return [
            t("item {item} is a {type}: nothing is answered to it itself").format(
                item=item.id, type=item.type
            )
        ]
    if body.get("value") is None:
        return []
    return [f"value: {line}" for line in check_value(item, body["value"])]


def _language(references: References, body: Body) -> list[str]:
    language, known = body.get("language"), references.study.framework.languages
    return [] if language is None or language in known else [unknown("language", language, known)]


def _contact(references: References, body: Body) -> list[str]:
    return _missing(references, "respondents", body["respondent"])


def _interview(references: References, body: Body) -> list[str]:
    return _language(references, body) + [
        line for person in body["respondents"] for line in _missing(references, "respondents", person)
    ]


def _consent(references: References, body: Body) -> list[str]:
    return _missing(references, "interviews", body["interview"]) or _not_present(references, body)


def _response(references: References, body: Body) -> list[str]:
    interview = references.row("interviews", body["interview"])
    if interview is None:
        return _missing(references, "interviews", body["interview"])
    problems = _language(references, body) + _not_present(references, body)
    try:
        guide = references.guide_of(interview)
    except StudyError:
        return problems
    if not guide.has_item(body["item"]):
        return problems
    return problems + _instance_problems(guide, body) + value_problems(guide, body)


def _instance_problems(guide: Guide, body: Body) -> list[str]:
    repeat = guide.repeat_of(body["item"])
    instance = body.get("instance")
    if repeat is None:
        return (
            []
            if instance is None
            else [
                t("item {item} is asked once: it has no instance '{instance}'").format(
                    item=body["item"], instance=instance
                )
            ]
        )
    if instance is None:
        return [
            t('item {item} is asked again for each of several things: give its "instance"').format(
                item=body["item"]
            )
        ]
    known = guide.instance_ids(repeat)
    return [] if instance in known else [unknown("instance", instance, known)]


def _coding(references: References, body: Body) -> list[str]:
    table = "documents" if body.get("response") is None else "responses"
    record = body["document"] if table == "documents" else body["response"]
    coded = references.row(table, record)
    if coded is None:
        return _missing(references, table, record)
    text = coded["text"] if table == "documents" else Response.of(coded).text
    start, end = body["start"], body["end"]
    if end > len(text):
        return [
            t("the passage {start} to {end} goes beyond the text, which has {n} characters").format(
                start=start, end=end, n=len(text)
            )
        ]
    if body["quote"] and start < end and body["quote"] != text[start:end]:
        return [
            t('the quote is not what stands at {start} to {end}: "{words}"').format(
                start=start, end=end, words=shortened(text[start:end], 60)
            )
        ]
    return []


def _chart(references: References, body: Body) -> list[str]:
    problems = _missing(references, "respondents", body["respondent"])
    if body.get("interview") is not None:
        problems += _missing(references, "interviews", body["interview"])
    return problems


def _guide(_: References, body: Body) -> list[str]:
    from fieldkit.protocol.guide import Guide

    try:
        content_hash = Guide.from_dict(body["content"]).content_hash
    except ValueError:
        return []
    return [] if content_hash == body["id"] else [t("its id is not the hash of its content")]


def _missing(references: References, table: str, record: str) -> list[str]:
    if references.row(table, record) is not None or (table, record) in references.faulty:
        return []
    return [unknown(table.removesuffix("s"), record, references.ids(table))]


def _not_present(references: References, body: Body) -> list[str]:
    interview = references.row("interviews", body["interview"]) or {}
    person = body.get("respondent")
    if person is None or person in interview.get("respondents", []):
        return []
    return [
        t("respondent {person} is not among those of interview {interview}").format(
            person=person, interview=body["interview"]
        )
    ]


def _same_code(study: Study, respondents: Mapping[str, Body]) -> Iterator[str]:
    holders = {
        str(row.get("code", "")).casefold(): record for record, row in study.rows("respondents").items()
    }
    for record, body in respondents.items():
        holder = holders.setdefault(body["code"].casefold(), record)
        if holder != record:
            told = t("respondents {record}: code {code} is already that of {holder}")
            yield told.format(record=record, code=body["code"], holder=holder)


def _same_answer(study: Study, responses: Mapping[str, Body]) -> Iterator[str]:
    holders: dict[tuple[Any, ...], str] = {}
    for interview in {body["interview"] for body in responses.values()}:
        holders |= {
            _answer_key(row): other for other, row in study.where("responses", "interview", interview)
        }
    for record, body in responses.items():
        holder = holders.setdefault(_answer_key(body), record)
        if holder != record:
            told = t(
                "responses {record}: the same answer (interview, item, instance, respondent) as {holder}"
            )
            yield told.format(record=record, holder=holder)


def _answer_key(body: Body) -> tuple[Any, ...]:
    return body["interview"], body["item"], body.get("instance"), body.get("respondent")
