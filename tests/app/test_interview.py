"""The interview screen: what each key does, and that nothing typed is ever lost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events
from textual.widgets import OptionList

from fieldkit.protocol.library import load_protocol
from fieldkit.records.interviews import consent_id
from fieldkit.records.responses import ResponseKey
from fieldkit.storage.errors import NotDurable
from fieldkit.study.closing import asked_steps
from fieldkit.study.study import Study
from tests.app.evaluator import InterviewApp, app_for, drawn, keys, study_in, texts

UNIT, ROLE = ResponseKey("unit"), ResponseKey("role")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with study_in(tmp_path / "study") as opened:
        yield opened


def stored(app: InterviewApp, item: str, instance: str | None = None) -> dict | None:
    conduct = app.interview.conduct
    return conduct.study.row("responses", ResponseKey(item, instance).response_id(conduct.interview.id))


def text_items(app: InterviewApp) -> list[int]:
    return [
        step.number for step in app.interview.conduct.steps() if step.relevant and step.item.type == "text"
    ]


async def test_keys_that_arrive_together_apply_in_their_order(study: Study) -> None:
    """Over a slow link many keys come in one read; none may overtake another."""
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(
            pilot, "ctrl+n", "1", "ctrl+n", "abX", "backspace", "c", "ctrl+n", "1998 years", "ctrl+n", "1"
        )
        assert stored(app, "unit")["value"] == "bsk"
        assert texts(stored(app, "role")) == ["abc"]
        assert stored(app, "since")["value"] == 1998
        assert texts(stored(app, "since")) == ["years"]
        assert app.interview.conduct.answer(ResponseKey("bodies_attended")).value == ["council"]


async def test_the_first_letter_falls_into_the_notes_and_tab_goes_back(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "2", "3 visits".removeprefix("3 "), " 3", "tab", "1", "ctrl+n")
        assert stored(app, "unit")["value"] == "bsk"
        assert texts(stored(app, "unit")) == ["visits 3"]


async def test_officials_start_talking_before_consent(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        assert app.interview.page == "consent"
        await keys(pilot, "No, we never", "ctrl+n")
        assert texts(stored(app, "unit")) == ["No, we never"]
        assert "1 has no value yet, and what is asked later depends on it" in drawn(app)
        await keys(pilot, "ctrl+n")
        assert "Consent not recorded: CIC-01" in drawn(app)
        await keys(pilot, "ctrl+g", "0\n", "1")
        person = app.interview.conduct.respondents[0].id
        assert study.row("consents", consent_id(app.interview.interview_id, person))["given"] is True
        assert "Consent not recorded" not in drawn(app)


async def test_each_person_of_a_joint_interview_consents_and_rates(study: Study) -> None:
    app = app_for(study, "CIC-01", "CIC-02")
    async with app.run_test() as pilot:
        await keys(pilot, "1", "2", "1", "1", "1", "2")
        consents = app.interview.conduct.consents()
        answers = [(c.given, c.quote, c.recording) for c in consents.values()]
        assert answers == [(True, False, True), (True, True, False)]
        await keys(pilot, "ctrl+n", "1", "ctrl+n", "mine", "ctrl+n", "hers", "ctrl+n")
        first, second = (person.id for person in app.interview.conduct.respondents)
        said = [
            texts(
                study.row(
                    "responses", ResponseKey("role", None, person).response_id(app.interview.interview_id)
                )
            )
            for person in (first, second)
        ]
        assert said == [["mine"], ["hers"]]


@pytest.mark.parametrize(
    ("query", "item"),
    [
        ("2", "role"),
        ("missed", None),
        ("important that", "missed"),
        ("3.3", "value_choice"),
        ("IMPORTANT", "missed"),
    ],
)
async def test_going_to_an_item(study: Study, query: str, item: str | None) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "4", "ctrl+g", query, "enter")
        expected = item or "unit"
        found = app.interview.conduct.current.item
        if query == "3.3":
            assert any(
                q.startswith("3.3") for q in app.interview.conduct.guide.item(found).evaluation_questions
            )
        else:
            assert found == expected


async def test_enter_alone_goes_back_to_where_one_was(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "ctrl+g", "important", "enter", "said early", "ctrl+g", "enter")
        assert app.interview.conduct.current == UNIT
        assert texts(stored(app, "missed")) == ["said early"]


async def test_a_prompt_is_not_modal(study: Study) -> None:
    """Any key that is not its own puts it away, and goes where it would have gone."""
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(
            pilot, "ctrl+n", "ctrl+n", "a", "ctrl+t", "b", "ctrl+o", "c", "ctrl+g", "escape", "d", "ctrl+n"
        )
        assert texts(stored(app, "role")) == ["abcd"]
        assert stored(app, "role")["probes"] == ["contacts"]


@pytest.mark.parametrize(
    ("digit", "disposition"),
    [
        ("1", "not asked"),
        ("2", "refused"),
        ("3", "already covered"),
        ("4", "will send"),
        ("8", "don't know"),
        ("9", "not applicable"),
    ],
)
async def test_an_outcome_takes_two_keys(study: Study, digit: str, disposition: str) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "2", "ctrl+t", digit)
        assert stored(app, "unit")["disposition"] == disposition
        assert stored(app, "unit").get("value") is None
        assert disposition in drawn(app)
        await keys(pilot, "ctrl+t", "0")
        assert (stored(app, "unit")["disposition"], stored(app, "unit")["value"]) == ("answered", "geneva")


async def test_ticking_probes(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "ctrl+n", "ctrl+o")
        assert stored(app, "role")["probes"] == ["contacts"]
        await keys(pilot, "2")
        assert stored(app, "role")["probes"] == ["direct"]
        await keys(pilot, "ctrl+o", "then words", "ctrl+n")
        assert stored(app, "role")["probes"] == ["direct", "contacts"]
        assert texts(stored(app, "role")) == ["then words"]


async def test_what_a_condition_hides_is_kept_and_marked(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(120, 40)) as pilot:
        await keys(pilot, "ctrl+n", "1", "ctrl+g", "3.3a\n", "7", "0", "enter", "ctrl+n")
        assert stored(app, "time_shares")["value"]["membership"]["low"] == 70
        await keys(pilot, "ctrl+g", "1\n", "3", "ctrl+g", "5\n")
        assert stored(app, "time_shares")["value"]["membership"]["low"] == 70
        assert not app.interview.current_step().relevant
        assert "hidden by a condition, kept" in drawn(app)
        outline = app.screen.query_one("#outline", OptionList)
        assert str(outline.get_option_at_index(outline.highlighted).prompt).startswith("~")
        await keys(pilot, "ctrl+g", "1\n", "1")
        assert app.interview.conduct.step(ResponseKey("time_shares")).relevant


async def test_the_items_language_changes_with_one_key(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "2", "Oui, ", "f9", "bien sûr")
        assert "Dans quelle partie du ministère" in drawn(app)
        assert "Mission du Canada à Genève" in drawn(app)
        await keys(pilot, "f9", "ctrl+n")
        assert "What does your work" in drawn(app)
        assert texts(stored(app, "unit")) == ["Oui, bien sûr"]
        assert stored(app, "unit")["value"] == "geneva"


async def test_a_paragraph_is_marked_as_the_officials_own_words(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "ctrl+n", "It is clear", "f8", "enter", "mine")
        assert "“ It is clear" in drawn(app)
        await keys(pilot, "ctrl+n")
        assert [p["kind"] for p in stored(app, "role")["paragraphs"]] == ["verbatim", "paraphrase"]


async def test_words_are_on_disk_while_the_item_is_still_open(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "ctrl+n", "typed just now")
        assert study.store is not None
        for _ in range(200):
            await asyncio.sleep(0.05)
            drafted = study.store.drafts.latest(app.interview.interview_id)
            words = [value["paragraphs"][0]["text"] for name, value in drafted.items() if name != "@place"]
            if words == ["typed just now"] and "SAVED" in drawn(app):
                break
        assert words == ["typed just now"]
        assert "SAVED" in drawn(app)
        assert stored(app, "role") is None


async def test_a_failed_save_is_shown_and_the_words_stay(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise NotDurable("no space left on device")

    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "1", "ctrl+n", "Elle dit")
        with monkeypatch.context() as broken:
            broken.setattr(study.store, "commit", full)
            broken.setattr(study.store.drafts, "append_many", full)
            await keys(pilot, "ctrl+n", "ctrl+r", " encore")
            assert "NOT SAVED (Ctrl+W saves elsewhere): no space left on device" in drawn(app)
            assert "Elle dit encore" in drawn(app)
            assert not app.interview.put_away()
        await keys(pilot, "ctrl+s")
        assert "Saved" in drawn(app)
        assert texts(stored(app, "role")) == ["Elle dit encore"]


async def test_a_fault_of_the_app_itself_loses_no_words(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_for(study, "CIC-01")
    monkeypatch.setattr(app.interview, "action_side", lambda: 1 // 0)

    async def type_until_it_stops() -> None:
        async with app.run_test() as pilot:
            await keys(pilot, "ctrl+n", "ctrl+n", "kept all the same!", "ctrl+f")

    with pytest.raises(ZeroDivisionError):
        await type_until_it_stops()
    again = InterviewApp(study, app.interview.interview_id)
    async with again.run_test():
        assert again.interview.pane.notes.text == "kept all the same!"
        assert "Recovered what was typed" in drawn(again)
        assert again.interview.conduct.current == ROLE


async def test_it_resumes_where_it_stopped(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "1", "ctrl+n", "so far")
        assert app.interview.put_away()
        assert app.interview.conduct.interview.state == "paused"
    again = InterviewApp(study, app.interview.interview_id)
    async with again.run_test() as pilot:
        assert again.interview.page == "item"
        assert again.interview.conduct.current == ROLE
        assert again.interview.conduct.interview.state == "paused"
        await keys(pilot, ", and on")
        assert again.interview.conduct.interview.state == "in progress"
        assert again.interview.pane.notes.text == "so far, and on"


async def test_what_is_no_value_is_kept_as_a_note(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+g", "3\n", "198-", "ctrl+n")
        assert stored(app, "since").get("value") is None
        (paragraph,) = stored(app, "since")["paragraphs"]
        assert (paragraph["text"], paragraph["kind"]) == ("198-", "note")
        assert "Kept as a note: " in drawn(app)
        assert "198-" in drawn(app)
        await keys(pilot, "ctrl+r", "198-", "ctrl+n")
        assert texts(stored(app, "since")) == ["198-"], "not twice"


async def test_what_is_no_value_stays_where_it_is_typed_until_the_item_is_left(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+g", "3\n", "198-", "ctrl+s")
        assert "Saved, but not this: " in drawn(app)
        assert "198-_" in drawn(app)
        await keys(pilot, "backspace", "9", "ctrl+n")
        assert (stored(app, "since")["value"], texts(stored(app, "since"))) == (1989, [])


async def test_an_odd_value_warns_and_is_kept(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+g", "3\n", "1900\n")
        assert stored(app, "since")["value"] == 1900
        assert "1900 is under" in drawn(app)


async def test_leaving_a_required_item_open_warns(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "1", "ctrl+n", "ctrl+n")
        assert "1 is required and has no answer yet" in drawn(app)
        assert app.interview.conduct.current == ROLE


async def test_the_closing_review(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "1", "ctrl+n", "ctrl+t", "4", "ctrl+g", "closing\n")
        assert app.interview.page == "closing"
        assert "PRIORITY, open" in drawn(app)
        await keys(pilot, "1", "enter")
        reasons = {
            body.get("reason")
            for body in study.rows("responses").values()
            if body["disposition"] == "not asked"
        }
        assert reasons == {"time"}
        assert "0 open" in drawn(app)
        await keys(pilot, "5", "enter")
        assert app.interview.conduct.interview.state == "complete"
        assert "interview complete" in drawn(app)


async def test_a_note_that_begins_with_a_digit_settles_nothing(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "1", "ctrl+g", "closing\n", "3")
        assert "Enter says of " in drawn(app)
        assert "not for this person" in drawn(app)
        await keys(pilot, "5 missions", "ctrl+n")
        last = asked_steps(app.interview.conduct)[-1].key
        assert texts(stored(app, last.item)) == ["35 missions"]
        await keys(pilot, "5", "escape", "2", "down")
        app.interview.take_paste("pasted")
        await keys(pilot, "ctrl+n", "1")
        app.interview.take_paste("0 of them")
        await keys(pilot, "ctrl+n")
        assert texts(stored(app, last.item)) == ["35 missions", "pasted", "10 of them"]
        assert app.interview.conduct.interview.state == "in progress"
        assert {body["disposition"] for body in study.rows("responses").values()} == {"answered"}


async def test_what_was_settled_for_all_is_taken_back_as_one_step(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "1", "ctrl+n", "said", "ctrl+g", "closing\n")
        before = dict(study.rows("responses"))
        await keys(pilot, "1\n", "5\n")
        assert app.interview.conduct.interview.state == "complete"
        await keys(pilot, "ctrl+z")
        assert app.interview.conduct.interview.state == "in progress"
        assert len(study.rows("responses")) > len(before)
        await keys(pilot, "ctrl+z")
        assert dict(study.rows("responses")) == before
        await keys(pilot, "ctrl+z")
        assert "Nothing was done here that could be taken back" in drawn(app)


async def test_taking_back_leaves_what_was_noted_since(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "1", "ctrl+g", "closing\n", "1\n", "late words", "ctrl+n", "ctrl+z")
        last = asked_steps(app.interview.conduct)[-1].key
        assert texts(stored(app, last.item)) == ["late words"]
        assert stored(app, last.item)["disposition"] == "answered"
        assert len(study.rows("responses")) == 2


async def test_a_value_that_an_outcome_puts_aside_comes_back_with_0(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "2", "ctrl+t", "3")
        assert stored(app, "unit").get("value") is None
        assert "Put aside, Ctrl+T 0 brings it back: " in drawn(app)
        await keys(pilot, "ctrl+n", "ctrl+r", "ctrl+t", "0", "ctrl+n")
        assert stored(app, "unit")["value"] == "geneva"
        await keys(pilot, "ctrl+r", "8", "ctrl+n", "ctrl+r", "backspace", "ctrl+n")
        assert stored(app, "unit")["value"] == "geneva"
        assert stored(app, "unit")["disposition"] == "answered"


async def test_items_that_wait_for_a_value_are_told_of(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(120, 40)) as pilot:
        await keys(pilot, "ctrl+n", "some words only", "ctrl+n")
        assert "✓  1" not in drawn(app)
        assert "1 value missing: " in drawn(app)
        await keys(pilot, "ctrl+g", "3\n", "1990\n", "ctrl+n")
        assert "wait for item 1, which has no value yet" in drawn(app)
        await keys(pilot, "ctrl+g", "closing\n")
        assert "value missing" in drawn(app)
        await keys(pilot, "1\n")
        assert stored(app, "unit")["disposition"] == "answered", "what was noted stays an answer"
        await keys(pilot, "ctrl+g", "1\n", "1", "ctrl+n")
        assert "value missing" not in drawn(app)
        assert "✓  1" in drawn(app)


async def test_each_persons_step_names_her(study: Study) -> None:
    app = app_for(study, "CIC-01", "CIC-02")
    async with app.run_test(size=(120, 40)) as pilot:
        await keys(pilot, "ctrl+n", "1")
        for code in ("CIC-01", "CIC-02"):
            assert f" 2 {code} What does" in drawn(app)
        await keys(pilot, "ctrl+g", "cic-02 what does")
        assert "CIC-02 What does your work" in drawn(app)
        await keys(pilot, "enter", "ctrl+g", "closing\n")
        assert "open  CIC-02  What does" in drawn(app)


async def test_what_stands_beside_an_item_leaves_what_is_asked(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "ctrl+g", "9\n")
        alone = drawn(app)
        await keys(pilot, "ctrl+f")
        assert "This card shows the two parts of the IOM's budget." in drawn(app)
        assert "The IOM's budget, 2004 and 2005" in drawn(app)
        await keys(pilot, "pagedown", "pagedown")
        assert "The IOM's budget, 2004 and 2005" not in drawn(app), "page keys read on"
        await keys(pilot, "ctrl+f")
        assert drawn(app) == alone
        await keys(pilot, "ctrl+f")
        assert "The IOM's budget, 2004 and 2005" in drawn(app), "from its beginning again"


async def test_indicators_and_minutes_are_hidden_until_asked_for(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(120, 40)) as pilot:
        await keys(pilot, "ctrl+g", "13\n")
        item = app.interview.current_step().item
        (first, *_) = [
            indicator.text.get("en").split()[:3]
            for question in item.evaluation_questions
            for indicator in study.framework.question(question).indicators
            if indicator.id in item.indicators
        ]
        indicator = "\u2022 " + " ".join(first)
        needed = f"Evaluation question {item.evaluation_questions[0]}"
        assert needed in drawn(app)
        assert indicator not in drawn(app)
        await keys(pilot, "ctrl+f")
        assert needed in drawn(app)
        assert indicator in drawn(app)
        await keys(pilot, "ctrl+f")
        assert needed not in drawn(app), "the item stands alone"
        await keys(pilot, "ctrl+f", "ctrl+n")
        assert indicator not in drawn(app), "they were asked for at one item"


async def test_a_probe_that_is_ticked_is_shown_in_full(study: Study) -> None:
    app = app_for(study, "IOM-01")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "ctrl+g", "14\n", "ctrl+o", "3")
        item = app.interview.current_step().item
        words = " ".join(drawn(app).split())
        assert item.probes[2].text.get("en") in words
        await keys(pilot, "ctrl+o", "escape", "ctrl+o")
        assert item.probes[1].text.get("en") in " ".join(drawn(app).split())


async def test_consent_says_where_typed_words_go(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        assert "it goes to the notes of item 1" in drawn(app)
        await keys(pilot, "ctrl+g", "3\n", "ctrl+g", "0\n")
        assert "it goes to the notes of item 3" in drawn(app)
        await keys(pilot, "since then")
        assert app.interview.conduct.current.item == "since"


async def test_texts_are_found_before_titles_and_parts_are_counted(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(120, 40)) as pilot:
        await keys(pilot, "ctrl+g", "governed")
        found = app.interview.prompt.found
        in_title = [target.words for target in found]
        assert in_title == sorted(in_title, key=lambda words: "governed" not in words)
        await keys(pilot, "escape", "ctrl+g", "19\n")
        assert "1 of 3" in drawn(app)
        await keys(pilot, "ctrl+g", "3\n", "f9")
        await keys(pilot, "x")
        assert app.interview.put_away()
    again = InterviewApp(study, app.interview.interview_id)
    async with again.run_test():
        assert again.interview.conduct.language == "fr"


async def test_who_refuses_to_take_part_is_told_of(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "2")
        assert "No consent to take part: CIC-01" in drawn(app)
        await keys(pilot, "up", "1")
        assert "No consent to take part" not in drawn(app)


async def test_what_is_said_after_the_end_is_kept(study: Study) -> None:
    """Letters typed at the closing review are words, not the app's keys: `d` is no Desk there."""
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "1", "ctrl+g", "closing\n", "5", "enter")
        assert "have no outcome yet" in drawn(app)
        await keys(pilot, "dear Council", "ctrl+n")
        assert app.interview.page == "closing"
        app.interview.take_paste("and all the rest")
        await keys(pilot, "ctrl+n")
        last = asked_steps(app.interview.conduct)[-1].key
        assert texts(stored(app, last.item)) == ["dear Council", "and all the rest"]
        assert app.interview.conduct.interview.state == "complete"


