"""Take in a codebook that a person edited: a YAML file, or a spreadsheet with a row for each code.

What the file says of a code stands; codes that it does not name stay as they are. All of it is one
change, which can be undone, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.exchange.codebook_sheet import read_codebook_sheet
from fieldkit.exchange.errors import FileRefused
from fieldkit.exchange.outcome import Imported
from fieldkit.say import t
from fieldkit.study.code_changes import check_names, checked_code, code_put
from fieldkit.study.errors import StudyError
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code
    from fieldkit.study.study import Study

_FIELDS = (
    "name", "parent", "definition", "use_when", "not_when", "examples", "aliases", "colour", "pattern",
    "retired", "order",
)  # fmt: skip


def import_codebook(study: Study, path: Path) -> Imported:
    """Take in a codebook.

    Args:
        study: the study.
        path: a .yaml, .yml, .csv or .xlsx file, such as exporting the codebook writes.

    Returns:
        What was added and changed; its notes list each code.

    Raises:
        ExchangeError: the file or a code of it is wrong, names clash, or codes stand in a circle; every
            fault is listed, and nothing was written.
    """
    sheet = path.suffix.lower() not in (".yaml", ".yml")
    given = read_codebook_sheet(study, path) if sheet else _read_yaml(study, path)
    here = {code.id: code for code in study.codebook.codes}
    order = {code: known.order for code, known in here.items()}
    codes = [code.model_copy(update={"order": order.get(code.id)}) for code in given]
    codes = _in_place(study, codes)
    problems = list(_clashes(study, codes))
    if problems:
        raise FileRefused(path.name, problems)
    changed = [code for code in codes if here.get(code.id) != code]
    if changed:
        study.save([code_put(code) for code in changed])
    return Imported(
        kind="codebook",
        added=len(changed),
        known=len(codes) - len(changed),
        records={"codes": len(changed)},
        notes=[_told(here.get(code.id), code) for code in changed],
    )


def _read_yaml(study: Study, path: Path) -> list[Code]:
    from pydantic import ValidationError

    from fieldkit.protocol.codebook import Codebook
    from fieldkit.protocol.explain import explain
    from fieldkit.protocol.framework_check import codebook_problems
    from fieldkit.protocol.source import read_source

    source, found = read_source(path)
    problems = list(map(str, found))
    if source is None or problems:
        raise FileRefused(path.name, problems or [t("{path}: it cannot be read").format(path=path.name)])
    context = {"default_language": study.framework.languages[0]}
    try:
        codebook = Codebook.model_validate(source.data, context=context)
    except ValidationError as error:
        raise FileRefused(path.name, [str(each) for each in explain(error, source, Codebook)]) from None
    problems = [str(each) for each in codebook_problems(codebook, source)]
    codes: list[Code] = []
    for place, code in enumerate(codebook.codes):
        try:
            codes.append(checked_code(study, code.id, code.model_dump(mode="json", exclude_none=True)))
        except StudyError as error:
            problems.append(str(source.error(("codes", place), str(error))))
    if problems:
        raise FileRefused(path.name, problems)
    return codes


def _in_place(study: Study, codes: Sequence[Code]) -> list[Code]:
    """The codes in the file's order: with places of their own, unless they come in that order already."""
    wanted = [code.id for code in codes]
    named = set(wanted)
    stands = [code.id for code in study.codebook.codes if code.id in named]
    if [code for code in wanted if code in set(stands)] == stands and wanted[: len(stands)] == stands:
        return list(codes)
    return [code.model_copy(update={"order": float(place)}) for place, code in enumerate(codes)]


def _clashes(study: Study, codes: Sequence[Code]) -> Iterator[str]:
    """What is wrong with the codebook that would be."""
    here = {code.id: code for code in study.codebook.codes}
    after = here | {code.id: code for code in codes}
    codebook = study.codebook.model_copy(update={"codes": list(after.values())})
    for code in codes:
        if code.parent is not None and code.parent not in after:
            told = t("code {code}: there is no code {parent} to stand under")
            yield told.format(code=code.id, parent=visible_line(code.parent))
            continue
        above, steps = code.parent, 0
        while above is not None and above != code.id and steps <= len(after):
            above, steps = after[above].parent if above in after else None, steps + 1
        if above is not None:
            yield t("code {code} would stand under itself: change its parent").format(code=code.id)
        try:
            check_names(codebook, code, here.get(code.id))
        except StudyError as error:
            yield t("code {code}: {error}").format(code=code.id, error=error)


def _told(before: Code | None, after: Code) -> str:
    """What a file changes of a code, on one line."""
    if before is None:
        return t("code {code}: new").format(code=after.id)
    fields = [field for field in _FIELDS if getattr(before, field) != getattr(after, field)]
    return t("code {code}: changed {fields}").format(code=after.id, fields=", ".join(fields))
