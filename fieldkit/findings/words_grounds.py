"""The words of the tables that tell how well findings are grounded, and in whom, in English and French."""

from __future__ import annotations

from typing import Final

from fieldkit.findings.french import spaced

_WORDS: Final[dict[str, tuple[str, str]]] = {
    # saturation
    "title saturation": (
        "Saturation: new codes over the interviews",
        "Saturation : codes nouveaux au fil des entrevues",
    ),
    "title saturation groups": (
        "Saturation by respondent group",
        "Saturation par groupe de répondants",
    ),
    "title saturation curve": (
        "Codes after each interview",
        "Codes après chaque entrevue",
    ),
    "of series": (
        "none: interviews in which the question was answered or coded, in the order they were held",
        "aucun : entrevues où la question a reçu une réponse ou un code, dans l’ordre où elles ont eu lieu",
    ),
    "series all": ("All evaluation questions", "Toutes les questions d’évaluation"),
    "series interviews": ("interviews", "entrevues"),
    "series codes": ("codes", "codes"),
    "series base": ("codes of the base", "codes de la base"),
    "series new": ("new in the last run", "nouveaux, dernière série"),
    "series share": ("of the base", "de la base"),
    "series reached": ("reached", "atteinte"),
    "reached after": ("after {n}", "après {n}"),
    "reached": ("reached", "atteinte"),
    "not reached": ("not reached", "non atteinte"),
    "too few interviews": ("too few ({n})", "trop peu ({n})"),
    "note saturation": (
        "New codes of a run of {run} interviews against those of the first {base} (Guest, Namey and Chen "
        "2020); reached where they are {share} or less. Of fewer than {least} interviews nothing is said.",
        "Codes nouveaux d’une série de {run} entrevues rapportés à ceux des {base} premières (Guest, Namey "
        "et Chen 2020) ; elle est atteinte à {share} ou moins. Sous {least} entrevues, rien n’est dit.",
    ),
    "percent": ("{n}%", "{n} %"),
    # triangulation
    "title triangulation": (
        "Triangulation: what each method says to each finding",
        "Triangulation : ce que dit chaque méthode de chaque constatation",
    ),
    "of standpoints": (
        "n = persons, or documents, that take a position on it; in brackets, how many of them hold it",
        "n = personnes ou documents qui prennent position ; entre parenthèses, combien la partagent",
    ),
    "verdict agrees": ("agrees", "concorde"),
    "verdict partly": ("partly", "en partie"),
    "verdict contradicts": ("contradicts", "contredit"),
    "verdict silent": ("silent", "muette"),
    "verdict of": ("{verdict} ({agree} of {n})", "{verdict} ({agree} sur {n})"),
    "note verdicts": (
        "The groups are sources within interviews, not methods of their own. Agrees: at least three quarters "
        "hold it; partly: fewer, without more against it than for it; silent: none takes a side.",
        "Les groupes sont des sources au sein des entrevues, non des méthodes. Concorde : au moins "
        "les trois quarts la partagent ; en partie : moins, sans que plus s’y opposent ; muette : sans avis.",
    ),
    # evidence on each indicator, and what is missing
    "title evidence": (
        "Evidence on each indicator",
        "Données probantes sur chaque indicateur",
    ),
    "of evidence": (
        "none: persons who answered on it, and documents that speak to its evaluation question",
        "aucun : personnes qui y ont répondu, et documents qui traitent de sa question d’évaluation",
    ),
    "title gaps": (
        "Wanted by the evaluation matrix, and not there",
        "Prévu par la matrice d’évaluation, et absent",
    ),
    "of gaps": ("none: these are marks, not counts", "aucun : ce sont des marques, non des comptes"),
    "lack not interviewed": ("nobody interviewed", "personne d’interviewé"),
    "lack not answered": ("nobody answered", "aucune réponse"),
    "lack no document": ("no document", "aucun document"),
    "note no gaps": (
        "Every source that the evaluation matrix wants speaks to its questions.",
        "Toutes les sources prévues par la matrice d’évaluation se prononcent.",
    ),
    "note documents only": (
        "What was said in interviews is kept back here.",
        "Ce qui a été dit en entrevue n’est pas communiqué ici.",
    ),
    # divergence
    "title divergence": ("How far groups differ", "Écarts entre les groupes"),
    "of divergence": (
        "n = persons of both groups who take a side or stand between",
        "n = personnes des deux groupes qui prennent parti ou sont entre les deux",
    ),
    "furthest": ("furthest apart", "écart le plus grand"),
    "note divergence": (
        "Total variation distance between the stances of two groups (Levin, Peres and Wilmer 2009): 0 where "
        "their shares are the same, 1 where they have nothing in common.",
        "Distance de variation totale entre les avis de deux groupes (Levin, Peres et Wilmer 2009) : 0 quand "
        "leurs parts sont les mêmes, 1 quand elles n’ont rien en commun.",
    ),
    # the profile of respondents
    "title profile": ("Respondents by {by}", "Répondants par {by}"),
    "by group": ("respondent group", "groupe de répondants"),
    "by reporting_group": ("reporting group", "groupe de diffusion"),
    "by place": ("place", "lieu"),
    "by level": ("level", "niveau"),
    "by language": ("preferred language", "langue préférée"),
    "of profile": ("none: persons are counted", "aucun : des personnes sont comptées"),
}

GROUNDS: Final = {key: (english, spaced(french)) for key, (english, french) in _WORDS.items()}
"""Key to its English and French words; `fieldkit.findings.words` has them too."""
