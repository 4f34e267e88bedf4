"""Every kind of export tells how far it is, replaces nothing unasked, and leaves nothing half done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.exchange.archive import write_archive
from fieldkit.exchange.codebook_yaml import write_codebook_yaml
from fieldkit.exchange.csv import write_csv
from fieldkit.exchange.docx import write_docx
from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.html import write_html
from fieldkit.exchange.markdown import write_markdown
from fieldkit.exchange.parquet import write_parquet
from fieldkit.exchange.qdc import write_qdc
from fieldkit.exchange.qdpx import write_qdpx
from fieldkit.exchange.xlsx import write_xlsx
from fieldkit.study.study import Study

OF_THE_STUDY: dict[str, Callable[..., int]] = {
    ".json": write_archive,
    ".csv": write_csv,
    ".parquet": write_parquet,
    ".xlsx": write_xlsx,
    ".docx": write_docx,
    ".html": write_html,
    ".md": write_markdown,
    ".qdpx": write_qdpx,
}
OF_THE_CODEBOOK: dict[str, Callable[..., int]] = {".qdc": write_qdc, ".yaml": write_codebook_yaml}


class Stopped(Exception):
    """What stops an export half-way."""


@pytest.mark.parametrize("suffix", [*OF_THE_STUDY, *OF_THE_CODEBOOK])
def test_a_file_is_replaced_only_where_that_is_asked_for(study: Study, tmp_path: Path, suffix: str) -> None:
    write = {**OF_THE_STUDY, **OF_THE_CODEBOOK}[suffix]
    target = tmp_path / "out" / f"a{suffix}"
    target.parent.mkdir()
    target.write_text("older")
    with pytest.raises(ExchangeError, match=f"a{suffix}: there is such a file already.*--force"):
        write(study, target)
    assert [(each.name, each.read_text()) for each in target.parent.iterdir()] == [(target.name, "older")]
    write(study, target, force=True)
    assert target.read_bytes() != b"older"
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("suffix", OF_THE_STUDY)
def test_it_tells_how_far_it_is_and_stopped_there_leaves_what_was(
    study: Study, tmp_path: Path, suffix: str
) -> None:
    target = tmp_path / "out" / f"a{suffix}"
    target.parent.mkdir()
    target.write_text("older")
    told: list[int] = []
    OF_THE_STUDY[suffix](study, target, force=True, progress=told.append)
    assert told
    target.write_text("older")

    def stop(_: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        OF_THE_STUDY[suffix](study, target, force=True, progress=stop)
    assert [(each.name, each.read_text()) for each in target.parent.iterdir()] == [(target.name, "older")]
