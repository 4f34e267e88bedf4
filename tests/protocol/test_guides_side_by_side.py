"""The guides that ship, side by side: what is compared between respondent groups is asked in the same way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from fieldkit.protocol.guide import Guide
from fieldkit.protocol.items import GridItem, ScaleItem
from fieldkit.protocol.library import load_protocol
from fieldkit.protocol.texts import Text

Labels = tuple[str, str]
Point = tuple[int, Labels]


@lru_cache(maxsize=1)
def guides() -> list[Guide]:
    return list(load_protocol(Path(__file__).parents[2] / "interview_guides").guides.values())


def labels(text: Text) -> Labels:
    return text.get("en"), text.get("fr")


def rated_in(guide: Guide) -> Iterator[tuple[str, list[Point]]]:
    """Each evaluation question that a scale or a grid of scales serves, with the scale's points."""
    for item in guide.items():
        if isinstance(item, ScaleItem | GridItem) and item.scale:
            points = [(point.value, labels(point.text)) for point in item.scale]
            for question in item.evaluation_questions:
                yield question, points


def test_a_scale_has_the_same_points_and_labels_in_every_guide() -> None:
    found: dict[str, set[tuple[Point, ...]]] = {}
    for guide in guides():
        for name, points in guide.scales.items():
            shape = tuple((point.value, labels(point.text)) for point in points)
            found.setdefault(name, set()).add(shape)
    assert sorted(found) == ["effectiveness", "extent", "quality"]
    for name, shapes in found.items():
        assert [[value for value, _ in shape] for shape in shapes] == [[1, 2, 3, 4, 5]], name


def test_groups_rate_an_evaluation_question_on_one_scale() -> None:
    raters: dict[str, set[str]] = {}
    scales: dict[str, list[Point]] = {}
    for guide in guides():
        for question, points in rated_in(guide):
            assert scales.setdefault(question, points) == points, f"{guide.id} rates {question} otherwise"
            raters.setdefault(question, set()).add(guide.id)
    compared = {question: groups for question, groups in raters.items() if len(groups) > 1}
    assert compared == {
        "1.1": {"cic", "dfa", "iom"},
        "1.4a": {"cic", "dfa", "iom"},
        "1.5": {"cic", "cida"},
        "2.3": {"cic", "cida", "iom"},
        "2.5": {"cida", "dfa", "iom"},
        "3.1": {"cic", "cida", "dfa"},
        "3.2": {"cic", "dfa"},
    }


def test_a_choice_bears_one_label_in_every_guide_that_lists_it() -> None:
    found: dict[tuple[str, str], set[Labels]] = {}
    listed: dict[str, set[str]] = {}
    for guide in guides():
        for name, choices in guide.choices.items():
            listed.setdefault(name, set()).add(guide.id)
            for choice in choices:
                found.setdefault((name, choice.id), set()).add(labels(choice.text))
    assert {choice: texts for choice, texts in found.items() if len(texts) > 1} == {}
    assert {name: among for name, among in listed.items() if len(among) > 1} == {
        "oversight_subjects": {"cic", "iom"},
        "bodies": {"cic", "dfa", "iom"},
        "service_areas": {"cic", "iom"},
        "services": {"cic", "iom"},
        "organizations": {"cida", "dfa"},
        "objectives": {"cic", "cida", "dfa"},
        "arrangements": {"cic", "dfa"},
    }


def test_every_group_is_promised_and_shown_the_same() -> None:
    assert len({tuple(labels(consent.text) for consent in guide.consents) for guide in guides()}) == 1
    for language in ("en", "fr"):
        undertakings = {tuple(guide.statement.get(language).split("\n\n")[1:]) for guide in guides()}
        assert [len(paragraphs) for paragraphs in undertakings] == [2]
    cards: dict[str, set[str]] = {}
    for guide in guides():
        for card in guide.show_cards:
            cards.setdefault(card.id, set()).add(card.model_dump_json())
    assert {card: len(versions) for card, versions in cards.items()} == {"card_2_1": 1, "card_2_2": 1}
