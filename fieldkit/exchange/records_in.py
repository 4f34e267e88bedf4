"""Take in an archive of plain records: checked against the study, then one commit or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.errors import FileRefused
from fieldkit.exchange.outcome import Imported
from fieldkit.exchange.plain_records import PlainRecords, read_plain
from fieldkit.exchange.record_rules import rule_problems
from fieldkit.exchange.references import References
from fieldkit.storage.writes import Put
from fieldkit.study.study import put

if TYPE_CHECKING:
    from fieldkit.study.study import Study


def take_records(study: Study, tables: dict[str, Any], name: str) -> Imported:
    """Take in plain records as new revisions.

    A record that is equal to what it was here at any time adds nothing, so that a script can be run
    again without taking back what was changed since.

    Args:
        study: the study.
        tables: table name to a list of records.
        name: the file's name, for messages.

    Returns:
        What was added.

    Raises:
        FileRefused: records are wrong or at odds with the study; all faults are listed, and nothing
            was written.
    """
    plain = read_plain(study, tables)
    references = References(study, plain.bodies, plain.faulty)
    problems = [*plain.problems, *rule_problems(study, references, plain.bodies)]
    if problems:
        raise FileRefused(name, problems)
    _fill_in_quotes(references, plain)
    given = {(table, record): body for table, rows in plain.bodies.items() for record, body in rows.items()}
    known = _known(study, given)
    new = {key: body for key, body in given.items() if key not in known}
    writes = [*_guides_held_with(study, references, new), *(Put(*key, body) for key, body in new.items())]
    if writes:
        study.save(writes)
    counts: dict[str, int] = {}
    for table, _ in new:
        counts[table] = counts.get(table, 0) + 1
    return Imported(kind="records", added=len(writes), known=len(known), records=counts, notes=plain.notes)


def _fill_in_quotes(references: References, plain: PlainRecords) -> None:
    """Give each coding the words it stands on, where the file has offsets only."""
    from fieldkit.records.responses import Response

    for body in plain.bodies.get("codings", {}).values():
        if body["quote"] or body["start"] >= body["end"]:
            continue
        response = references.row("responses", body.get("response"))
        document = references.row("documents", body.get("document"))
        if response is not None:
            body["quote"] = Response.of(response).text[body["start"] : body["end"]]
        elif document is not None:
            body["quote"] = document["text"][body["start"] : body["end"]]


def _known(study: Study, given: dict[tuple[str, str], dict[str, Any]]) -> set[tuple[str, str]]:
    """Those of the records that are, or once were, what the file says."""
    from fieldkit.storage.canonical import canonical

    if study.store is None:
        return set()
    known = {key for key, body in given.items() if study.row(*key) == body}
    sought = {key: canonical(body) for key, body in given.items() if key not in known}
    if not sought:
        return known
    for revision in study.store.revisions():
        key = revision.table, revision.record
        if key in sought and revision.body is not None and canonical(revision.body) == sought[key]:
            known.add(key)
    return known


def _guides_held_with(
    study: Study, references: References, new: dict[tuple[str, str], dict[str, Any]]
) -> Iterator[Put]:
    """Note, for interviews that were begun, the guide they were held with, and keep that guide."""
    from fieldkit.records.findings import StoredGuide

    kept: set[str] = set()
    for (table, _), body in new.items():
        if table != "interviews" or body["state"] == "planned" or body.get("guide_hash"):
            continue
        guide = references.guide_of(body)
        if guide.version != body["guide_version"]:
            continue
        body["guide_hash"] = guide.content_hash
        if guide.content_hash not in kept and study.row("guides", guide.content_hash) is None:
            kept.add(guide.content_hash)
            yield put("guides", StoredGuide.of_guide(guide))
