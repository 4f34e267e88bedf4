"""The .html export: a report in one page that needs no network, searches its words, and can be printed."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit import __version__
from fieldkit.exchange.atomic import whole_file
from fieldkit.exchange.html_parts import Page
from fieldkit.exchange.html_text import escaped
from fieldkit.exchange.progress import counted
from fieldkit.exchange.report_ledger import cells_of, ledger
from fieldkit.exchange.report_words import say
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from fieldkit.exchange.progress import Progress
    from fieldkit.exchange.report import Leaving, Report
    from fieldkit.study.study import Study

KEPT = "kept"
"""Id of the element that keeps the numbers of the page."""


def write_html(
    study: Study,
    target: Path,
    *,
    language: str = "en",
    force: bool = False,
    leaving: Leaving | bool = False,
    progress: Progress | None = None,
) -> int:
    """Write the page; contacts are not in it.

    Args:
        study: the study.
        target: the file.
        language: language of the page.
        force: replace a file that is there already.
        leaving: write the version that may leave the house, on these terms or the usual ones.
        progress: what is told how many pieces are written.

    Returns:
        How many passages are in it.

    Raises:
        StudyError: the framework or codebook is wrong, or the file cannot be written.
    """
    from fieldkit.exchange.report_gather import gather

    with whole_file(target, force=force) as file:
        report = gather(study, language=language, leaving=leaving, progress=progress)
        for piece in counted(_page(report), progress):
            file.write(piece.encode("utf-8", errors="replace"))
            file.write(b"\n")
    return sum(len(question.quotes) for question in report.questions)


def _page(report: Report) -> Iterator[str]:
    language, page = report.language, Page(report)
    style, script = asset("page.css") + on_each_page(report.marking), asset("page.js")
    yield f'<!doctype html>\n<html lang="{escaped(language)}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy(style, script)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    title = escaped(f"{report.title}: {say(language, 'report')}")
    yield f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>"
    yield f'<a class="skip" href="#content">{escaped(say(language, "skip"))}</a>'
    yield f'<header><p class="marking">{escaped(report.marking)}</p><div class="about">'
    computed = say(language, "computed", at=report.made_at, version=__version__)
    yield f'<h1>{title}</h1><p class="soft">{escaped(computed)}</p></div></header>'
    yield from page.contents()
    yield '<main id="content">'
    yield from page.search()
    yield from page.front()
    yield from page.findings()
    yield from page.appendix()
    yield "</main>"
    yield page.dialog()
    yield f'<footer><p class="marking">{escaped(report.marking)}</p></footer>'
    yield f'<script type="application/json" id="{KEPT}">{kept_inside(report)}</script>'
    yield f"<script>{script}</script>\n</body>\n</html>"


def kept_inside(report: Report) -> str:
    """The numbers of a report, and what each rests on, as JSON that ends no element."""
    codes = sorted({code for table in report.tables for cell in cells_of(table) for code in cell.persons})
    person = {code: number for number, code in enumerate(codes)}
    answer = {each.id: number for number, each in enumerate(report.answers)}
    behind = [
        [
            [
                [person[code] for code in cell.persons],
                [answer[response] for response in cell.responses if response in answer],
            ]
            for cell in cells_of(table)
        ]
        for table in report.tables
    ]
    more = json.dumps({"persons": codes, "behind": behind}, separators=(",", ":"))
    return f"{ledger(report)[:-1]},{more[1:]}".replace("<", "\\u003c")


def on_each_page(marking: str) -> str:
    """The style that sets a marking at the top of each printed page.

    Args:
        marking: the text; every character of it that could end a text of a style is written by its number.
    """
    told = "".join(
        each if each.isascii() and (each.isalnum() or each == " ") else f"\\{ord(each):x} "
        for each in visible_line(marking)
    )
    look = "color: #a00000; font: bold 9pt sans-serif;"
    return f'@page {{ @top-center {{ content: "{told}"; {look} }} }}\n'


def policy(style: str, script: str) -> str:
    """A content security policy under which nothing runs, loads or styles but these two."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def asset(name: str) -> str:
    """The style or script of pages, as it stands between its tags."""
    return (resources.files("fieldkit.exchange") / "page" / name).read_text(encoding="utf-8")
