"""Whether the numbers of an exported report still hold: each is computed again from the study."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.report_ledger import Kept, cells_of
from fieldkit.say import t
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from fieldkit.study.study import Study


@dataclass(frozen=True)
class Checked:
    """What came of computing a report's numbers again.

    Attributes:
        made_at: when the report's numbers were computed.
        figures: how many were compared.
        problems: those that no longer hold, one line each.
        missing: how many tables were taken out of the report since.
    """

    made_at: str
    figures: int
    problems: tuple[str, ...]
    missing: int

    @property
    def ok(self) -> bool:
        """Whether every number holds."""
        return not self.problems


def is_report(path: Path) -> bool:
    """Whether a file is named like a report that can be verified."""
    return path.suffix.lower() in (".xlsx", ".docx", ".html", ".htm")


def check_report(study: Study, path: Path) -> Checked:
    """Compute the numbers of a report again.

    Args:
        study: the study it was made from.
        path: an .xlsx, .docx or .html report, as it was exported or as it was worked on since.

    Returns:
        Which numbers no longer hold: because what they rest on changed, or because somebody changed
        them in the file.

    Raises:
        ExchangeError: it is no such report, is damaged, or is one of another study.
        StudyError: the framework or codebook is missing or wrong.
    """
    from fieldkit.exchange.report_gather import gather

    kept = read_report(path)
    if study.store is None or kept.study != study.store.study_id:
        raise ExchangeError(
            t("{path}: this is a report on another study; name that one with -s/--study").format(path=path)
        )
    now = gather(study, language=kept.language, leaving=kept.leaving or False)
    standing = {cell.trace: (cell.text, cell.n) for table in now.tables for cell in cells_of(table)}
    problems = tuple(_problems(kept, standing))
    compared = sum(len(kept.figures[number]) for number in kept.shown)
    return Checked(kept.made_at, compared, problems, len(kept.figures) - len(kept.shown))


def read_report(path: Path) -> Kept:
    """Read an exported report back.

    Raises:
        ExchangeError: it is no such report, or is damaged.
    """
    if path.suffix.lower() == ".xlsx":
        from fieldkit.exchange.xlsx_back import read_workbook

        return read_workbook(path)
    if path.suffix.lower() == ".docx":
        from fieldkit.exchange.docx_back import read_document

        return read_document(path)
    from fieldkit.exchange.html_back import read_page

    return read_page(path)


def _problems(kept: Kept, standing: dict[str, tuple[str, int | None]]) -> Iterator[str]:
    told: set[str] = set()
    for number, shown in sorted(kept.shown.items()):
        for (trace, was, n), reads in zip(kept.figures[number], shown, strict=True):
            now = standing.get(trace)
            line = _problem(trace, (was, n), reads, now)
            if line is not None and line not in told:
                told.add(line)
                yield line


def _problem(
    trace: str, was: tuple[str, int | None], reads: str, now: tuple[str, int | None] | None
) -> str | None:
    name, text = visible_line(trace), visible_line(reads.strip())
    if now is None:
        told = t("{name}: the report says {report}; the study has no such number any more")
        return told.format(name=name, report=_told(text, was[1]))
    if text != visible_line(now[0].strip()):
        told = (
            t("{name}: the report says {report}; the study says {study}")
            if text == visible_line(was[0].strip())
            else t("{name}: the report says {report}, changed in the file; the study says {study}")
        )
        return told.format(name=name, report=_told(text, was[1]), study=_told(*now))
    if was[1] != now[1]:
        told = t("{name}: the report says {report}; the study says {study}")
        return told.format(name=name, report=_told(text, was[1]), study=_told(*now))
    return None


def _told(text: str, n: int | None) -> str:
    return (visible_line(text) or t("nothing")) + (f" (n = {n})" if n is not None else "")
