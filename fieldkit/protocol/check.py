"""Check a study's framework, codebook and guides, each in itself and against the others."""

from __future__ import annotations

from fieldkit.protocol.coverage import coverage_problems
from fieldkit.protocol.framework_check import codebook_problems, framework_problems
from fieldkit.protocol.guide_check import guide_warnings
from fieldkit.protocol.languages import language_problems
from fieldkit.protocol.library import CODEBOOK_FILE, FRAMEWORK_FILE, Protocol, guide_file
from fieldkit.protocol.paths import Survey, survey_paths
from fieldkit.protocol.problems import Problem
from fieldkit.protocol.source import Source


def check_protocol(protocol: Protocol) -> list[Problem]:
    """Find all that is wrong or unwise in a study's files.

    Args:
        protocol: a loaded protocol.

    Returns:
        The problems found while loading and those found by holding the files against each other,
        sorted by file and line.
    """
    found = list(protocol.problems)
    surveys = {guide.id: survey_paths(guide) for guide in protocol.guides.values()}
    languages = protocol.framework.languages if protocol.framework else []
    if protocol.framework is not None:
        source = protocol.sources[FRAMEWORK_FILE]
        found += framework_problems(protocol.framework, source)
        found += language_problems(protocol.framework, source, languages)
        spoilt = _spoilt_groups(protocol)
        found += coverage_problems(protocol.framework, source, protocol.guides, surveys, spoilt)
    if protocol.codebook is not None:
        source = protocol.sources[CODEBOOK_FILE]
        found += codebook_problems(protocol.codebook, source)
        found += language_problems(protocol.codebook, source, languages) if languages else []
    found += _guide_problems(protocol, surveys, languages)
    return sorted(set(found))


def _spoilt_groups(protocol: Protocol) -> set[str]:
    """The respondent groups that guides with errors are for, as far as that can be told."""
    right = {guide_file(protocol, guide_id).file for guide_id in protocol.guides}
    others = {FRAMEWORK_FILE, CODEBOOK_FILE, protocol.folder.name}
    wrong = {problem.file for problem in protocol.problems if problem.severity == "error"} - right - others
    groups = {group.id for group in protocol.framework.respondent_groups} if protocol.framework else set()
    named = {_named_group(protocol.sources.get(file)) for file in wrong}
    if named <= groups:
        return named & groups
    # Nobody can tell whose guide it is: any group that seems to lack one may well have it.
    return groups - {guide.respondent_group for guide in protocol.guides.values()} | named & groups


def _named_group(source: Source | None) -> str:
    group = source.data.get("respondent_group") if source is not None else None
    return group if isinstance(group, str) else ""


def _guide_problems(protocol: Protocol, surveys: dict[str, Survey], languages: list[str]) -> list[Problem]:
    found: list[Problem] = []
    for guide in protocol.guides.values():
        source = guide_file(protocol, guide.id)
        found += guide_warnings(guide, source, surveys[guide.id])
        found += language_problems(guide, source, languages) if languages else []
    return found
