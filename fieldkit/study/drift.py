"""Codings that were made under a definition which is no longer the code's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.study.codebook import code_of
from fieldkit.study.study import Study

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code


@dataclass(frozen=True)
class Drifted:
    """Codings of one code that were made under one older definition, or under an unknown one.

    Attributes:
        code: the code as it stands now.
        version: the version of the definition they were made under; None where they do not tell.
        before: the code as it read then; None where its words are no longer kept, or not told.
        codings: their ids, sorted.
    """

    code: Code
    version: str | None
    before: Code | None
    codings: tuple[str, ...]


def definition_drift(study: Study) -> list[Drifted]:
    """Where codings were made under another definition than their code's, in the codebook's order.

    Codings that do not tell under which definition they were made come last of their code.

    Args:
        study: the study.

    Returns:
        One entry for each code and older version; none where all codings are up to date.
    """
    by_code: dict[str, dict[str | None, list[str]]] = {}
    for coding_id, body in study.rows("codings").items():
        by_code.setdefault(body["code"], {}).setdefault(body.get("code_version"), []).append(coding_id)
    texts: dict[str, Code] | None = None
    found = []
    for code in study.codebook.codes:
        versions = by_code.get(code.id, {})
        for version in sorted(versions, key=lambda each: (each is None, each or "")):
            if version == code.definition_version:
                continue
            if texts is None:
                texts = {each.definition_version: each for each in _ever(study)}
            before = None if version is None else texts.get(version)
            found.append(Drifted(code, version, before, tuple(sorted(versions[version]))))
    return found


def _ever(study: Study) -> Iterator[Code]:
    """Every form that a code has had, as far as it is kept: in the file, and in the trail."""
    base = study.protocol.codebook
    yield from base.codes if base is not None else ()
    for revision in study.store.history(table="codes") if study.store is not None else ():
        if revision.body is not None:
            try:
                yield code_of(revision.record, revision.body)
            except ValueError:
                continue
