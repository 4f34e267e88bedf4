"""What `fieldkit codebook` shows: the tree, one code, its passages, and what definitions drifted."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from fieldkit.cli.output import print_json, print_table, say
from fieldkit.say import mark, t, tn
from fieldkit.text import shortened, visible_line

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code
    from fieldkit.study.study import Study

_LABELS = (
    ("definition", mark("Definition ({language}): {words}")),
    ("use_when", mark("Use when ({language}): {words}")),
    ("not_when", mark("Not when ({language}): {words}")),
)


def print_tree(study: Study, args: argparse.Namespace) -> None:
    """The tree of codes, with how many codings each has."""
    from fieldkit.study.codebook import in_tree

    language = study.framework.languages[0]
    counts: dict[str, int] = {}
    for body in study.rows("codings").values():
        counts[body["code"]] = counts.get(body["code"], 0) + 1
    codebook = study.codebook
    placed = in_tree(codebook.codes)
    if args.json:
        print_json(
            [{**told(code), "depth": depth, "codings": counts.get(code.id, 0)} for code, depth in placed]
        )
        return
    rows = [
        [
            "  " * depth + code.name.get(language) + (t(" (retired)") if code.retired else ""),
            code.id,
            str(counts.get(code.id, 0)),
        ]
        for code, depth in placed
    ]
    print_table([t("code"), t("id"), t("codings")], rows)


def print_code(study: Study, args: argparse.Namespace) -> None:
    """One code with all it says."""
    from fieldkit.study.codebook import find_code

    code = find_code(study, args.code)
    if args.json:
        print_json(told(code))
        return
    path = " > ".join(step.id for step in study.codebook.path(code.id))
    say(path + (t(" (retired)") if code.retired else ""))
    for language, words in code.name.translations.items():
        say(t("Name ({language}): {words}").format(language=language, words=visible_line(words)))
    for field, label in _LABELS:
        text = getattr(code, field)
        for language, words in (text.translations if text else {}).items():
            say(t(label).format(language=language, words=visible_line(words)))
    for example in code.examples:
        for language, words in example.translations.items():
            say(t("Example ({language}): {words}").format(language=language, words=visible_line(words)))
    if code.aliases:
        say(t("Also called: {aliases}").format(aliases=visible_line(", ".join(code.aliases))))
    colour, pattern = code.colour or t("no colour"), code.pattern or t("solid")
    say(t("Mark: {colour}, {pattern}").format(colour=colour, pattern=pattern))
    say(
        t("Version of the definition: {definition_version}").format(
            definition_version=code.definition_version
        )
    )


def print_passages(study: Study, args: argparse.Namespace) -> None:
    """The passages of one code, each with the id of its coding."""
    from fieldkit.study.code_merging import codings_under
    from fieldkit.study.codebook import find_code

    codings = codings_under(study, find_code(study, args.code).id)
    if args.json:
        print_json([coding.body() for coding in codings])
        return
    rows = [
        [coding.id, coding.coder or "", coding.response or coding.document or "", coding.quote]
        for coding in codings
    ]
    print_table([t("coding"), t("coder"), t("in"), t("passage")], rows, numbers=False)


def print_drift(study: Study, args: argparse.Namespace) -> None:
    """Codings that were made under an older definition, with both definitions."""
    from fieldkit.study.drift import definition_drift

    drifted = definition_drift(study)
    if args.json:
        print_json(
            [
                {
                    "code": each.code.id,
                    "version": each.version,
                    "version_now": each.code.definition_version,
                    "before": each.before and told(each.before),
                    "now": told(each.code),
                    "codings": list(each.codings),
                }
                for each in drifted
            ]
        )
        return
    if not drifted:
        say(t("every coding was made under the definition its code has now"))
    for each in drifted:
        n = len(each.codings)
        if each.version is None:
            line = tn(
                "{code}: {n} coding made under a definition that is not known",
                "{code}: {n} codings made under a definition that is not known",
                n,
            )
            say(line.format(code=each.code.id, n=n))
            continue
        line = tn(
            "{code}: {n} coding made under another definition: {codings}",
            "{code}: {n} codings made under another definition: {codings}",
            n,
        )
        say(line.format(code=each.code.id, n=n, codings=", ".join(each.codings[:5])))
        before = _defined(each.before, study) if each.before else t("its words are no longer kept")
        say(t("  then: {words}").format(words=before))
        say(t("  now:  {words}").format(words=_defined(each.code, study)))


def told(code: Code) -> dict[str, Any]:
    """A code as data."""
    body = code.model_dump(mode="json", exclude_none=True)
    return {**body, "definition_version": code.definition_version}


def _defined(code: Code, study: Study) -> str:
    language = study.framework.languages[0]
    texts = (getattr(code, field) for field, _ in _LABELS)
    return " | ".join(visible_line(shortened(text.get(language), 200)) for text in texts if text)
