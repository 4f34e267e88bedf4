"""fieldkit findings: state, review and list findings, with the strength of their evidence."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from fieldkit.cli.options import (
    author_option,
    ensure_author,
    json_option,
    label_language,
    language_option,
    open_study,
    study_option,
)
from fieldkit.cli.output import print_json, say
from fieldkit.say import mark, t
from fieldkit.text import visible_line

if TYPE_CHECKING:
    from fieldkit.records.base import Record
    from fieldkit.study.findings import Viewed
    from fieldkit.study.study import Study

_STATUS = {"draft": mark("draft"), "reviewed": mark("reviewed"), "final": mark("final")}
_KINDS = {"conclusion": mark("conclusion"), "recommendation": mark("recommendation")}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--add", metavar="STATEMENT", help=t("state a finding on the question of --question"))
    what.add_argument(
        "--edit",
        metavar="ID",
        help=t(
            "change a finding, a conclusion or a recommendation; of a finding, without anything else: "
            "say that it still stands"
        ),
    )
    what.add_argument("--status", nargs=2, metavar=("ID", "STATUS"), help=t("draft, reviewed or final"))
    what.add_argument(
        "--overrule",
        nargs=2,
        metavar=("ID", "STRENGTH"),
        help=t("another strength than the rules come to, with --reason; `rules` lets them decide again"),
    )
    what.add_argument("--note", nargs=2, metavar=("ID", "TEXT"), help=t("a reviewer's note on a finding"))
    what.add_argument("--conclude", metavar="TEXT", help=t("a conclusion from the findings of --on"))
    what.add_argument("--recommend", metavar="TEXT", help=t("a recommendation on the findings of --on"))
    what.add_argument("--remove", metavar="ID", help=t("take a conclusion or recommendation away"))
    what.add_argument(
        "--let-out",
        metavar="CODING",
        help=t("a passage may leave in outgoing reports, with --reason"),
    )
    what.add_argument(
        "--keep-in", metavar="CODING", help=t("a passage stays out of outgoing reports, with --reason")
    )
    what.add_argument(
        "--waiting", action="store_true", help=t("list the passages that wait before they may leave, and why")
    )
    parser.add_argument("--question", metavar="Q", help=t("the evaluation question; of a list, keep to it"))
    parser.add_argument("--statement", metavar="TEXT", help=t("with --edit: the words in their place"))
    side = parser.add_mutually_exclusive_group()
    side.add_argument(
        "--holds", action="store_true", default=None, help=t("it says that the proposition holds")
    )
    side.add_argument("--fails", action="store_true", help=t("it says that the proposition does not hold"))
    for name, told in (
        ("supports", t("codings whose passages speak for it")),
        ("contradicts", t("codings whose passages speak against it")),
        ("quotes", t("codings whose words are chosen to be quoted")),
    ):
        parser.add_argument(f"--{name}", nargs="*", metavar="CODING", help=told)
    parser.add_argument(
        "--reason", default="", metavar="TEXT", help=t("with --overrule, --let-out and --keep-in: why")
    )
    parser.add_argument("--on", nargs="+", default=[], metavar="ID", help=t("findings it is drawn from"))
    study_option(parser)
    author_option(parser)
    language_option(parser)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    changes = (args.add, args.edit, args.status, args.overrule, args.note, args.conclude, args.recommend)
    if all(each is None for each in (*changes, args.remove, args.let_out, args.keep_in)):
        with open_study(args) as study:
            (_list_waiting if args.waiting else _list)(args, study)
        return 0
    with open_study(args, write=True) as study:
        ensure_author(study)
        if args.remove is not None:
            return _remove(args, study)
        done = _changed(args, study)
    if args.json:
        print_json(done.body())
    else:
        say(done.id)
    return 0


def _remove(args: argparse.Namespace, study: Study) -> int:
    from fieldkit.study.conclusions import remove_conclusion

    change = remove_conclusion(study, args.remove)
    if args.json:
        print_json({"removed": args.remove, "change": change})
    else:
        say(t("{id} taken away; `fieldkit undo` brings it back").format(id=visible_line(args.remove)))
    return 0


def _changed(args: argparse.Namespace, study: Study) -> Record:
    from fieldkit.study.conclusions import conclude, edit_conclusion
    from fieldkit.study.errors import StudyError
    from fieldkit.study.findings import add_finding, add_note, edit_finding, overrule, set_status

    if args.let_out is not None or args.keep_in is not None:
        from fieldkit.study.letting_out import decide

        coding = args.let_out if args.let_out is not None else args.keep_in
        return decide(study, coding, leaves=args.let_out is not None, reason=args.reason)
    if args.add is not None:
        if args.question is None:
            raise StudyError(t("say with --question on which evaluation question the finding is"))
        return add_finding(study, args.question, args.add, **_fields(args))
    if args.edit is not None and study.row("conclusions", args.edit) is not None:
        return edit_conclusion(study, args.edit, text=args.statement, findings=args.on or None)
    if args.edit is not None:
        fields = _fields(args)
        if args.statement is not None:
            fields["statement"] = args.statement
        if args.question is not None:
            fields["evaluation_question"] = args.question
        return edit_finding(study, args.edit, **fields)
    if args.status is not None:
        return set_status(study, *args.status)
    if args.overrule is not None:
        finding, strength = args.overrule
        return overrule(study, finding, None if strength == "rules" else strength, args.reason)
    if args.note is not None:
        return add_note(study, *args.note)
    if args.conclude is not None:
        return conclude(study, "conclusion", args.conclude, args.on)
    return conclude(study, "recommendation", args.recommend, args.on)


def _fields(args: argparse.Namespace) -> dict[str, Any]:
    """The fields that the arguments give."""
    fields = {
        name: list(dict.fromkeys(given))
        for name in ("supports", "contradicts", "quotes")
        if (given := getattr(args, name)) is not None
    }
    return fields | ({"holds": not args.fails} if args.holds or args.fails else {})


def _list(args: argparse.Namespace, study: Study) -> None:
    from fieldkit.exchange.labels import Labels
    from fieldkit.study.findings import view_findings

    language = label_language(args, study)
    found = view_findings(study, args.question)
    drawn = study.records("conclusions")
    marking = Labels(study, language).marking
    if args.json:
        print_json(
            {
                "marking": marking,
                "findings": [_data(each, language) for each in found],
                "conclusions": [each.body() for each in drawn],
            }
        )
        return
    say(marking)
    if not found:
        say(t("no findings yet: state one with --add"))
    names = {rule.id: rule.name.get(language) for rule in study.framework.strength_rules}
    for each in found:
        _tell(each, names, language)
    for conclusion in drawn:
        about = ", ".join(conclusion.findings)
        say(visible_line(f"{conclusion.id}  {t(_KINDS[conclusion.kind])} ({about}): {conclusion.text}"))


def _list_waiting(args: argparse.Namespace, study: Study) -> None:
    from fieldkit.exchange.labels import Labels
    from fieldkit.findings.release import THRESHOLDS
    from fieldkit.study.evidence import evidence
    from fieldkit.study.letting_out import held_passages

    marking = Labels(study, label_language(args, study)).marking
    found = held_passages(study, evidence(study), THRESHOLDS[0])
    if args.json:
        waiting = [{"coding": each.coding, "words": each.words, "why": list(each.why)} for each in found]
        print_json({"marking": marking, "waiting": waiting})
        return
    say(marking)
    if not found:
        say(t("no passage waits for a decision"))
    for each in found:
        say(visible_line(f"{each.coding}  {each.words}"))
        for why in each.why:
            say(visible_line(f"    {why}"))


def _data(viewed: Viewed, language: str) -> dict[str, Any]:
    return {
        **viewed.finding.body(),
        "strength": viewed.strength,
        "computed": viewed.computed.rule,
        "reasons": viewed.computed.explain(language),
        "stale": viewed.stale,
        "not_quotable": viewed.not_quotable,
    }


def _tell(viewed: Viewed, names: dict[str, str], language: str) -> None:
    finding = viewed.finding
    strength = names.get(viewed.strength or "", viewed.strength or t("no strength"))
    about = [strength, t(_STATUS[finding.status]), *([t("stale: look at it again")] if viewed.stale else [])]
    say(visible_line(f"{finding.id}  {finding.evaluation_question}  {finding.statement}"))
    lines = [" · ".join(about), *viewed.computed.explain(language)]
    if finding.overruled is not None:
        told = t("overruled by {author}; the rules come to {computed}: {reason}")
        computed = names.get(viewed.computed.rule or "", t("no strength"))
        author = finding.overruled.author or "-"
        lines.append(told.format(author=author, computed=computed, reason=finding.overruled.reason))
    lines += [f"{note.author or '-'}: {note.text}" for note in finding.notes]
    told = t("{coding} cannot be quoted: {why}")
    lines += [told.format(coding=coding, why=why) for coding, why in viewed.not_quotable.items()]
    for line in lines:
        say(visible_line(f"    {line}"))
