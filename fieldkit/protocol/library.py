"""Load a study's framework, codebook and guides from its folder of YAML files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from fieldkit.protocol.base import SLUG_PATTERN
from fieldkit.protocol.codebook import Codebook
from fieldkit.protocol.explain import explain
from fieldkit.protocol.framework import Framework
from fieldkit.protocol.guide import Guide
from fieldkit.protocol.named_lists import resolve_named_lists
from fieldkit.protocol.problems import Problem
from fieldkit.protocol.references import guide_problems
from fieldkit.protocol.source import Source, read_source
from fieldkit.protocol.texts import DEFAULT_LANGUAGE
from fieldkit.say import reason_of, t

FRAMEWORK_FILE = "framework.yaml"
CODEBOOK_FILE = "codebook.yaml"
SUFFIXES = (".yaml", ".yml")

AnyModel = TypeVar("AnyModel", bound=BaseModel)


@dataclass
class Protocol:
    """What a study asks: everything its folder of YAML files holds.

    Attributes:
        folder: the folder it was loaded from.
        framework: None where the file is missing or wrong.
        codebook: None where the file is missing or wrong.
        guides: the guides that are right, by id, in the order of their names.
        problems: what is wrong, sorted by file and line.
        sources: the files read, by file name; for naming lines.
    """

    folder: Path
    framework: Framework | None = None
    codebook: Codebook | None = None
    guides: dict[str, Guide] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)


def load_protocol(folder: Path) -> Protocol:
    """Load all that can be loaded; what is wrong becomes problems, never an exception.

    Args:
        folder: the study's folder of YAML files.

    Returns:
        The protocol. A guide with an error is left out, the others are in.
    """
    protocol = Protocol(folder)
    if not folder.is_dir():
        message = t("the folder with framework, codebook and guides is missing: put them there")
        protocol.problems.append(Problem(folder.name, 0, "error", message))
        return protocol
    if (source := _read(protocol, folder / FRAMEWORK_FILE)) is not None:
        language = _first_language(source.data)
        protocol.framework = _validated(protocol, source, source.data, Framework, language)
    default = protocol.framework.languages[0] if protocol.framework else DEFAULT_LANGUAGE
    if (source := _read(protocol, folder / CODEBOOK_FILE)) is not None:
        protocol.codebook = _validated(protocol, source, source.data, Codebook, default)
    for path in _guide_paths(protocol):
        _load_guide(protocol, path, default)
    protocol.problems.sort()
    return protocol


def guide_file(protocol: Protocol, guide_id: str) -> Source:
    """The file a loaded guide came from.

    Raises:
        KeyError: there is no such guide.
    """
    for suffix in SUFFIXES:
        if (source := protocol.sources.get(f"{guide_id}{suffix}")) is not None:
            return source
    raise KeyError(guide_id)


def _read(protocol: Protocol, path: Path) -> Source | None:
    """The file as a source, where it holds keys with values; what is wrong is noted."""
    source, problems = read_source(path)
    protocol.problems.extend(problems)
    if source is None:
        return None
    if not isinstance(source.data, dict):
        protocol.problems.append(
            source.error((), t("the file must hold keys with values, from `fieldkit: 1` on"))
        )
        return None
    protocol.sources[path.name] = source
    return source


def _guide_paths(protocol: Protocol) -> list[Path]:
    """The guides' files, by name. Hidden files are an editor's, not the study's."""
    try:
        paths = sorted(protocol.folder.iterdir())
    except OSError as error:
        message = t("the folder cannot be read ({reason}): check its permissions").format(
            reason=reason_of(error)
        )
        protocol.problems.append(Problem(protocol.folder.name, 0, "error", message))
        return []
    others = (FRAMEWORK_FILE, CODEBOOK_FILE)
    return [p for p in paths if p.suffix in SUFFIXES and p.name not in others and p.name[0] != "."]


def _validated(
    protocol: Protocol, source: Source, data: dict[str, Any], model: type[AnyModel], language: str
) -> AnyModel | None:
    """The data as a model, or None with the reasons noted."""
    try:
        return model.model_validate(data, context={"default_language": language})
    except ValidationError as error:
        protocol.problems.extend(explain(error, source, model))
        return None


def _load_guide(protocol: Protocol, path: Path, default: str) -> None:
    """Load one guide; keep it only where nothing in its file is an error."""
    before = len(protocol.problems)
    source = _read(protocol, path)
    if source is None:
        return
    if not re.fullmatch(SLUG_PATTERN, path.stem):
        message = t(
            '"{stem}" cannot be a guide\'s id: rename the file, with letters, digits and hyphens'
        ).format(stem=path.stem)
        protocol.problems.append(source.error((), message))
        return
    data, problems = resolve_named_lists(source)
    protocol.problems.extend(problems)
    if "id" in data:
        protocol.problems.append(
            source.error(
                ("id",),
                t("delete `id`: the file's name, \"{stem}\", is the guide's id").format(stem=path.stem),
            )
        )
    if default != DEFAULT_LANGUAGE:
        data.setdefault("default_language", default)
    guide = _validated(protocol, source, data | {"id": path.stem}, Guide, default)
    if guide is None:
        return
    if guide.id in protocol.guides:
        message = t('there is another guide "{guide}", with another ending: delete or rename one').format(
            guide=guide.id
        )
        protocol.problems.append(source.error((), message))
    protocol.problems.extend(guide_problems(guide, source, protocol.framework))
    if not any(problem.severity == "error" for problem in protocol.problems[before:]):
        protocol.guides[guide.id] = guide


def _first_language(data: dict[str, Any]) -> str:
    """The default language that a framework names, as far as it can be read."""
    try:
        first = data["study"]["languages"][0]
    except (KeyError, IndexError, TypeError):
        return DEFAULT_LANGUAGE
    return first if isinstance(first, str) else DEFAULT_LANGUAGE
