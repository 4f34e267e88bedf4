"""Check a study's files."""

from __future__ import annotations

from fieldkit.protocol.library import Protocol
from fieldkit.protocol.problems import Problem


def check_protocol(protocol: Protocol) -> list[Problem]:
    """All that is wrong with a study's files."""
    return sorted(protocol.problems)
