"""A study's codes as REFI-QDA has them: a tree of `Code`, alike in .qdc and .qdpx.

Every code may be given, a retired one too: a code that may not would lose the codings it has in the
programs that make a folder of it. Names are unique, since QualCoder drops the codings of a second code
of one name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from fieldkit.exchange.refi_descriptions import QUESTIONS, code_name, describe_code, describe_question
from fieldkit.exchange.refi_xml import guid_of, tag, words

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Codebook
    from fieldkit.protocol.framework import EvaluationQuestion, Framework

NoteRefs = Callable[[str], list[str]]
"""The references to notes on a code, by its id."""


def code_elements(codebook: Codebook, language: str, notes: NoteRefs = lambda _: []) -> Iterator[str]:
    """The codes, each with those under it.

    Args:
        codebook: the codebook in force.
        language: language of names and definitions; the others stand in the description.
        notes: references to notes on a code.

    Yields:
        One element for each code at the top of the tree.
    """
    names = _unique_names(codebook, language)
    seen: set[str] = set()

    def element(code_id: str) -> str:
        seen.add(code_id)
        code = codebook.code(code_id)
        inside = [
            words("Description", describe_code(code, code_name(code, language)[1], names[code_id])),
            *notes(code_id),
            *(element(child.id) for child in codebook.children(code_id) if child.id not in seen),
        ]
        attributes = {
            "guid": guid_of("code", code_id),
            "name": names[code_id],
            "isCodable": "true",
            "color": code.colour,
        }
        return tag("Code", attributes, inside)

    yield from (element(code.id) for code in codebook.roots)
    # What names itself, directly or not, as the code above it hangs under nothing, and leaves all the same.
    yield from (element(code.id) for code in codebook.codes if code.id not in seen)


def question_element(framework: Framework, language: str) -> str:
    """The evaluation questions as codes, so that what a passage speaks to goes along with it.

    Issues only hold their questions together; questions and their parts may be given.
    """
    folder = words("Description", QUESTIONS)
    issues = (
        tag(
            "Code",
            {
                "guid": guid_of("issue", issue.id),
                "name": f"{issue.id} {issue.title.get(language)}",
                "isCodable": "false",
            },
            [folder, *(_question(question, language) for question in issue.evaluation_questions)],
        )
        for issue in framework.issues
    )
    title = "Questions d’évaluation" if language == "fr" else "Evaluation questions"
    attributes = {"guid": guid_of("issue", ""), "name": title, "isCodable": "false"}
    return tag("Code", attributes, [folder, *issues])


def _question(question: EvaluationQuestion, language: str) -> str:
    text = question.text.get(language)
    attributes = {
        "guid": guid_of("evaluation question", question.id),
        "name": f"{question.id} {text}",
        "isCodable": "true",
    }
    inside = [
        words("Description", describe_question(question.id, text)),
        *(_question(part, language) for part in question.parts),
    ]
    return tag("Code", attributes, inside)


def _unique_names(codebook: Codebook, language: str) -> dict[str, str]:
    names = {code.id: code_name(code, language)[0] for code in codebook.codes}
    times = Counter(name.casefold() for name in names.values())
    return {
        code_id: name if times[name.casefold()] == 1 else f"{name} [{code_id}]"
        for code_id, name in names.items()
    }
