"""A share for a second coder as a file: what she codes and codes with, nothing that others made of it.

`{"fieldkit": 1, "share": {...}, "files": {name: text}, "records": {table: [...]}}`: the guides, framework
and codebook in force as files, the texts of the share's interviews as plain records. Only fields that
are named here leave: initials, contacts, codings, chart cells, memos and findings have no place in it.
What she made of it comes back as an archive of plain records, which `fieldkit import` takes in.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fieldkit.exchange.archive import FORMAT, read_share
from fieldkit.exchange.atomic import whole_file
from fieldkit.exchange.codebook_yaml import codebook_yaml
from fieldkit.exchange.errors import ExchangeError
from fieldkit.say import t
from fieldkit.study.create import create_study
from fieldkit.study.locate import GUIDES
from fieldkit.study.standing import Standing
from fieldkit.study.study import Study

if TYPE_CHECKING:
    from fieldkit.records.assignments import Assignment

_FIELDS: Final = {
    "respondents": ("id", "code", "group", "reporting_group", "place", "level", "language", "attributes"),
    "interviews": (
        "id", "guide", "guide_version", "guide_hash", "respondents", "state", "mode", "language",
        "started_at", "ended_at", "added_items",
    ),
    "consents": ("id", "interview", "respondent", "given", "quote"),
    "responses": (
        "id", "interview", "item", "instance", "respondent", "disposition", "reason", "value", "paragraphs",
        "language", "also_answers", "probes",
    ),
    "guides": ("id", "guide", "version", "content"),
    "assignments": ("id", "coder", "interviews", "groups", "seed", "at"),
}  # fmt: skip
_PARAGRAPH: Final = ("text", "kind", "respondent", "attribution", "probe", "also_answers")


def write_share(study: Study, assignment: Assignment, target: Path, *, force: bool = False) -> int:
    """Write a share.

    Args:
        study: the study.
        assignment: whose share it is, and of which interviews.
        target: the file.
        force: replace a file that is there already.

    Returns:
        How many interviews are in it.

    Raises:
        ExchangeError: it cannot be written.
    """
    records = _records(study, assignment)
    content = {
        "fieldkit": FORMAT,
        "share": {"coder": assignment.coder, "practice": study.practice},
        "files": _files(study),
        "records": records,
    }
    with whole_file(target, force=force) as file:
        file.write(json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n")
    return len(records["interviews"])


def study_of_share(path: Path, folder: Path, *, passphrase: str | None = None) -> Path:
    """Make a study of a share, in a new folder, with its coder as who is at work.

    Args:
        path: the file.
        folder: where the study is to be.
        passphrase: what shall open it; None keeps it unencrypted.

    Returns:
        The study's folder.

    Raises:
        ExchangeError: it is no share, or a damaged one; no study was made.
        StudyError: no study can be made there.
    """
    from fieldkit.exchange.records_in import take_records
    from fieldkit.study.protection import unlock

    share = read_share(path)
    with tempfile.TemporaryDirectory(prefix="fieldkit-share-") as scratch:
        template = Path(scratch) / GUIDES
        template.mkdir()
        for name, text in share["files"].items():
            (template / name).write_text(text, encoding="utf-8")
        made = create_study(folder, template=template, author=share["share"]["coder"], passphrase=passphrase)
    keys = None if passphrase is None else unlock(made, passphrase)
    with Study.open(made, keys=keys) as study:
        take_records(study, share["records"], path.name)
    return made


def write_hand_in(study: Study, coder: str, target: Path, *, force: bool = False) -> int:
    """Write what a coder made of her share, for the study that it came from.

    Args:
        study: the study that was made of the share.
        coder: her initials; her share is to be handed in already.
        target: the file.
        force: replace a file that is there already.

    Returns:
        How many codings are in it.

    Raises:
        ExchangeError: it cannot be written.
    """
    mine = [each for each in study.records("assignments") if each.coder == coder]
    interviews = {interview for each in mine for interview in each.interviews}
    base = study.protocol.codebook
    given = {code.id for code in base.codes} if base is not None else set()
    codings = []
    for body in study.rows("codings").values():
        response = study.row("responses", body.get("response") or "")
        if body.get("coder") == coder and response is not None and response["interview"] in interviews:
            # Revisions of this study are unknown in the other: the words stand beside the offsets.
            codings.append({name: value for name, value in body.items() if name != "revision"})
    records = {
        "assignments": [each.body() for each in mine],
        "codes": [dict(body) for code, body in study.rows("codes").items() if code not in given],
        "codings": codings,
        "chart": [dict(body) for body in study.rows("chart").values() if body.get("coder") == coder],
    }
    content = {"fieldkit": FORMAT, "records": {table: rows for table, rows in records.items() if rows}}
    with whole_file(target, force=force) as file:
        file.write(json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n")
    return len(codings)


def _records(study: Study, assignment: Assignment) -> dict[str, list[dict[str, Any]]]:
    standing = Standing(study)
    interviews = {
        interview: body
        for interview in assignment.interviews
        if (body := study.row("interviews", interview)) is not None and body.get("state") != "withdrawn"
    }
    people = {person for body in interviews.values() for person in body["respondents"]}
    responses = [
        body
        for interview, about in interviews.items()
        for _, body in study.where("responses", "interview", interview)
        if standing.response(body, about)
    ]
    guides = {body.get("guide_hash") for body in interviews.values()}
    rows: dict[str, Iterable[Mapping[str, Any] | None]] = {
        "respondents": (study.row("respondents", person) for person in sorted(people)),
        "interviews": interviews.values(),
        "consents": (body for each in interviews for _, body in study.where("consents", "interview", each)),
        "responses": (_shown(standing, body) for body in responses),
        "guides": (study.row("guides", str(each)) for each in sorted(filter(None, guides))),
        "assignments": (assignment.body(),),
    }
    return {
        table: [{name: body[name] for name in _FIELDS[table] if name in body} for body in bodies if body]
        for table, bodies in rows.items()
    }


def _shown(standing: Standing, body: Mapping[str, Any]) -> dict[str, Any]:
    """A response with what leaves of its paragraphs; words that may not be shown become empty lines.

    Offsets into the text stay what they are, since those of her codings must fit here.
    """
    paragraphs = []
    for paragraph in body.get("paragraphs", ()):
        kept = {name: paragraph[name] for name in _PARAGRAPH if paragraph.get(name) is not None}
        if not standing.person(paragraph.get("respondent"), body["interview"]):
            kept["text"] = " " * len(kept["text"])
        paragraphs.append(kept)
    return {**body, "paragraphs": paragraphs}


def _files(study: Study) -> dict[str, str]:
    """The study's guides and framework as they are, and the codebook in force."""
    folder = study.folder / GUIDES
    files = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in (".yaml", ".yml") and not path.name.startswith("."):
            try:
                files[path.name] = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise ExchangeError(
                    t("{path}: it cannot be read ({error}); `fieldkit check` tells").format(
                        path=path.name, error=error
                    )
                ) from None
    files["codebook.yaml"] = codebook_yaml(study.codebook)
    return files
