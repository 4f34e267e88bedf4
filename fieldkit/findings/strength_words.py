"""The reasons for a strength of evidence, in English and French; other languages get the English ones."""

from __future__ import annotations

from typing import Final

REASONS: Final[dict[str, tuple[str, str]]] = {
    "source": ("{name}: {agree} of {n} hold it", "{name} : {agree} sur {n} sont de cet avis"),
    "source against": (
        "{name}: {agree} of {n} hold it, {against} the opposite",
        "{name} : {agree} sur {n} sont de cet avis, {against} de l’avis contraire",
    ),
    "silent": ("{name}: silent", "{name} : rien"),
    "no side": (
        "the finding does not say whether the proposition holds: positions are not counted for it",
        "la constatation ne dit pas si la proposition tient : les positions ne lui comptent pas",
    ),
    "insufficient": (
        "fewer than {under} persons ({n}) and no document",
        "moins de {under} personnes ({n}) et aucun document",
    ),
    "opposed": (
        "for it: {agree}; against it: {against}; both sides are reported",
        "pour : {agree} ; contre : {against} ; les deux points de vue sont rapportés",
    ),
    "only against": (
        "nothing on record holds it, and these hold the opposite: {against}",
        "rien ne l’appuie, et l’avis contraire vient de : {against}",
    ),
    "interested alone": (
        "only an interested party holds it ({names}): never above limited",
        "seule une partie intéressée l’affirme ({names}) : jamais plus que limitée",
    ),
    "second-hand": (
        "mostly second-hand: {k} of the {n} persons and documents that hold it",
        "surtout des connaissances indirectes : {k} des {n} personnes et documents de cet avis",
    ),
    "methods agree": ("methods that agree: {names}", "méthodes qui concordent : {names}"),
    "methods in part": (
        "methods that agree at least in part: {names}",
        "méthodes qui concordent au moins en partie : {names}",
    ),
    "groups at": (
        "groups with at least {share} of those answering: {names}",
        "groupes où au moins {share} des personnes ayant répondu sont de cet avis : {names}",
    ),
    "no group at": (
        "no group with at least {share} of those answering",
        "aucun groupe où au moins {share} des personnes ayant répondu sont de cet avis",
    ),
    "documents silent": ("documents are silent", "les documents sont muets"),
    "one source": (
        "one method or one group only: {names}",
        "une seule méthode ou un seul groupe : {names}",
    ),
    "unknown rules": (
        "fieldkit does not compute the rules {names}: their ids are the framework's own",
        "fieldkit ne calcule pas les règles {names} : leurs identifiants sont propres au cadre",
    ),
    "no rule": (
        "none of the framework's rules fits",
        "aucune règle du cadre ne s’applique",
    ),
}
"""Key to the reason in English and in French."""


def reason_text(language: str, key: str, **values: object) -> str:
    """A reason in words.

    Args:
        language: `fr` for French; anything else is English.
        key: its key in `REASONS`.
        **values: what its blanks are filled with.
    """
    english, french = REASONS[key]
    return (french if language.split("-")[0] == "fr" else english).format(**values)
