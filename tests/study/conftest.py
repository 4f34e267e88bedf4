"""Studies to work on: the shipped one in a folder of its own, with one respondent for each group."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.study.conduct import Conduct
from fieldkit.study.create import create_study
from fieldkit.study.interviews import interview_for
from fieldkit.study.roster import RosterEntry, add_roster, find_respondent
from fieldkit.study.study import Study

GROUPS = ("CIC", "DFA", "CIDA", "IOM")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new study of MT's, without notes."""
    return create_study(tmp_path / "étude [1]", author="MT")


@pytest.fixture
def study(folder: Path) -> Iterator[Study]:
    """That study, open, with the respondents CIC-01 to IOM-01."""
    with Study.open(folder) as opened:
        add_roster(opened, [RosterEntry(f"{group}-01", {"group": group}) for group in GROUPS])
        yield opened


def held(study: Study, code: str = "CIC-01") -> Conduct:
    """The respondent's interview, begun."""
    conduct = Conduct(study, interview_for(study, find_respondent(study, code).id).id)
    conduct.start()
    return conduct
