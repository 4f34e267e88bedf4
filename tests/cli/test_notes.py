"""Notes are cleaned up from the shell."""

from __future__ import annotations

from tests.cli.conftest import Run


def test_paragraphs_are_listed_and_cleaned(run: Run, held: str) -> None:
    run("record", "--interview", held, "--item", "role", "--notes", "One. Two.\nThree.")
    response = f"{held}:role"
    for act in (("--paragraph", "0", "--split", "5"), ("--paragraph", "1", "--kind", "verbatim")):
        assert run("notes", response, *act).code == 0
    assert run("notes", response).out.splitlines() == [
        "0  paraphrase: One.",
        "1  verbatim: Two.",
        "2  paraphrase: Three.",
    ]
    assert run("notes", response, "--paragraph", "1", "--join").code == 0
    assert run("notes", response, "--paragraph", "0", "--words", "First.").code == 0
    assert run("notes", response).out.splitlines() == ["0  paraphrase: First.", "1  paraphrase: Two. Three."]
    assert "--paragraph" in run("notes", response, "--join").err
