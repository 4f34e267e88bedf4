"""The words of tables in English and French; other languages get the English ones."""

from __future__ import annotations

from typing import Final

from fieldkit.findings.words_grounds import GROUNDS

WORDS: Final[dict[str, tuple[str, str]]] = {
    **GROUNDS,
    "total": ("All", "Ensemble"),
    "together": ("All rows together", "Toutes les lignes ensemble"),
    "not stated": ("not stated", "non précisé"),
    "undefined": ("undefined", "indéfini"),
    # what leaves
    "kept back": ("kept back", "non communiqué"),
    "up to half": ("half or fewer, or nobody", "la moitié ou moins, ou personne"),
    "under share": ("under {share}, or nobody", "moins de {share}, ou personne"),
    "or all": ("{nearly} or {every}", "{nearly} ou {every}"),
    "note released words": (
        "In words, without numbers; what could tell of fewer than {least} persons is kept back.",
        "En mots, sans chiffres ; ce qui révélerait moins de {least} personnes n’est pas communiqué.",
    ),
    "note released numbers": (
        "Numbers of {least} persons or fewer are kept back, and so is what they could be worked out from.",
        "Les nombres de {least} personnes ou moins ne sont pas communiqués, ni ce qui permettrait de les "
        "recalculer.",
    ),
    # measures
    "mark": ("Who is to be asked", "À qui la question se pose"),
    "identified": ("identified", "repérées"),
    "interviewed": ("interviewed", "interviewées"),
    "interviews": ("interviews", "entrevues"),
    "asked": ("asked", "interrogées"),
    "answered": ("answered", "ont répondu"),
    "coded": ("coded", "codées"),
    "charted": ("charted", "au tableau"),
    "passages": ("passages", "passages"),
    "documents": ("documents", "documents"),
    "profile": ("profile", "profil"),
    # matrix marks
    "mark asked": ("X", "X"),
    "mark if_involved": ("x", "x"),
    "mark facts": ("X facts", "X faits"),
    "mark no": ("-", "-"),
    # dispositions, as columns
    "not asked": ("not asked", "non posée"),
    "not applicable": ("not applicable", "sans objet"),
    "skipped by condition": ("skipped by condition", "sautée par condition"),
    "refused": ("refused", "refus"),
    "don't know": ("don't know", "ne sait pas"),
    "already covered": ("already covered", "déjà abordée"),
    "will send": ("will send", "à envoyer"),
    "no record": ("no record", "rien de noté"),
    # statistics
    "n": ("n", "n"),
    "median": ("median", "médiane"),
    "posts": ("posts", "postes"),
    "organisations": ("organisations", "organisations"),
    "sum": ("sum", "somme"),
    "sum low": ("lowest", "au plus bas"),
    "sum high": ("highest", "au plus haut"),
    "fte": ("FTE", "ETP"),
    "fte low": ("FTE, lowest", "ETP, au plus bas"),
    "fte high": ("FTE, highest", "ETP, au plus haut"),
    "other": ("other", "autre"),
    # places in a ranking, as columns
    "rank median": ("median place", "rang médian"),
    "rank first": ("first", "au premier rang"),
    "rank left_out": ("left out", "non classé"),
    "rank none": ("ranked none", "rien classé"),
    # titles
    "title coverage": ("Coverage of evaluation questions: {measure}", "Questions d’évaluation : {measure}"),
    "title reached": ("Persons and interviews", "Personnes et entrevues"),
    "title positions": ("{question} Positions on: {proposition}", "{question} Positions sur : {proposition}"),
    "title codes": ("Codes: persons", "Codes : personnes"),
    "title codes question": ("{question} Codes: persons", "{question} Codes : personnes"),
    "title passages": ("Codes: passages", "Codes : passages"),
    "title passages question": ("{question} Codes: passages", "{question} Codes : passages"),
    "title documents": ("Codes: documents", "Codes : documents"),
    "title documents question": ("{question} Codes: documents", "{question} Codes : documents"),
    "title dispositions": ("{question} What became of it: {text}", "{question} Suites données : {text}"),
    "title items": (
        "{question} What became of each item",
        "{question} Suites données, par question posée",
    ),
    "title ratings": ("{item} Ratings: {text}", "{item} Cotes : {text}"),
    "title ranks": ("{item} Ranking: {text}", "{item} Classement : {text}"),
    "title choices": ("{item} Choices: {text}", "{item} Choix : {text}"),
    "title totals": ("{item} Totals: {text}", "{item} Totaux : {text}"),
    # denominators
    "of interviewed": ("n = persons interviewed", "n = personnes interviewées"),
    "of identified": ("n = persons identified", "n = personnes repérées"),
    "of asked": ("n = persons asked", "n = personnes interrogées"),
    "of interviewed with": (
        "n = persons interviewed with the guide",
        "n = personnes interviewées avec le guide",
    ),
    "of charted": (
        "n = persons whose position is charted and not disputed",
        "n = personnes dont la position est au tableau, sans désaccord",
    ),
    "of passages": (
        "none: passages are counted, not persons",
        "aucun : des passages sont comptés, non des personnes",
    ),
    "of documents": (
        "n = documents of that line of evidence and role",
        "n = documents de cette source de données et de ce rôle",
    ),
    "of raters": ("n = persons who gave a rating", "n = personnes qui ont donné une cote"),
    "of rankers": (
        "n = persons who ranked the thing; of first and left out, persons who ranked anything",
        "n = personnes qui ont classé l’élément ; pour le premier rang et les non classés, personnes qui "
        "ont classé quelque chose",
    ),
    "of choosers": ("n = persons who chose", "n = personnes qui ont choisi"),
    "of posts": ("n = posts with one accepted answer", "n = postes ayant une réponse retenue"),
    "of organisations": (
        "n = organisations with one accepted answer",
        "n = organisations ayant une réponse retenue",
    ),
    "no denominator": ("none: these are marks, not counts", "aucun : ce sont des marques, non des comptes"),
    "as of": (
        "{denominator}; as recorded by {at}",
        "{denominator} ; d’après ce qui était consigné au {at}",
    ),
    # notes on what counts
    "note withdrawn": (
        "Withdrawn interviews, not counted: {n}.",
        "Entrevues retirées, non comptées : {n}.",
    ),
    "note refused": (
        "Persons whose consent is refused or withdrawn, not counted: {who}.",
        "Personnes dont le consentement est refusé ou retiré, non comptées : {who}.",
    ),
    "note unconsented": (
        "Not counted until their consent to take part is recorded: {who} (interviews: {n}).",
        "Non comptées tant que leur consentement à participer n’est pas noté : {who} (entrevues : {n}).",
    ),
    "note no consent": (
        "Interviews counted although no consent to take part is recorded: {n}.",
        "Entrevues comptées bien qu’aucun consentement à participer ne soit noté : {n}.",
    ),
    "note unnamed": (
        "Answers in joint interviews that name nobody, counted for no person: {n}.",
        "Réponses d’entrevues à plusieurs où personne n’est nommé, comptées pour aucune personne : {n}.",
    ),
    "note homeless": (
        "Responses of interviews, or persons, that this study does not have, not counted: {n}.",
        "Réponses d’entrevues ou de personnes que l’étude n’a pas, non comptées : {n}.",
    ),
    "note no item": (
        "Responses to items that their guide does not have, tied to no evaluation question: {n}.",
        "Réponses à des questions que leur guide n’a pas, liées à aucune question d’évaluation : {n}.",
    ),
    "note untied": (
        "Codings tied to no evaluation question: {n}.",
        "Codages liés à aucune question d’évaluation : {n}.",
    ),
    "note documents": ("Codings of documents, not counted: {n}.", "Codages de documents, non comptés : {n}."),
    "note documents apart": (
        "Codings of documents, counted in the table of documents and for no person: {n}.",
        "Codages de documents, comptés dans le tableau des documents et pour aucune personne : {n}.",
    ),
    "note profile": (
        "A profile is the programme’s own account of itself, no independent evidence.",
        "Un profil est ce que le programme dit de lui-même, non une preuve indépendante.",
    ),
    "note waiting": (
        "Codings whose words were changed since, counted until somebody decides on them: {n}.",
        "Codages dont les mots ont changé depuis, comptés jusqu’à ce qu’une décision soit prise : {n}.",
    ),
    "note conflicts": (
        "Records changed on two laptops at once and not settled, counted as the later change has them: {n}.",
        "Fiches modifiées sur deux ordinateurs à la fois et non tranchées, comptées selon la dernière "
        "modification : {n}.",
    ),
    "note uncoded": (
        "Answers with words that nobody has coded: {n} (persons: {persons}; interviews: {interviews}).",
        "Réponses notées en mots que personne n’a codées : {n} (personnes : {persons} ; entrevues : "
        "{interviews}).",
    ),
    "note consensus": (
        "Responses counted by their consensus codings alone: {n}.",
        "Réponses comptées par leurs seuls codages de consensus : {n}.",
    ),
    "note adjudicated": (
        "Codes that coders differed on, counted as adjudicated: {n}.",
        "Codes sur lesquels les codeurs différaient, comptés selon la décision prise : {n}.",
    ),
    "note whose codings": (
        "Where nothing was adjudicated, each coder's own codings count: {who}.",
        "Là où rien n’a été décidé, les codages propres à chacun comptent : {who}.",
    ),
    "note dash": ("– : there is nobody to count.", "– : il n’y a personne à compter."),
    "note gaps": (
        "Marked as asked, yet nobody interviewed has answered: {where}.",
        "À poser selon la matrice, mais aucune personne interviewée n’a répondu : {where}.",
    ),
    "note not in guide": (
        "No item of the guide asks about it: {guides}.",
        "Aucune question du guide n’en traite : {guides}.",
    ),
    # notes on single tables
    "note disputed": (
        "Coders differ on the position, not counted: {who}.",
        "Désaccord entre codeurs sur la position, non comptées : {who}.",
    ),
    "note astray": (
        "Chart cells on what is no proposition of the framework, not counted: {cells}.",
        "Cellules du tableau hors des propositions du cadre, non comptées : {cells}.",
    ),
    "note open": (
        "Chart cell without a position yet, not counted: {who}.",
        "Cellule du tableau encore sans position, non comptées : {who}.",
    ),
    "note strange position": (
        "Positions that the framework does not have, not counted: {who}.",
        "Positions que le cadre n’a pas, non comptées : {who}.",
    ),
    "note strange code": (
        "Codes that the codebook does not have: {codes}.",
        "Codes que le livre de codes n’a pas : {codes}.",
    ),
    "note once": (
        "A person is counted once under a code and once under each code above it.",
        "Une personne compte une fois sous un code et une fois sous chaque code au-dessus.",
    ),
    "note two groups": (
        "A passage in which persons of several columns speak counts in each, and once in all.",
        "Un passage où parlent des personnes de plusieurs colonnes compte dans chacune, une fois en tout.",
    ),
    "note strange value": (
        "Values that the item cannot have, or of an older version with another scale, not counted: {n}.",
        "Valeurs impossibles pour la question, ou d’une version dont l’échelle diffère, non comptées : {n}.",
    ),
    "note several ratings": (
        "Persons who gave different ratings in several interviews, not counted: {who}.",
        "Personnes ayant donné des cotes différentes d’une entrevue à l’autre, non comptées : {who}.",
    ),
    "note ties": (
        "Things that tie share the mean of the places they take; all that share the first count as first.",
        "Les ex æquo partagent la moyenne des rangs qu’ils occupent ; tous ceux du premier rang comptent "
        "comme premiers.",
    ),
    "note several ranks": (
        "Persons who ranked differently in several interviews, not counted: {who}.",
        "Personnes ayant classé différemment d’une entrevue à l’autre, non comptées : {who}.",
    ),
    "note several chosen": (
        "Several could be chosen: a person counts once under each, and a row can add up to more than n.",
        "Plusieurs choix étaient possibles : une personne compte une fois sous chacun, et une ligne peut "
        "dépasser n.",
    ),
    "note several choices": (
        "Persons who chose differently in several interviews, not counted: {who}.",
        "Personnes ayant choisi différemment d’une entrevue à l’autre, non comptées : {who}.",
    ),
    "note several answers": (
        "Answers differ, so none is accepted yet: {who}. Keep one; mark the others as already covered.",
        "Les réponses diffèrent, aucune n’est encore retenue : {who}. En garder une ; noter les autres "
        "comme déjà abordées.",
    ),
    "note estimate": (
        "~ : an estimate is in it; a range counts by its midpoint.",
        "~ : une estimation y entre ; une fourchette compte par son milieu.",
    ),
    # agreement between coders
    "title agreement coders": ("Agreement between coders", "Accord entre codeurs"),
    "title agreement code": ("Agreement by code", "Accord par code"),
    "title agreement question": ("Agreement by evaluation question", "Accord par question d’évaluation"),
    "unit response": (
        "n = responses; coders agree on a code where both or neither gave it in the response",
        "n = réponses ; il y a accord sur un code que tous deux, ou aucun, ont mis dans la réponse",
    ),
    "unit passage": (
        "n = characters; coders agree on a code over those that both or neither gave it",
        "n = caractères ; il y a accord sur un code là où tous deux, ou aucun, l’ont mis",
    ),
    "unit position": (
        "n = persons by evaluation question; coders agree where they charted the same position",
        "n = personnes par question d’évaluation ; il y a accord où la même position est consignée",
    ),
    "note own cells": (
        "Coders’ own cells of the chart are compared, as they were before adjudication.",
        "Ce sont les cellules propres à chacun qui sont comparées, telles qu’avant l’arbitrage.",
    ),
    "note scale": (
        "Cohen’s kappa is weighted by steps, and alpha takes ranks, on this scale: {names}.",
        "Le kappa de Cohen est pondéré par degrés et alpha suit les rangs de cette échelle : {names}.",
    ),
    "note no stance": (
        "Cells whose position has no stance, left out: {n}.",
        "Cellules dont la position n’est pas un avis, laissées de côté : {n}.",
    ),
    "measure": ("Measure", "Mesure"),
    "figure": ("Figure", "Valeur"),
    "interval": ("95%", "95 %"),
    "reading": ("Reading", "Lecture"),
    "measure percent": ("Percent agreement", "Pourcentage d’accord"),
    "measure cohen": ("Cohen’s kappa", "Kappa de Cohen"),
    "measure fleiss": ("Fleiss’ kappa", "Kappa de Fleiss"),
    "measure alpha": ("Krippendorff’s alpha", "Alpha de Krippendorff"),
    "measure ac1": ("Gwet’s AC1", "AC1 de Gwet"),
    "short percent": ("Agree", "Accord"),
    "short cohen": ("Cohen", "Cohen"),
    "short fleiss": ("Fleiss", "Fleiss"),
    "short alpha": ("Alpha", "Alpha"),
    "short ac1": ("AC1", "AC1"),
    "reading poor": ("poor", "mauvais"),
    "reading slight": ("slight", "très faible"),
    "reading fair": ("fair", "faible"),
    "reading moderate": ("moderate", "modéré"),
    "reading substantial": ("substantial", "fort"),
    "reading almost perfect": ("almost perfect", "presque parfait"),
    "reading reliable": ("reliable", "fiable"),
    "reading tentative": ("tentative", "provisoire"),
    "reading unreliable": ("not reliable", "non fiable"),
    "note own work": (
        "Coders’ own codings are compared, as they were before adjudication.",
        "Ce sont les codages propres à chacun qui sont comparés, tels qu’avant l’arbitrage.",
    ),
    "note before": ("Consensus codings, not compared: {n}.", "Codages de consensus, non comparés : {n}."),
    "note no coder": ("Codings of nobody, not compared: {n}.", "Codages sans codeur, non comparés : {n}."),
    "note values": (
        "Codings of no words, not compared by passage: {n}.",
        "Codages sans texte, non comparés par passage : {n}.",
    ),
    "note read all": (
        "A coder who gave any code in an interview, or handed it in, is taken to have coded all of it.",
        "Qui a mis un code dans une entrevue, ou l’a remise, est réputé l’avoir codée en entier.",
    ),
    "note pooled": (
        "Several codes are pooled by averaging observed and expected agreement (de Vries et al. 2008).",
        "Plusieurs codes sont réunis par la moyenne des accords observés et attendus (de Vries et al. 2008).",
    ),
    "note interval": (
        "Intervals: bootstrap over responses (Rubin 1981), {draws} draws, seed {seed}.",
        "Intervalles : bootstrap sur les réponses (Rubin 1981), {draws} tirages, germe {seed}.",
    ),
    "note alpha alone": (
        "The interval and reading are those of alpha; those of the others are in the data (--json).",
        "L’intervalle et la lecture sont ceux d’alpha ; les autres sont dans les données (--json).",
    ),
    "note thresholds": (
        "Readings: of kappas and AC1 by {kappa}; of alpha by {alpha}.",
        "Lectures : des kappas et d’AC1 selon {kappa} ; d’alpha selon {alpha}.",
    ),
    "note undefined": (
        "undefined: nothing tells agreement from chance, as where all coders used one value.",
        "indéfini : rien ne distingue l’accord du hasard, comme lorsque tous n’ont employé qu’une valeur.",
    ),
    "note no width": (
        "An interval without width says that no draw differs, not that the figure is certain.",
        "Un intervalle sans largeur dit qu’aucun tirage ne diffère, non que la valeur est certaine.",
    ),
    "note two coders": (
        "Cohen’s kappa is for two coders: see the pairs, or name two.",
        "Le kappa de Cohen vaut pour deux codeurs : voir les paires, ou en nommer deux.",
    ),
    "note not compared": (
        "No response that two coders have coded, or no code given: {questions}.",
        "Aucune réponse codée par deux codeurs, ou aucun code donné : {questions}.",
    ),
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
    return (french if language.split("-")[0] == "fr" else english).format(**values)
