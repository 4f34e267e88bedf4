"""The .html report in a browser: it works under its own policy, passes axe, and runs nothing of anybody's."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pypdf import PdfReader

from fieldkit.exchange.html import write_html
from fieldkit.study.conclusions import conclude
from fieldkit.study.findings import add_finding
from fieldkit.study.practice import make_practice_study
from fieldkit.study.recording import record_response
from fieldkit.study.study import Study

HOSTILE = "</script><script>window.ran=1</script><img src=x onerror='window.ran=1'> \x1b]52;c;ZXZpbA==\x07"
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a practice study with findings, in which somebody said something hostile."""
    place = tmp_path_factory.mktemp("page")
    folder = make_practice_study(place / "study")
    with Study.open(folder, author="MT") as study:
        record_response(study, "CIC-01", "role", notes=HOSTILE)
        made = add_finding(study, "1.4a", "Les organes fonctionnent.", holds=True)
        add_finding(study, "1.4", "Dans l’ensemble aussi.")
        conclude(study, "recommendation", "Rester membre.", [made.id])
        write_html(study, place / "report.html", language="fr")
    return place / "report.html"


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    """The report opened; nothing may be complained of, and nothing fetched."""
    context = browser.new_context()
    opened = context.new_page()
    complaints: list[str] = []
    fetched: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda request: fetched.append(request.url))
    opened.goto(report.as_uri())
    yield opened
    assert complaints == []
    assert fetched == [report.as_uri()]
    context.close()


def test_it_is_accessible(page: Page) -> None:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []


def test_words_are_found_without_their_accents_and_by_group(page: Page) -> None:
    shown = "li[data-codes]:visible"
    every = page.locator("li[data-codes]").count()
    assert page.inner_text("#find-told") == f"{every} passages affichés"
    page.fill("#find-words", "COTE")
    expect(page.locator("#find-told")).not_to_have_text(f"{every} passages affichés")
    words = page.locator(shown).all_inner_texts()
    assert words
    assert all(re.search("c[oô]t[eé]", text, re.IGNORECASE) for text in words)
    page.fill("#find-words", "")
    group = page.locator("#find-group option").nth(1).inner_text()
    page.select_option("#find-group", group)
    assert {item.get_attribute("data-group") for item in page.locator(shown).all()} == {group}


def test_a_number_leads_to_the_persons_and_words_it_rests_on(page: Page) -> None:
    button = page.locator("table button").first
    count = int(button.inner_text())
    button.click()
    persons = page.inner_text("#behind-persons").split(", ")
    assert len(persons) == count
    page.locator("#behind-words a").first.click()
    assert page.locator("#behind").is_hidden()
    reached = page.locator(page.evaluate("location.hash"))
    assert reached.is_visible()
    assert any(person in reached.inner_text() for person in persons)


def test_what_was_said_runs_nothing(page: Page) -> None:
    assert page.evaluate("window.ran") is None
    assert page.locator("img").count() == 0
    assert page.get_by_text("</script><script>window.ran=1</script>").count() > 0
    directives = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content") or ""
    assert "default-src 'none'" in directives
    assert "unsafe" not in directives


def test_every_printed_page_is_marked_and_nothing_is_left_folded(page: Page) -> None:
    pages = PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages
    texts = [each.extract_text() for each in pages]
    assert len(texts) > 20
    assert [number for number, text in enumerate(texts) if "PROTÉGÉ B" not in text] == []
    said = page.locator(".quotes .words").first.text_content() or ""
    together = " ".join(" ".join(texts).split())
    assert " ".join(said.split()) in together
