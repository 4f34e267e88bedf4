"""What of a REFI-QDA file is left out, in words."""

from __future__ import annotations

from collections import Counter

from fieldkit.say import grouped, mark, t
from fieldkit.text import shortened, visible_line

_WORDS = {
    "PictureSource": mark("left out: pictures: {n}"),
    "PDFSource": mark("left out: PDF files: {n}"),
    "AudioSource": mark("left out: audio recordings: {n}"),
    "VideoSource": mark("left out: video recordings: {n}"),
    "Case": mark("left out: cases: {n}"),
    "Variable": mark("left out: variables: {n}"),
    "VariableValue": mark("left out: values of variables: {n}"),
    "Link": mark("left out: links: {n}"),
    "Set": mark("left out: sets: {n}"),
    "Graph": mark("left out: graphs: {n}"),
    "CodingWithoutCode": mark("left out: codings that name no code: {n}"),
    "unknown code": mark("left out: codings with a code that is not in the file: {n}"),
    "question only": mark("left out: passages that speak to an evaluation question and have no code: {n}"),
    "no coding": mark("left out: selections without a code: {n}"),
    "outside": mark("left out: passages that lie outside their text: {n}"),
    "no text": mark("left out: texts that are not in the file: {n}"),
    "changed text": mark("left out: texts that are here already with other words, with their codings: {n}"),
    "interview": mark(
        "left out: texts that are interviews of this study, with the codings added to them elsewhere: {n}"
    ),
    "empty note": mark("left out: notes without words: {n}"),
}
_SHOWN = 10


def told_of(left_out: Counter[str]) -> list[str]:
    """What was left out, one line for each kind that there is any of."""
    known = [t(told).format(n=grouped(left_out[kind])) for kind, told in _WORDS.items() if left_out[kind]]
    others = sorted(set(left_out) - set(_WORDS))
    if others:
        names = ", ".join(visible_line(shortened(name, 60)) for name in others[:_SHOWN])
        known.append(t("left out: elements that are of no use here: {names}").format(names=names))
    return known
