"""The fixed words of records and the names of their columns, as a report for people to read shows them.

In English both are shown as they are kept; what is written for other programs keeps them in any language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fieldkit.exchange.cells import Cell

_DISPOSITIONS = {
    "answered": "répondu",
    "not asked": "non posée",
    "not applicable": "sans objet",
    "skipped by condition": "sautée par condition",
    "refused": "refus",
    "don't know": "ne sait pas",
    "already covered": "déjà abordée",
    "will send": "à envoyer",
}
_FRENCH: Final[dict[str, dict[str, str]]] = {
    "disposition": _DISPOSITIONS,
    "interview_state": {
        "planned": "prévue",
        "in progress": "en cours",
        "paused": "en pause",
        "complete": "terminée",
        "withdrawn": "retirée",
    },
    "mode": {"in person": "en personne", "phone": "téléphone", "video": "vidéo", "in writing": "par écrit"},
    "reason": {"time": "temps", "topic": "sujet", "respondent": "répondant"},
    "status": {
        "identified": "repéré",
        "invited": "invité",
        "no reply": "sans réponse",
        "scheduled": "rendez-vous pris",
        "interviewed": "interviewé",
        "declined": "décliné",
        "referred to": "adressé à",
        "replaced": "remplacé",
        "cancelled": "annulé",
        "answered in writing": "répondu par écrit",
    },
    "kind": {"verbatim": "verbatim", "paraphrase": "paraphrase", "note": "note"},
    "passage_state": {
        "exact": "exact",
        "moved": "déplacé",
        "changed": "modifié",
        "ambiguous": "ambigu",
        "lost": "perdu",
    },
    "quotable": {"yes": "oui", "no": "non"},
    "attribution": {"none": "aucune"},
    "document_role": {"evidence": "données probantes", "profile": "profil"},
    "layer": {"consensus": "consensus"},
    "action": {"added": "ajouté", "changed": "modifié", "removed": "supprimé", "undone": "annulé"},
    "table": {
        "respondents": "répondants",
        "contacts": "coordonnées",
        "interviews": "entrevues",
        "consents": "consentements",
        "responses": "réponses",
        "documents": "documents",
        "assignments": "attributions",
        "codings": "codages",
        "adjudications": "arbitrages",
        "chart": "tableau",
        "codes": "codes",
        "memos": "mémos",
        "findings": "constatations",
        "conclusions": "conclusions",
        "guides": "guides",
        "study": "étude",
        "holds": "gels",
        "purges": "purges",
    },
}
"""Column to each of its words in French."""

_COLUMNS: Final[dict[str, str]] = {
    "response": "réponse",
    "interview": "entrevue",
    "interviewer": "intervieweur",
    "interview_state": "état de l’entrevue",
    "mode": "mode",
    "started_at": "début",
    "guide": "guide",
    "guide_version": "version du guide",
    "present": "présents",
    "item": "question posée",
    "item_text": "texte de la question",
    "instance": "occurrence",
    "disposition": "suite donnée",
    "reason": "raison",
    "value": "valeur",
    "value_label": "valeur en mots",
    "language": "langue",
    "document": "document",
    "document_name": "nom du document",
    "line_of_evidence": "source de données",
    "document_role": "rôle du document",
    "respondent": "répondant",
    "group": "groupe",
    "group_label": "nom du groupe",
    "reporting_group": "groupe de diffusion",
    "reporting_group_label": "nom du groupe de diffusion",
    "place": "lieu",
    "place_label": "nom du lieu",
    "level": "niveau",
    "level_label": "nom du niveau",
    "preferred_language": "langue préférée",
    "evaluation_question": "question d’évaluation",
    "evaluation_questions": "questions d’évaluation",
    "evaluation_question_texts": "textes des questions d’évaluation",
    "code": "code",
    "code_label": "nom du code",
    "code_path": "chemin du code",
    "coding": "codage",
    "coder": "codeur",
    "layer": "couche",
    "start": "début du passage",
    "end": "fin du passage",
    "memo": "mémo",
    "quote": "passage",
    "passage_state": "état du passage",
    "kind": "noté comme",
    "quotable": "peut être cité",
    "attribution": "attribution",
    "text": "texte",
    "position": "position",
    "position_label": "nom de la position",
    "basis": "fondement",
    "basis_label": "nom du fondement",
    "summary": "résumé",
    "status": "statut",
    "state": "état",
    "paragraphs": "paragraphes",
    "name": "nom",
    "definition": "définition",
    "statement": "énoncé",
    "findings": "constatations",
}


def column_names(columns: Iterable[str], language: str) -> list[str]:
    """The names of columns as they head a sheet; one that has none in the language keeps its own.

    Args:
        columns: names as they are in files for other programs.
        language: language of the report.
    """
    names = _COLUMNS if _is_french(language) else {}
    return [
        f"attribut {name.removeprefix('attributes.')}"
        if names and name.startswith("attributes.")
        else names.get(name, name)
        for name in columns
    ]


def word(column: str, token: str, language: str) -> str:
    """A fixed word as a report shows it; one that has no other in the language stays as it is.

    Args:
        column: the column that it stands in.
        token: the word as it is kept.
        language: language of the report.
    """
    return _FRENCH[column].get(token, token) if _is_french(language) else token


def in_words(columns: Sequence[str], language: str) -> Callable[[Sequence[Cell]], Sequence[Cell]]:
    """What shows the fixed words in rows of these columns.

    Args:
        columns: names of the columns.
        language: language of the report.

    Returns:
        A function from a row to the row as it is shown.
    """
    if not _is_french(language):
        return lambda row: row
    places = [(at, _FRENCH[name]) for at, name in enumerate(columns) if name in _FRENCH]

    def shown(row: Sequence[Cell]) -> Sequence[Cell]:
        cells = list(row)
        for at, known in places:
            cell = cells[at]
            if isinstance(cell, str):
                # Several kinds of paragraph in one passage stand beside each other.
                cells[at] = known.get(cell) or "; ".join(known.get(each, each) for each in cell.split("; "))
        return cells

    return shown


def _is_french(language: str) -> bool:
    return language.split("-")[0] == "fr"
