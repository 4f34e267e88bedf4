"""Whether everything a guide names is there."""

from __future__ import annotations

from fieldkit.protocol.framework import Framework
from fieldkit.protocol.guide import Guide
from fieldkit.protocol.problems import Problem
from fieldkit.protocol.source import Source


def guide_problems(guide: Guide, source: Source, framework: Framework | None) -> list[Problem]:
    """Errors."""
    return []
