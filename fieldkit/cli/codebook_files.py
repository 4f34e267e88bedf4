"""The codebook to a file and from one, as `fieldkit codebook export` and `import` do it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from fieldkit.cli.output import print_json, say
from fieldkit.say import t

if TYPE_CHECKING:
    from fieldkit.study.study import Study

KINDS = (".yaml", ".yml", ".csv", ".xlsx", ".qdc")


def write_codebook(study: Study, args: argparse.Namespace) -> None:
    """Write the codebook in force, by the file's extension."""
    kind = _kind(args)
    if kind in (".yaml", ".yml"):
        from fieldkit.exchange.codebook_yaml import write_codebook_yaml

        count = write_codebook_yaml(study, args.file, force=args.force)
    elif kind == ".qdc":
        from fieldkit.exchange.qdc import write_qdc

        language = study.framework.languages[0]
        count = write_qdc(study, args.file, language=language, force=args.force)
    else:
        from fieldkit.exchange.codebook_sheet import write_codebook_sheet

        count = write_codebook_sheet(study, args.file, force=args.force)
    if args.json:
        print_json({"file": str(args.file), "codes": count})
    else:
        say(t("{file}: a codebook, codes in it: {count}").format(file=args.file, count=count))


def read_codebook(study: Study, args: argparse.Namespace) -> None:
    """Take a codebook in, and list what changes."""
    if _kind(args) == ".qdc":
        from fieldkit.exchange.qdc_in import import_qdc as take_in
    else:
        from fieldkit.exchange.codebook_in import import_codebook as take_in
    done = take_in(study, args.file)
    if args.json:
        print_json({"file": str(args.file), "changed": done.added, "known": done.known, "notes": done.notes})
        return
    for note in done.notes:
        say(note)
    told = (
        t("{file}: codes changed: {n}")
        if done.added
        else t("{file}: nothing changed; all of it is so already")
    )
    say(told.format(file=args.file, n=done.added))


def _kind(args: argparse.Namespace) -> str:
    from fieldkit.study.errors import UnknownId
    from fieldkit.text import visible_line

    kind = str(args.file.suffix.lower())
    if kind not in KINDS:
        raise UnknownId("kind of codebook file", visible_line(args.file.suffix or args.file.name), KINDS)
    return kind