async def test_enter_in_the_closing_review_goes_to_the_gap(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "1", "ctrl+g", "closing\n", "enter")
        assert app.interview.page == "item"
        assert app.interview.current_step().item.priority


async def test_an_open_repeat_takes_another(study: Study) -> None:
    app = app_for(study, "CIC-01")
    repeat, inner = open_repeat(study)
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "3", "ctrl+g", "+\n", "second")
        assert app.interview.conduct.current == ResponseKey(inner, "2")
        await keys(pilot, "ctrl+n")
        assert texts(stored(app, inner, "2")) == ["second"]
        await keys(pilot, "ctrl+g", "+\n")
        assert f"{repeat} takes no more of them" in drawn(app)


def open_repeat(study: Study) -> tuple[str, str]:
    for item in study.protocol.guides["cic"].items():
        if item.type == "repeat" and not item.instances and item.for_each is None:
            return item.id, item.items[0].id
    raise AssertionError("the guide has no open repeat any more")


async def test_a_paste_goes_to_the_notes_wherever_the_focus_is(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n")
        app.post_message(events.Paste("pasted\r\n[bold]words[/bold] \x1b[31m"))
        await keys(pilot, "ctrl+n")
        assert texts(stored(app, "unit")) == ["pasted", "[bold]words[/bold] \x1b[31m"]


async def test_looking_only_changes_nothing(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "1", "ctrl+n", "kept", "ctrl+n")
        assert app.interview.put_away()
    study.close()
    with Study.open(study.folder, write=False) as reading:
        before = dict(reading.rows("responses"))
        again = InterviewApp(reading, app.interview.interview_id)
        async with again.run_test() as pilot:
            await keys(
                pilot,
                "1",
                "x",
                "ctrl+r",
                "yz",
                "backspace",
                "ctrl+t",
                "2",
                "ctrl+o",
                "ctrl+s",
                "f8",
                "ctrl+n",
            )
            assert "Reading only" in drawn(again)
            assert "READING ONLY" in drawn(again)
            assert again.interview.put_away()
        assert dict(reading.rows("responses")) == before


async def test_initials_are_asked_for_in_the_line_below(study: Study) -> None:
    app = app_for(study, "CIC-01")
    study.author = None
    async with app.run_test() as pilot:
        await keys(pilot, "JL\n", "ctrl+n", "2")
        assert study.author == "JL"
        assert stored(app, "unit")["value"] == "geneva"


async def test_words_typed_before_anyone_says_whose_work_it_is_are_kept(study: Study) -> None:
    app = app_for(study, "CIC-01")
    study.author = None
    async with app.run_test() as pilot:
        await keys(pilot, "escape", "ctrl+n", "ctrl+n", "ctrl+n", "x")
        assert "Initials" in drawn(app)
        await keys(pilot, "JL\n", "ctrl+s")
        kept = [texts(body) for body in study.rows("responses").values()]
        assert kept == [["x"]]


async def test_the_clock_waits_for_the_first_thing_noted(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "ctrl+n", "ctrl+r")
        assert app.interview.conduct.interview.state == "planned"
        assert "45 min planned" in drawn(app)
        await keys(pilot, "x")
        assert app.interview.conduct.interview.state == "in progress"
        assert "0 of 45 min" in drawn(app)


async def test_priority_items_warn_when_time_runs_short(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "1", "ctrl+n", "1")
        monkeypatch.setattr(app.interview.conduct, "elapsed_s", lambda: 43 * 60.0)
        await keys(pilot, "ctrl+n")
        assert "2 min left; open priority items" in drawn(app)


async def test_every_show_card_can_be_brought_up(study: Study) -> None:
    protocol = load_protocol(study.folder / "interview_guides")
    number, card = next(
        (number, card)
        for number, item in enumerate(
            (item for item in protocol.guides["cic"].items() if item.type != "repeat"), start=1
        )
        for card in item.show_cards
    )
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "ctrl+g", f"{number}\n", "ctrl+f")
        assert protocol.guides["cic"].show_card(card).columns[0].get("en") in drawn(app)
        await keys(pilot, "typed beside it")
        assert "typed beside it" in drawn(app)
        await keys(pilot, "ctrl+n")
        read_out = app.interview.current_step().item.text.get("en")
        assert read_out.split()[0] in drawn(app), "what is to be read out next is not covered"
        assert app.interview.query_one("#question").display


async def test_a_click_in_the_outline_goes_there(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.click("#outline", offset=(5, 2))
        await pilot.pause()
        assert app.interview.conduct.current == ROLE


async def test_forty_lines_typed_and_taken_back(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(80, 24)) as pilot:
        lines = "\n".join(f"ligne {number}" for number in range(40))
        await keys(pilot, "ctrl+g", "2\n", lines, *["ctrl+z"] * 90, *["ctrl+y"] * 90, "ctrl+n")
        assert texts(stored(app, "role")) == lines.split("\n")
