"""A report in French has no English of the program's own left in it."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from fieldkit.exchange import report_gather
from fieldkit.exchange.passages import Passages
from fieldkit.exchange.report_words import WORDS as REPORT_WORDS
from fieldkit.findings.words import WORDS as TABLE_WORDS
from fieldkit.study.conclusions import conclude
from fieldkit.study.findings import add_finding, add_note
from fieldkit.study.practice import make_practice_study
from fieldkit.study.study import Study
from tests.exchange.reading import shown
from tests.exchange.test_report_parts import ALL

CATALOGUE = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "catalogue.py"))
BLANK = re.compile(r"\{[^{}]*\}")
BETWEEN = re.compile(r" \| | · |; |\n|\u00a0: |: ")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Study, list[str]]]:
    """The practice study with findings of both kinds, and all that its reports in French show."""
    folder = tmp_path_factory.mktemp("french")
    with Study.open(make_practice_study(folder / "study")) as study, pytest.MonkeyPatch.context() as patch:
        study.set_author("MT")
        made = add_finding(study, "1.4a", "Les organes fonctionnent.", holds=True).id
        add_finding(study, "1.4", "Dans l’ensemble aussi.")
        add_note(study, made, "À revoir.")
        conclude(study, "conclusion", "La gouvernance est saine.", [made])
        # A hundred responses have every kind of thing that there is to say of one.
        every = Passages.responses
        patch.setattr(Passages, "responses", lambda self: islice(every(self), 100))
        report = report_gather.gather(study, language="fr")
        patch.setattr(report_gather, "gather", lambda *_, **__: report)
        texts: set[str] = set()
        for suffix, write in ALL.items():
            write(study, folder / f"rapport{suffix}", language="fr")
            texts.update(shown(folder / f"rapport{suffix}"))
        yield study, sorted(texts)


def messages() -> dict[str, str]:
    """Every message of the program's that reads otherwise in French."""
    pairs = {*TABLE_WORDS.values(), *REPORT_WORDS.values()}
    pairs |= {(each.id, each.string) for each in CATALOGUE["read"]("fr") if isinstance(each.id, str)}
    return {
        english: french
        for english, french in sorted(pairs)
        if french and english != french and re.search(r"[A-Za-z]{3}", BLANK.sub("", english))
    }


def reader(english: str) -> Callable[[str], Any]:
    """What tells whether a whole text is a message with its blanks filled."""
    pattern = re.compile(".+".join(map(re.escape, BLANK.split(english))), re.DOTALL)
    longest = max(BLANK.split(english), key=len)
    return lambda text: longest in text and pattern.fullmatch(text)


def own_words(study: Study) -> str:
    """What people said and wrote, which stays in the language it was said in."""
    said = [
        paragraph["text"]
        for row in study.rows("responses").values()
        for paragraph in row.get("paragraphs", ())
    ]
    return "\n".join(
        [*said, *(str(row) for table in ("chart", "codings") for row in study.rows(table).values())]
    )


def test_no_message_is_left_in_english(reports: tuple[Study, list[str]]) -> None:
    study, texts = reports
    pieces = {piece.strip(" *#|-") for text in texts for piece in {text, *BETWEEN.split(text)}}
    assert len(pieces) > 1500
    framework, known = study.framework, messages()
    ids = {each.id for bands in framework.bands.values() for each in bands}
    pieces -= {*ids, *known.values()}
    exact = pieces & known.keys()
    filled = [(english, reader(english)) for english in known if "{" in english]
    said = own_words(study)
    found = {
        english: piece
        for piece in pieces
        if piece not in said
        for english, reads in filled
        if reads(piece) and not reader(known[english])(piece)
    }
    assert {each for each in exact if each not in said} == set()
    assert found == {}


def test_what_is_set_in_french_does_not_break_before_its_marks(reports: tuple[Study, list[str]]) -> None:
    _, texts = reports
    headed = [text for text in texts if re.match(r"(# |## )?(Enjeu|Annexe|Saturation|Triangulation)\b", text)]
    assert len(headed) > 10
    assert [text for text in headed if re.search(r" [:;?!]", text)] == []
