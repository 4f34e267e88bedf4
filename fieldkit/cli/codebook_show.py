"""What `fieldkit codebook` shows: the tree, one code, its passages, and what definitions drifted."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from fieldkit.cli.output import print_json, print_table, say
from fieldkit.text import shortened, visible_line

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code
    from fieldkit.study.study import Study

_LABELS = (
    ("definition", "Definition"),
    ("use_when", "Use when"),
    ("not_when", "Not when"),
)


def print_tree(study: Study, args: argparse.Namespace) -> None:
    """The tree of codes, with how many codings each has."""
    language = study.framework.languages[0]
    counts: dict[str, int] = {}
    for body in study.rows("codings").values():
        counts[body["code"]] = counts.get(body["code"], 0) + 1
    codebook = study.codebook
    placed = _in_tree(codebook.codes)
    if args.json:
        print_json(
            [{**told(code), "depth": depth, "codings": counts.get(code.id, 0)} for code, depth in placed]
        )
        return
    rows = [
        [
            "  " * depth + code.name.get(language) + (" (retired)" if code.retired else ""),
            code.id,
            str(counts.get(code.id, 0)),
        ]
        for code, depth in placed
    ]
    print_table(["code", "id", "codings"], rows)


def print_code(study: Study, args: argparse.Namespace) -> None:
    """One code with all it says."""
    from fieldkit.study.codebook import find_code

    code = find_code(study, args.code)
    if args.json:
        print_json(told(code))
        return
    path = " > ".join(step.id for step in study.codebook.path(code.id))
    say(f"{path}{' (retired)' if code.retired else ''}")
    for language, words in code.name.translations.items():
        say(f"Name ({language}): {visible_line(words)}")
    for field, label in _LABELS:
        text = getattr(code, field)
        for language, words in (text.translations if text else {}).items():
            say(f"{label} ({language}): {visible_line(words)}")
    for example in code.examples:
        for language, words in example.translations.items():
            say(f"Example ({language}): {visible_line(words)}")
    if code.aliases:
        say(f"Also called: {visible_line(', '.join(code.aliases))}")
    say(f"Mark: {code.colour or 'no colour'}, {code.pattern or 'solid'}")
    say(f"Version of the definition: {code.definition_version}")


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
    print_table(["coding", "coder", "in", "passage"], rows, numbers=False)


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
        say("every coding was made under the definition its code has now")
    for each in drifted:
        count = f"{len(each.codings)} coding{'' if len(each.codings) == 1 else 's'}"
        if each.version is None:
            say(f"{each.code.id}: {count} made under a definition that is not known")
            continue
        say(f"{each.code.id}: {count} made under another definition: {', '.join(each.codings[:5])}")
        before = each.before
        say(f"  then: {_defined(before, study) if before else 'its words are no longer kept'}")
        say(f"  now:  {_defined(each.code, study)}")


def told(code: Code) -> dict[str, Any]:
    """A code as data."""
    body = code.model_dump(mode="json", exclude_none=True)
    return {**body, "definition_version": code.definition_version}


def _defined(code: Code, study: Study) -> str:
    language = study.framework.languages[0]
    texts = (getattr(code, field) for field, _ in _LABELS)
    return " | ".join(visible_line(shortened(text.get(language), 200)) for text in texts if text)


def _in_tree(codes: list[Code]) -> list[tuple[Code, int]]:
    """Codes with their depth, each after the code above it."""
    ids = {code.id for code in codes}
    below: dict[str | None, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent if code.parent in ids else None, []).append(code)
    found: list[tuple[Code, int]] = []

    def walk(parent: str | None, depth: int) -> None:
        for code in below.pop(parent, []):
            found.append((code, depth))
            walk(code.id, depth + 1)

    walk(None, 0)
    return found
