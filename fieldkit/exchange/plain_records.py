"""Plain records of an archive, brought into the form in which a study keeps records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.errors import unknown
from fieldkit.exchange.plain_words import plain_words
from fieldkit.records.codings import chart_cell_id
from fieldkit.records.interviews import consent_id
from fieldkit.records.responses import PARAGRAPH_LIMIT, ResponseKey
from fieldkit.records.tables import MADE_BY_COMMANDS, TABLES
from fieldkit.say import grouped, t
from fieldkit.storage.canonical import MAX_DEPTH, canonical
from fieldkit.storage.errors import NotStorable
from fieldkit.text import Normalised, normalise, shortened

if TYPE_CHECKING:
    from fieldkit.study.study import Study

Move = Callable[[int], int]
"""Where an offset into a text as it came lies in the text as it is stored."""

Moves = dict[tuple[str, str], Move]
"""Table and id of a record to how offsets into its text move."""

DERIVED_IDS = frozenset({"contacts", "consents", "responses", "chart", "study"})
"""Tables whose records need not state their id: it follows from what they belong to."""


@dataclass
class PlainRecords:
    """The records of a file.

    Attributes:
        bodies: table name to record id to the body to store.
        faulty: table and id of the records left out of `bodies` because they are wrong as such.
        problems: what is wrong with them, one line each.
        notes: what normalising altered, one line each.
    """

    bodies: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    faulty: set[tuple[str, str]] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_plain(study: Study, tables: dict[str, Any]) -> PlainRecords:
    """Read the plain records of an archive.

    Texts are brought into their stored form; a paragraph with line breaks becomes several; offsets
    of codings follow the text. Ids that follow from the record are filled in.

    Args:
        study: the study they are meant for; ids and versions that it gave before are kept.
        tables: table name to a list of records, as the file has them.

    Returns:
        The records that are right as such, and what is wrong with the others.
    """
    plain = PlainRecords()
    moves: Moves = {}
    for table in tables:
        if table not in TABLES:
            plain.problems.append(t("records: {told}").format(told=unknown("table", table, TABLES)))
        elif table in MADE_BY_COMMANDS:
            plain.problems.append(
                t("records.{table}: `fieldkit purge` alone makes these; leave them out").format(table=table)
            )
    for table in TABLES:
        given = tables.get(table, [])
        if not isinstance(given, list):
            plain.problems.append(t("records.{table} must be a list of records").format(table=table))
            continue
        for number, record in enumerate(given):
            _read_record(study, plain, table, number, record, moves)
    return plain


def _read_record(
    study: Study, plain: PlainRecords, table: str, number: int, record: Any, moves: Moves
) -> None:
    from pydantic import ValidationError

    place = f"records.{table}[{number}]"
    if not isinstance(record, dict):
        plain.problems.append(t("{place} must be an object").format(place=place))
        return
    if _too_deep(record, MAX_DEPTH):
        plain.problems.append(
            t("{place} is nested more than {max_depth} deep").format(place=place, max_depth=MAX_DEPTH)
        )
        return
    body = {name: value for name, value in record.items() if value is not None}
    _fill_in(study, table, body)
    if not isinstance(body.get("id"), str) or not body["id"]:
        plain.problems.append(t('{place} needs an "id", which it keeps for ever').format(place=place))
        return
    place = f"{table} {shortened(body['id'], 100)}"
    if table == "codings":
        for kind in ("response", "document"):
            if isinstance(body.get(kind), str):
                _move_passage(body, moves.get((f"{kind}s", normalise(body[kind]).text)))
    surrogates = [0]
    try:
        if table == "responses":
            _split_paragraphs(body, moves, surrogates)
        if table == "documents" and isinstance(body.get("text"), str):
            _note_moves(moves, table, body, [normalise(body["text"])])
        body = _normalised(body, surrogates)
        stored = TABLES[table].of(body).body()
        canonical(stored)
    except (ValidationError, NotStorable) as error:
        lines = plain_words(error) if isinstance(error, ValidationError) else [str(error)]
        plain.problems.extend(f"{place}: {line}" for line in lines)
        plain.faulty.add((table, body["id"]))
        return
    if stored["id"] in plain.bodies.setdefault(table, {}):
        plain.problems.append(t("{place}: this id is given twice").format(place=place))
        return
    if surrogates[0]:
        plain.notes.append(
            t("{place}: {n} lone surrogate(s), which no file can hold, became U+FFFD").format(
                place=place, n=surrogates[0]
            )
        )
    plain.bodies[table][stored["id"]] = stored


def _too_deep(value: Any, most: int) -> bool:
    """Whether lists and objects are nested deeper than `most`."""
    if isinstance(value, dict):
        value = list(value.values())
    return isinstance(value, list) and (most == 0 or any(_too_deep(part, most - 1) for part in value))


def _fill_in(study: Study, table: str, body: dict[str, Any]) -> None:
    """Fill in what a script may leave out: derived ids, and what the study gave an interview."""
    if "id" not in body and table in DERIVED_IDS:
        body["id"] = _derived_id(study, table, body)
    if table == "interviews":
        known = study.row("interviews", str(body.get("id"))) or {}
        guide = study.protocol.guides.get(str(body.get("guide")))
        for name, value in (
            ("guide_version", known.get("guide_version") or (guide.version if guide else "")),
            ("guide_hash", known.get("guide_hash")),
        ):
            if value is not None:
                body.setdefault(name, value)


def _derived_id(study: Study, table: str, body: dict[str, Any]) -> str | None:
    def text(name: str) -> str | None:
        value = body.get(name)
        return normalise(value).text if isinstance(value, str) and value else None

    match table:
        case "responses" if text("interview") and text("item"):
            key = ResponseKey(text("item") or "", text("instance"), text("respondent"))
            return key.response_id(text("interview") or "")
        case "consents" if text("interview") and text("respondent"):
            return consent_id(text("interview") or "", text("respondent") or "")
        case "chart" if text("respondent") and text("evaluation_question"):
            whose = text("respondent") or "", text("evaluation_question") or ""
            return chart_cell_id(*whose, text("coder"), text("layer"))
        case "contacts" if text("respondent"):
            known = study.where("contacts", "respondent", text("respondent"))
            return known[0][0] if known else text("respondent")
        case "study":
            return "study"
        case _:
            return None


def _normalised(value: Any, surrogates: list[int]) -> Any:
    """The value with every text in its stored form; lone surrogates are counted."""
    if isinstance(value, str):
        text = normalise(value)
        surrogates[0] += _surrogates(text)
        return text.text
    if isinstance(value, list):
        return [_normalised(part, surrogates) for part in value]
    if isinstance(value, dict):
        return {normalise(name).text: _normalised(part, surrogates) for name, part in value.items()}
    return value


def _split_paragraphs(body: dict[str, Any], moves: Moves, surrogates: list[int]) -> None:
    """Make each line of the notes a paragraph of its own; remember how offsets move if they do."""
    given = body.get("paragraphs")
    if not isinstance(given, list) or not all(
        isinstance(paragraph, dict) and isinstance(paragraph.get("text"), str) for paragraph in given
    ):
        return
    texts = [normalise(paragraph["text"]) for paragraph in given]
    lines = sum(text.text.count("\n") + 1 for text in texts)
    if lines > PARAGRAPH_LIMIT:
        raise NotStorable(
            t("paragraphs: {lines} lines, and one answer keeps at most {paragraph_limit}").format(
                lines=grouped(lines), paragraph_limit=grouped(PARAGRAPH_LIMIT)
            )
        )
    surrogates[0] += sum(_surrogates(text) for text in texts)
    body["paragraphs"] = [
        {**paragraph, "text": line}
        for paragraph, text in zip(given, texts, strict=True)
        for line in text.text.split("\n")
    ]
    _note_moves(moves, "responses", body, texts)


def _note_moves(moves: Moves, table: str, body: dict[str, Any], texts: list[Normalised]) -> None:
    """Remember how offsets into the texts of a record move, if they do."""
    if any(text.changes for text in texts):
        moves[table, normalise(str(body["id"])).text] = _mover(texts)


def _surrogates(text: Normalised) -> int:
    return sum(change.count for change in text.changes if change.kind == "surrogate")


def _mover(texts: list[Normalised]) -> Move:
    mapped: list[int] = []
    length = 0
    for text in texts:
        mapped.extend(length + offset for offset in text.offsets)
        length += len(text.text) + 1
    return lambda offset: mapped[offset] if 0 <= offset < len(mapped) else offset


def _move_passage(body: dict[str, Any], move: Move | None) -> None:
    for name in ("start", "end"):
        if move is not None and type(body.get(name)) is int:
            body[name] = move(body[name])
