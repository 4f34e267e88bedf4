"""Studies to show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.study.study import Study
from tests.app.building import build_study


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small study of MT's, with interviews, codings and chart cells."""
    return build_study(tmp_path / "study")


@pytest.fixture
def world(folder: Path) -> Iterator[Study]:
    """That study, open."""
    with Study.open(folder) as study:
        yield study
