"""Texts are listed from the shell."""

from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_texts_by_code_and_question_and_what_is_left(run: Run, held: str) -> None:
    run("record", "--interview", held, "--item", "common_position", "--notes", "One voice [sic].")
    run("record", "--interview", held, "--item", "role", "--notes", "Her role.")
    run("code", "--response", f"{held}:common_position", "--code", "one-voice", "--start", "0", "--end", "9")
    shown = run("texts", "--code", "influence").out
    assert "[one-voice MT] One voice" in shown
    assert "not coded yet: 1 of 2 texts" in shown
    told = json.loads(run("texts", "--evaluation-question", "2.5", "--json").out)
    assert [text["words"] for text in told["texts"]] == ["One voice [sic]."]
    assert "Her role." in run("texts", "--uncoded").out
