"""The columns of the rows of a study's words, in their order."""

from __future__ import annotations

BANDS = ("group", "reporting_group", "place", "level")
"""What is said of the person, each with its label beside it."""

RESPONSE_COLUMNS = (
    "marking",
    "response",
    "interview",
    "interviewer",
    "interview_state",
    "mode",
    "started_at",
    "guide",
    "guide_version",
    "present",
    "item",
    "item_text",
    "instance",
    "disposition",
    "reason",
    "value",
    "value_label",
    "language",
)
DOCUMENT_COLUMNS = ("document", "document_name", "line_of_evidence", "document_role")
"""What is known of the document that a passage stands in; empty of what was said in an interview."""

PERSON_COLUMNS = (
    "respondent",
    *(name for band in BANDS for name in (band, f"{band}_label")),
    "preferred_language",
)
PASSAGE_COLUMNS = (
    "evaluation_questions",
    "evaluation_question_texts",
    "code",
    "code_label",
    "code_path",
    "coding",
    "coder",
    "layer",
    "start",
    "end",
    "memo",
    "quote",
    "passage_state",
    "kind",
    "quotable",
    "attribution",
)

OWN_CELLS = PASSAGE_COLUMNS.index("kind") - PASSAGE_COLUMNS.index("coding")
"""How many cells a coding has of its own, from its id to the state of its passage."""
