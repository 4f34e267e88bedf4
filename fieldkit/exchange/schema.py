"""The JSON Schema of the archive, made from the models that records are checked with."""

from __future__ import annotations

from typing import Any

from fieldkit.exchange.plain_records import DERIVED_IDS
from fieldkit.records.tables import TABLES
from fieldkit.storage.canonical import MAX_INT

_HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_TEXT = {"type": "string", "minLength": 1}


def archive_schema() -> dict[str, Any]:
    """The schema (2020-12) of both forms of the archive: revisions, and plain records."""
    models, definitions = _models()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "fieldkit archive",
        "description": "A study's revisions, lossless; or plain records from a script or another program.",
        "type": "object",
        "required": ["fieldkit"],
        "properties": {
            "fieldkit": {"const": 1, "description": "number of the archive format"},
            "study": {
                "type": "object",
                "properties": {
                    "id": {**_TEXT, "maxLength": 100},
                    "practice": {"type": "boolean", "description": "everything in it is made up"},
                },
            },
            "omits": {
                "type": "array",
                "items": {"type": "string"},
                "description": "tables that were left out, such as contacts",
            },
            "revisions": {"type": "array", "items": {"$ref": "#/$defs/Revision"}},
            "records": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    table: {"type": "array", "items": {"$ref": f"#/$defs/Plain{model}"}}
                    for table, model in models.items()
                },
            },
        },
        "oneOf": [
            {"required": ["study", "revisions"], "properties": {"study": {"required": ["id"]}}},
            {"required": ["records"]},
        ],
        "$defs": {
            **definitions,
            **{f"Plain{model}": _plain(table, definitions[model]) for table, model in models.items()},
            "Revision": _revision(models),
        },
    }


def _models() -> tuple[dict[str, str], dict[str, Any]]:
    """Table to the name of its model's definition, and all definitions."""
    from pydantic.json_schema import models_json_schema

    _, schema = models_json_schema(
        [(model, "validation") for model in TABLES.values()], ref_template="#/$defs/{model}"
    )
    return {table: model.__name__ for table, model in TABLES.items()}, schema["$defs"]


def _plain(table: str, definition: dict[str, Any]) -> dict[str, Any]:
    """As a record, but without need of what importing fills in."""
    filled_in = {"id"} if table in DERIVED_IDS else {"guide_version"} if table == "interviews" else set()
    required = [name for name in definition.get("required", []) if name not in filled_in]
    return {**definition, "required": required}


def _revision(models: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "object",
        "description": "One state of one record; its id is the SHA-256 of its canonical JSON without id.",
        "required": [
            "id",
            "table",
            "record",
            "body",
            "parents",
            "lamport",
            "device",
            "author",
            "at",
            "change",
            "nonce",
        ],
        "properties": {
            "id": _HASH,
            "table": _TEXT,
            "record": _TEXT,
            "body": {"type": ["object", "null"]},
            "parents": {"type": "array", "items": _HASH},
            "lamport": {"type": "integer", "minimum": 1, "maximum": MAX_INT},
            "device": _TEXT,
            "author": {"type": ["string", "null"]},
            "at": {**_TEXT, "description": "ISO 8601, UTC"},
            "change": {**_TEXT, "description": "shared by the revisions of one commit"},
            "nonce": _TEXT,
            "deleted": {"const": True},
            "undoes": {"type": "string", "description": "the change that this one takes back"},
        },
        "allOf": [
            {
                "if": {"properties": {"table": {"const": table}}, "required": ["table"]},
                "then": {"properties": {"body": {"anyOf": [{"$ref": f"#/$defs/{model}"}, {"type": "null"}]}}},
            }
            for table, model in models.items()
        ],
    }
