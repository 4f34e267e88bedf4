"""The app: its places, how it is left, what it says of a study that is not as it should be."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from fieldkit.storage.writes import Put
from fieldkit.study.create import create_study
from fieldkit.study.roster import RosterEntry, add_respondent
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.themes import THEMES, first_theme
from tests.app.building import build_study, person, response_id
from tests.app.frames import frame, press, settled


async def test_every_place_has_a_function_key_and_a_letter(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        for keys in (("f2", "f4", "f5", "f3"), ("f2", "c", "f", "d")):
            for key in keys:
                await press(pilot, key)
                wanted = {"f2": "desk", "f3": "interview", "f4": "coding", "f5": "findings"}
                assert app.screen.place == wanted.get(
                    key, {"c": "coding", "f": "findings", "d": "desk"}.get(key)
                )


async def test_without_an_interview_the_key_for_it_says_what_to_do(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "f3")
        assert app.screen.place == "desk"
        assert "No interview is open" in frame(app)


async def test_enter_on_a_completed_interview_opens_it(world: Study) -> None:
    (held,) = world.where("interviews", "respondents", person(world, "CIC-01"))
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        before = dict(world.rows("interviews"))
        await press(pilot, "down", "down", "enter")
        assert app.screen.place == "interview"
        assert "This interview is complete; what is changed now is kept as a correction" in frame(app)
        assert "item 1 " in frame(app), "it is read from its beginning"
        await press(pilot, "ctrl+n")
        assert "Senior policy advisor." in frame(app)
        assert dict(world.rows("interviews")) == before, "looking writes nothing"
        await press(pilot, *"sic", "ctrl+n")
        response = world.row("responses", response_id(world, "CIC-01", "role"))
        assert response is not None
        assert response["paragraphs"][0]["text"].endswith("2001.sic")
        assert world.row("interviews", held[0])["state"] == "complete"


async def test_another_interview_begins_only_when_asked_for(world: Study) -> None:
    respondent = person(world, "CIC-01")
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "down", "down", "ctrl+p", *"another", "enter")
        assert app.screen.place == "interview"
        assert len(world.where("interviews", "respondents", respondent)) == 1
        await press(pilot, "1", "f2")
        states = [body["state"] for _, body in world.where("interviews", "respondents", respondent)]
        assert states == ["complete", "in progress"]
        assert frame(app).count("CIC-01") == 2, "both can be gone to"
        await press(pilot, "ctrl+p", *"another", "enter")
        assert "complete it first" in frame(app)


async def test_looking_at_who_has_no_interview_writes_nothing(world: Study) -> None:
    added = add_respondent(world, RosterEntry("CIC-09", {"group": "CIC"}))
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "down", "down", "enter", "ctrl+n", "ctrl+n", "ctrl+g", "escape", "f2")
        assert world.where("interviews", "respondents", added.id) == []
        await press(pilot, "enter", "1")
        ((interview, body),) = world.where("interviews", "respondents", added.id)
        assert body["state"] == "in progress"
        assert len(world.where("consents", "interview", interview)) == 1


async def test_no_accident_ends_the_app(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        for key in ("ctrl+q", "ctrl+c", "escape", "ctrl+d", "ctrl+z"):
            await press(pilot, key)
            assert app.is_running
        await pilot.press("q")
        await pilot.pause()
        assert app.return_code == 0


async def test_letters_typed_in_a_field_go_nowhere_else(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "a", *"qcf")
        assert app.is_running
        assert app.screen.place == "desk"
        assert isinstance(app.focused, Input)
        assert app.focused.value.endswith("qcf")


async def test_practice_data_and_the_marking_stand_on_every_screen(world: Study) -> None:
    world.save([Put("study", "study", {"id": "study", "practice": True})])
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        for keys in ((), ("f4",), ("f5",), (*["down"] * 9, "enter"), ("escape", "f2", "enter")):
            await press(pilot, *keys)
            assert "PRACTICE DATA" in frame(app)
            assert "PROTECTED B" in frame(app)


async def test_a_wrong_guide_leaves_the_rest_usable_and_is_named(tmp_path: Path) -> None:
    folder = build_study(tmp_path / "study")
    guide = folder / "interview_guides" / "iom.yaml"
    guide.write_text(
        guide.read_text(encoding="utf-8").replace("type: grid", "type: [gird]", 1), encoding="utf-8"
    )
    with Study.open(folder) as study:
        app = FieldkitApp(study)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settled(pilot)
            assert "iom.yaml:" in frame(app)
            await press(pilot, "p")
            assert "gird" in frame(app)
            await press(pilot, "escape", "f5")
            assert "1.1" in frame(app)


@pytest.mark.parametrize("name", ["framework.yaml", "codebook.yaml"])
async def test_without_framework_or_codebook_every_place_says_why(tmp_path: Path, name: str) -> None:
    folder = build_study(tmp_path / "study")
    (folder / "interview_guides" / name).write_text("fieldkit: 1\n", encoding="utf-8")
    with Study.open(folder) as study:
        app = FieldkitApp(study)
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await settled(pilot)
            for key in ("f4", "enter", "enter", "escape", "f5", "enter", "f2"):
                await press(pilot, key)
                assert app.is_running
            assert name in frame(app)


async def test_a_new_study_says_how_to_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    with Study.open(create_study(tmp_path / "new")) as study:
        app = FieldkitApp(study)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settled(pilot)
            shown = frame(app)
            assert "press n" in shown
            assert "Press a" in shown
            await press(pilot, "n", *"CIC", "enter")
            # Whose work it is, is asked at the first write and not before.
            if app.study.author is None:
                await press(pilot, *"MT", "enter")
            assert [row["code"] for row in study.rows("respondents").values()] == ["CIC-01"]
            assert study.author == "MT"


async def test_the_form_tells_its_faults_and_completes_what_is_plain(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        before = len(world.rows("respondents"))
        await press(pilot, "n", *"x", "tab", *"y", "tab", *"z", "enter")
        shown = frame(app)
        assert "Enter Save Esc Cancel" in shown
        told = shown.splitlines()[-4:-1]
        assert told[0].startswith(" New: group x")
        assert "place" in told[2]
        assert "↵" not in shown
        assert len(world.rows("respondents")) == before
        await press(pilot, "escape", "n", *"cid", "tab", "tab", *"gen", "enter")
        added = [row for row in world.rows("respondents").values() if row["code"] == "CIDA-02"]
        assert [(row["group"], row["place"]) for row in added] == [("CIDA", "geneva")]


async def test_reading_only_says_so_and_writes_nothing(folder: Path) -> None:
    with Study.open(folder), Study.open(folder, write=False) as second:
        before = dict(second.rows("respondents"))
        app = FieldkitApp(second)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settled(pilot)
            assert "READING ONLY" in frame(app)
            await press(pilot, "n")
            assert "nothing can be written" in frame(app)
            await press(pilot, "f5")
            assert "READING ONLY" in frame(app)
        assert dict(second.rows("respondents")) == before


async def test_a_crash_tells_where_and_never_what_was_said(
    world: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "the minister said no"
    app = FieldkitApp(world)

    def fail() -> None:
        words = secret
        raise ValueError(words)

    async def crash() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settled(pilot)
            app.call_later(fail)
            await settled(pilot)

    with pytest.raises(ValueError, match=secret):
        await crash()
    assert app.return_code == 1
    told = capsys.readouterr().err
    assert "ValueError at test_app.py" in told
    assert secret not in told
    report = Path(told.replace("\n", "").rpartition(": ")[2].strip())
    assert secret not in report.read_text(encoding="utf-8")
    report.unlink()


def test_no_colour_takes_a_theme_whose_colours_are_fixed() -> None:
    theme = first_theme({"NO_COLOR": "1"})
    assert theme.name == "fieldkit-monochrome"
    for each in THEMES:
        colours = [each.primary, each.foreground, each.background, each.surface, each.panel]
        assert all(colour is not None and colour.startswith("#") for colour in colours), each.name


async def test_the_themes_follow_each_other_and_all_are_drawn(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        seen = []
        for _ in THEMES:
            seen.append(app.theme)
            app.action_next_theme()
            await settled(pilot)
        assert seen == [theme.name for theme in THEMES]
        assert app.theme == seen[0]


def test_nothing_of_the_environment_is_needed() -> None:
    assert first_theme({}).name == THEMES[0].name
