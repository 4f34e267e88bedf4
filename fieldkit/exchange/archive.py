"""The archive: a study's revisions in one JSON file, lossless, and the same bytes every time.

`{"fieldkit": 1, "study": {"id": ..., "practice": ...}, "omits": [...], "revisions": [...]}`, one
revision a line in canonical JSON, sorted by id. Nothing in it tells where or when it was exported.
An archive that a script or another program made may have `"records": {table: [...]}` instead.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from fieldkit.exchange.atomic import whole_file
from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.incoming import read_file
from fieldkit.exchange.progress import counted, going
from fieldkit.records.tables import PRIVATE_TABLES
from fieldkit.say import t
from fieldkit.text import decode

if TYPE_CHECKING:
    from fieldkit.exchange.outcome import Imported
    from fieldkit.exchange.progress import Progress
    from fieldkit.study.study import Study

FORMAT = 1
"""The archive format that this version writes, and the newest that it reads."""

SIZE_LIMIT = 2_000_000_000
"""Bytes beyond which a file is not even read."""


def write_archive(
    study: Study,
    target: Path,
    *,
    with_contacts: bool = False,
    force: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write all that was ever kept of a study.

    Args:
        study: the study.
        target: the file.
        with_contacts: include names and addresses.
        force: replace a file that is there already.
        progress: what is told how many revisions are written.

    Returns:
        How many revisions are in the file.

    Raises:
        ExchangeError: there is nothing to write, or it cannot be written.
    """
    from fieldkit.storage.canonical import canonical

    if study.store is None:
        raise ExchangeError(
            t("{folder}: nothing was recorded in this study yet, so there is no archive of it").format(
                folder=study.folder
            )
        )
    omitted = () if with_contacts else sorted(PRIVATE_TABLES)
    hidden = study.blind.hidden_records() if study.blind is not None else frozenset()
    lines = sorted(
        (revision.id, canonical(revision.to_json()))
        for revision in going(study.store.revisions(), progress)
        if revision.table not in omitted and (revision.table, revision.record) not in hidden
    )
    about: dict[str, Any] = {"id": study.store.study_id}
    if study.practice:
        about["practice"] = True
    head = f'{{"fieldkit":{FORMAT},"study":{_compact(about)},"omits":{_compact(list(omitted))},"revisions":['
    with whole_file(target, force=force) as file:
        file.write(head.encode())
        separator = b"\n"
        for _, line in counted(lines, progress):
            file.write(separator)
            file.write(line)
            separator = b",\n"
        file.write(b"\n]}\n")
    return len(lines)


def import_archive(study: Study, path: Path, *, accept_purges: bool = False) -> Imported:
    """Take in an archive of either form, all of it or nothing.

    Args:
        study: the study; one without revisions becomes the archive's study.
        path: the file.
        accept_purges: let purges that come with it erase what is here.

    Returns:
        What was added; for the form with revisions, importing it again adds nothing.

    Raises:
        PurgesCarried: purges in it would erase what is here, and that was not accepted; nothing was written.
        ExchangeError: the file is damaged, of another study, or at odds with this study's guides,
            framework or codebook; nothing was written.
    """
    archive = read_archive(path)
    if "records" in archive:
        from fieldkit.exchange.records_in import take_records

        return take_records(study, archive["records"], path.name)
    from fieldkit.exchange.revisions_in import take_revisions

    return take_revisions(study, archive, path.name, accept_purges=accept_purges)


def read_archive(path: Path) -> dict[str, Any]:
    """Read an archive's outer shape.

    Args:
        path: the file.

    Returns:
        The object in it, with either `revisions` (a list) and `study`, or `records` (a mapping).

    Raises:
        ExchangeError: it is no archive, or one that this version does not know.
    """
    data = _parse(path)
    if not isinstance(data, dict) or "fieldkit" not in data:
        raise ExchangeError(
            t('{path}: this is no fieldkit archive; one begins with {{"fieldkit": {format}, ...').format(
                path=path.name, format=FORMAT
            )
        )
    version = data["fieldkit"]
    if type(version) is not int or version < 1:
        raise ExchangeError(
            t('{path}: "fieldkit" must be {format}, the number of the archive format').format(
                path=path.name, format=FORMAT
            )
        )
    if version > FORMAT:
        raise ExchangeError(
            t("{path}: archive format {version} is of a newer fieldkit; update fieldkit to read it").format(
                path=path.name, version=version
            )
        )
    if ("revisions" in data) == ("records" in data):
        raise ExchangeError(
            t('{path}: an archive holds either "revisions" or "records", and not both').format(path=path.name)
        )
    if "records" in data:
        if not isinstance(data["records"], dict):
            raise ExchangeError(
                t('{path}: "records" must be an object: table name to a list of records').format(
                    path=path.name
                )
            )
        return data
    about = data.get("study")
    if not isinstance(data["revisions"], list) or not isinstance(about, dict) or not _is_id(about.get("id")):
        raise ExchangeError(
            t(
                '{path}: "revisions" must be a list, and "study" must name by "id" the study they are of'
            ).format(path=path.name)
        )
    return data


def read_share(path: Path) -> dict[str, Any]:
    """Read a share's outer shape.

    Args:
        path: the file.

    Returns:
        The object in it, with `share`, `files` (file name to text) and `records`.

    Raises:
        ExchangeError: it is no share.
    """
    data = read_archive(path)
    share, files = data.get("share"), data.get("files")
    right = (
        isinstance(share, dict)
        and isinstance(share.get("coder"), str)
        and isinstance(files, dict)
        and all(_is_file(name, text) for name, text in files.items())
        and "records" in data
    )
    if not right:
        raise ExchangeError(
            t(
                "{path}: no share for a second coder; `fieldkit assign --coder SR --to FILE` writes one"
            ).format(path=path.name)
        )
    return data


def _is_file(name: Any, text: Any) -> bool:
    """Whether a share may bring a file: guides, by their plain names."""
    plain = isinstance(name, str) and name == Path(name).name and not name.startswith(".")
    return plain and "\\" not in name and name.endswith((".yaml", ".yml")) and isinstance(text, str)


def _parse(path: Path) -> Any:
    import orjson

    content = read_file(path, SIZE_LIMIT, t("an archive"))
    try:
        return orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        if "depth limit" in error.msg:
            raise _unreadable(path) from error
        return _parse_slowly(path, content)


def _parse_slowly(path: Path, content: bytes) -> Any:
    """Parse what the fast reader refused: lone surrogates are let through, errors named in place."""

    def refuse(constant: str) -> NoReturn:
        raise ExchangeError(
            t("{path}: {constant} is not a number that JSON has").format(path=path.name, constant=constant)
        )

    try:
        return json.loads(decode(content, "utf-8-sig"), parse_constant=refuse)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ExchangeError(
            t("{path}:{line}: not UTF-8 (byte {start}); the file is damaged").format(
                path=path.name, line=line, start=error.start
            )
        ) from error
    except json.JSONDecodeError as error:
        raise ExchangeError(
            t("{path}:{lineno}: not JSON at column {colno} ({msg}); the file is damaged or cut off").format(
                path=path.name, lineno=error.lineno, colno=error.colno, msg=error.msg
            )
        ) from error
    except (RecursionError, ValueError) as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> ExchangeError:
    return ExchangeError(
        t(
            "{path}: not JSON that can be read: nested too deep or numbers too long; fieldkit "
            "writes no such archive"
        ).format(path=path.name)
    )


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 100 and value.isprintable()


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
