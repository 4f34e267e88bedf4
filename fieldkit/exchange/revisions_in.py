"""Take in an archive of revisions: the union of what it holds and what the study holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.errors import ExchangeError, FileRefused
from fieldkit.exchange.outcome import Imported
from fieldkit.exchange.plain_words import plain_words
from fieldkit.exchange.purges_in import destroy_copies, erases_here, refuse_purges, refuse_wrong_purges
from fieldkit.exchange.revision_rules import RevisionRules
from fieldkit.records.tables import TABLES
from fieldkit.say import t
from fieldkit.storage.errors import RevisionError
from fieldkit.storage.revision import Revision
from fieldkit.study.holds import refuse_while_held
from fieldkit.text import shortened

if TYPE_CHECKING:
    from fieldkit.study.study import Study


def take_revisions(
    study: Study, archive: dict[str, Any], name: str, *, accept_purges: bool = False
) -> Imported:
    """Take in revisions as they are, with their ids, times and authors.

    Args:
        study: the study; if it holds no revisions it becomes the archive's.
        archive: as `read_archive` returns it.
        name: the file's name, for messages.
        accept_purges: let purges that come with it erase what is here.

    Returns:
        What was added.

    Raises:
        PurgesCarried: purges in it would erase what is here, and that was not accepted; nothing was written.
        ExchangeError: the revisions are another study's, or some are wrong; nothing was written.
    """
    study_id = archive["study"]["id"]
    fresh = study.store is None or next(study.store.revisions(), None) is None
    if not fresh and study.store is not None and study.store.study_id != study_id:
        raise ExchangeError(
            t(
                "{name}: this archive is of another study ({study_id}, and this is {here}); "
                "import it into a new one, made with `fieldkit new`"
            ).format(name=name, study_id=study_id, here=study.store.study_id)
        )
    revisions = _checked(archive["revisions"], name)
    known = {revision.id for revision in study.store.revisions()} if study.store else set()
    new = [revision for revision in revisions.values() if revision.id not in known]
    shown = _shown(new)
    bodies = {
        table: {record: revision.body for record, revision in records.items() if revision.body is not None}
        for table, records in shown.items()
    }
    rules = RevisionRules(study, revisions.values(), bodies)
    problems = _problems(rules, bodies)
    if problems:
        raise FileRefused(name, problems)
    if any(revision.table == "purges" for revision in new):
        # What another laptop purged is erased here too, unless something forbids it here.
        refuse_while_held(study)
        refuse_wrong_purges(study, name, new)
        if not accept_purges:
            refuse_purges(study, name, new)
    notes = [*_notes(archive, new), *rules.notes()]
    erasing, held = erases_here(study, new), list(study.rows("interviews"))
    store = study.begin_store()
    if fresh and store.study_id != study_id:
        store.adopt_study_id(study_id)
    absorbed = store.absorb(revisions.values())
    if erasing:
        notes += destroy_copies(study, held)
    return Imported(
        kind="archive",
        added=absorbed.added,
        known=absorbed.known,
        records=_counts(shown),
        notes=notes,
    )


def _checked(given: list[Any], name: str) -> dict[str, Revision]:
    revisions: dict[str, Revision] = {}
    problems = []
    for place, data in enumerate(given, start=1):
        try:
            revision = Revision.from_json(data)
        except RevisionError as error:
            problems.append(
                t("revision {place} of {count}: {error}").format(place=place, count=len(given), error=error)
            )
        else:
            revisions[revision.id] = revision
    if problems:
        raise FileRefused(name, problems)
    return revisions


def _shown(revisions: Iterable[Revision]) -> dict[str, dict[str, Revision]]:
    """By table and record, the revision that will be shown of those given: what they end in."""
    shown: dict[str, dict[str, Revision]] = {}
    replaced = {parent for revision in revisions for parent in revision.parents}
    for revision in revisions:
        if revision.id in replaced:
            continue
        table = shown.setdefault(revision.table, {})
        rival = table.get(revision.record)
        if rival is None or (rival.lamport, rival.id) < (revision.lamport, revision.id):
            table[revision.record] = revision
    return shown


def _problems(rules: RevisionRules, bodies: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    from pydantic import ValidationError

    problems: list[str] = []
    for table, records in bodies.items():
        model = TABLES.get(table)
        if model is None:
            continue
        for record, body in records.items():
            place = f"{table} {shortened(record, 100)}"
            try:
                model.of(body)
            except ValidationError as error:
                problems.extend(f"{place}: {line}" for line in plain_words(error))
                continue
            if body["id"] != record:
                told = t("{place}: its body has the id {id}, and must have its own")
                problems.append(told.format(place=place, id=shortened(body["id"], 100)))
            else:
                problems.extend(f"{place}: {line}" for line in rules.problems(table, body))
    return problems


def _counts(shown: dict[str, dict[str, Revision]]) -> dict[str, int]:
    return {
        table: len(shown[table]) for table in [*TABLES, *sorted(set(shown) - set(TABLES))] if table in shown
    }


def _notes(archive: dict[str, Any], new: Iterable[Revision]) -> list[str]:
    notes = []
    omitted = archive.get("omits")
    if isinstance(omitted, list) and omitted:
        tables = ", ".join(str(table) for table in omitted)
        notes.append(t("this archive leaves out: {tables}").format(tables=tables))
    foreign = sorted({revision.table for revision in new} - set(TABLES))
    if foreign:
        notes.append(t("kept, but not known to this version: {tables}").format(tables=", ".join(foreign)))
    return notes
