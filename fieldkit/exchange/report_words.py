"""The words of reports in English and French; other languages get the English ones."""

from __future__ import annotations

from typing import Final

from fieldkit.findings.french import spaced

WORDS: Final[dict[str, tuple[str, str]]] = {
    # parts of the report
    "report": ("Findings report", "Rapport des constatations"),
    "contents": ("Contents", "Sommaire"),
    "method": ("Method", "Méthode"),
    "matrix": ("Evaluation matrix", "Matrice d’évaluation"),
    "findings": ("Findings", "Constatations"),
    "issue": ("Issue {id}: {title}", "Enjeu {id} : {title}"),
    "drawn": ("Conclusions and recommendations", "Conclusions et recommandations"),
    "conclusions": ("Conclusions", "Conclusions"),
    "recommendations": ("Recommendations", "Recommandations"),
    "conclusion": ("conclusion", "conclusion"),
    "recommendation": ("recommendation", "recommandation"),
    "guide": ("Guide", "Guide"),
    "section": ("Section", "Section"),
    "item": ("Question asked", "Question posée"),
    "questions": ("Evaluation questions", "Questions d’évaluation"),
    "kind": ("Kind", "Nature"),
    "question": ("Evaluation question", "Question d’évaluation"),
    "drawn from": ("Drawn from", "Tirée de"),
    "codes": ("Codes", "Codes"),
    "triangulation": ("Triangulation", "Triangulation"),
    "saturation": ("Saturation", "Saturation"),
    "quotes": ("Passages", "Passages"),
    "responses": ("Responses", "Réponses"),
    "chart": ("Chart", "Tableau"),
    "profile": ("Respondents", "Répondants"),
    "roster": ("Roster", "Liste"),
    "codebook": ("Codebook", "Livre de codes"),
    "guides": ("Interview guides", "Guides d’entrevue"),
    "trail": ("Trail", "Historique"),
    "appendix": ("Appendix {letter}. {title}", "Annexe {letter}. {title}"),
    # what each part holds
    "about method": ("how the numbers came about", "comment les chiffres ont été établis"),
    "about matrix": (
        "who is asked what, and how far that is done",
        "à qui l’on demande quoi, et où l’on en est",
    ),
    "about drawn": (
        "each with the findings it is drawn from",
        "avec les constatations dont elles sont tirées",
    ),
    "about triangulation": (
        "what each method says, what is missing, how far groups differ",
        "ce que dit chaque méthode, ce qui manque, les écarts entre groupes",
    ),
    "about saturation": (
        "whether the last interviews still brought new codes",
        "si les dernières entrevues apportaient encore des codes nouveaux",
    ),
    "about codes": ("codes by respondent group, in persons", "codes par groupe de répondants, en personnes"),
    "about quotes": ("one row for each coded passage", "une ligne par passage codé"),
    "about quotes outgoing": ("what may be quoted", "ce qui peut être cité"),
    "about responses": ("one row for each response", "une ligne par réponse"),
    "about chart": ("one person by one evaluation question", "une personne par question d’évaluation"),
    "about profile": ("who was interviewed: counts only", "qui a été interviewé : des comptes seulement"),
    "about roster": (
        "respondents by code, in bands; no names",
        "répondants par code, en tranches ; aucun nom",
    ),
    "about guides": ("what was asked", "ce qui a été demandé"),
    "about codebook": ("the codes, and when to use them", "les codes, et quand les employer"),
    "about trail": ("what was changed, by whom and when", "ce qui a changé, par qui et quand"),
    # labels
    "computed": ("Computed {at} by fieldkit {version}", "Établi le {at} par fieldkit {version}"),
    "proposition": ("Proposition", "Proposition"),
    "indicators": ("Indicators", "Indicateurs"),
    "denominator": ("Denominator", "Dénominateur"),
    "in words": (
        "In words (offered, by the study’s scale):",
        "En mots (proposés, selon l’échelle de l’étude) :",
    ),
    "said": ("What was said", "Ce qui a été dit"),
    "paraphrase": ("paraphrased", "paraphrasé"),
    "not quotable": ("not to be quoted", "à ne pas citer"),
    "nobody": ("nobody named", "personne n’est nommé"),
    "a document": ("a document", "un document"),
    "given only": (
        "Codes that nobody gave on this question have no row.",
        "Les codes que personne n’a mis sur cette question n’ont pas de ligne.",
    ),
    "passage": ("Passage", "Passage"),
    "by whom": ("Who", "Qui"),
    "how noted": ("Noted as", "Noté comme"),
    "quotable": ("May be quoted", "Peut être cité"),
    "no quotes": ("No passage is coded to it.", "Aucun passage n’y est codé."),
    "no finding": ("No finding is written on it yet.", "Aucune constatation n’est encore rédigée."),
    "strength": ("strength of evidence: {strength}", "force de la preuve : {strength}"),
    "stale": (
        "what it rests on has changed since it was last looked at",
        "ce sur quoi elle repose a changé depuis la dernière lecture",
    ),
    "overruled": ("strength set by {by}: {why}", "force établie par {by} : {why}"),
    "status draft": ("draft", "ébauche"),
    "status reviewed": ("reviewed", "revue"),
    "status final": ("final", "finale"),
    "retired": ("retired", "retiré"),
    "use when": ("Use when", "Employer quand"),
    "not when": ("Not when", "Ne pas employer quand"),
    "examples": ("Examples", "Exemples"),
    "id": ("Id", "Identifiant"),
    "name": ("Name", "Nom"),
    "definition": ("Definition", "Définition"),
    "guide version": ("{title} (version {version})", "{title} (version {version})"),
    # the trail's columns
    "at": ("When (UTC)", "Quand (UTC)"),
    "author": ("By", "Par"),
    "action": ("Done", "Fait"),
    "table": ("Records", "Fiches"),
    "about": ("About", "Au sujet de"),
    "fields": ("Fields", "Champs"),
    "changes": ("Changes", "Changements"),
    # the method note
    "method persons": (
        "{identified} persons were identified and {interviewed} interviewed, in {interviews} interviews "
        "between {first} and {last}.",
        "{identified} personnes ont été repérées et {interviewed} interviewées, en {interviews} entrevues "
        "du {first} au {last}.",
    ),
    "method nobody": (
        "{identified} persons were identified; no interview was held yet.",
        "{identified} personnes ont été repérées ; aucune entrevue n’a encore eu lieu.",
    ),
    "method tables": (
        "Each table says whom it counts and out of how many. Persons and interviews are never mixed. "
        "Positions are those of the chart: one for each person and evaluation question.",
        "Chaque tableau dit qui il compte et sur combien. Personnes et entrevues ne sont jamais mêlées. "
        "Les positions sont celles du tableau : une par personne et question d’évaluation.",
    ),
    "method consent": (
        "What was said off the record was never written down. Interviews that were withdrawn, and the words "
        "of persons whose consent to take part is refused, withdrawn or not recorded, are left out.",
        "Ce qui a été dit en confidence n’a jamais été noté. Les entrevues retirées, et les propos des "
        "personnes dont le consentement à participer est refusé, retiré ou non noté, sont omis.",
    ),
    "method left out": ("Responses left out: {left_out}.", "Réponses omises : {left_out}."),
    "kept back": (
        "This is the version that may leave: it names nobody. Kept back, because they were not let out: "
        "{tables} tables, {quotes} passages.",
        "Voici la version à diffuser : personne n’y est nommé. Retenus, faute d’avoir été autorisés : "
        "{tables} tableaux, {quotes} passages.",
    ),
    "method codes": (
        "A code holds what the codes below it hold, and a person is counted once. Where coders agreed on "
        "codings, these stand for their own.",
        "Un code comprend ce que comprennent les codes sous lui, et une personne y compte une fois. Là où "
        "les codeurs se sont accordés, leurs codages communs remplacent les leurs.",
    ),
    "method scale": (
        "Quantity words: {name}. {words}. Under {minimum} persons no word is used. {source} {verified}",
        "Termes de quantité : {name}. {words}. À moins de {minimum} personnes, aucun terme. "
        "{source} {verified}",
    ),
    "scale all": ("{word}: everybody", "{word} : tout le monde"),
    "scale from": ("{word}: at least {low}", "{word} : au moins {low}"),
    "scale between": (
        "{word}: at least {low} and under {high}",
        "{word} : au moins {low} et moins de {high}",
    ),
    "scale under": ("{word}: under {high}", "{word} : moins de {high}"),
    "scale verified": ("The source was read and found so.", "La source a été lue et le confirme."),
    "scale unverified": (
        "Nobody has read the source yet (unverified).",
        "Personne n’a encore lu la source (non vérifiée).",
    ),
    "method verify": (
        "Every number rests on responses that can be read: `fieldkit verify FILE` computes this file’s "
        "numbers again and says which no longer hold.",
        "Chaque chiffre repose sur des réponses qu’on peut lire : `fieldkit verify FILE` recalcule les "
        "chiffres de ce fichier et dit lesquels ne tiennent plus.",
    ),
    # the page
    "search": ("Search the words", "Chercher dans les propos"),
    "any group": ("All groups", "Tous les groupes"),
    "any code": ("All codes", "Tous les codes"),
    "group": ("Group", "Groupe"),
    "code": ("Code", "Code"),
    "shown": ("{n} passages shown", "{n} passages affichés"),
    "behind": ("What this number rests on", "Sur quoi repose ce chiffre"),
    "persons": ("Persons", "Personnes"),
    "close": ("Close", "Fermer"),
    "skip": ("Skip to the content", "Aller au contenu"),
    "none behind": ("nobody", "personne"),
    "continued": ("Table", "Tableau"),
    "answers": ("What was answered", "Ce qui a été répondu"),
    "first": ("First", "D’abord"),
    "last": ("Last", "En dernier"),
}


def say(language: str, key: str, **values: object) -> str:
    """A word or sentence of `WORDS`.

    Args:
        language: `fr` for French; anything else is English.
        key: its key.
        **values: what its blanks are filled with.

    Returns:
        The words; values are put in as they are.
    """
    english, french = WORDS[key]
    return (spaced(french) if language.split("-")[0] == "fr" else english).format(**values)


def colon(language: str) -> str:
    """A colon as the language sets it: after a no-break space in French."""
    return "\u00a0:" if language.split("-")[0] == "fr" else ":"
