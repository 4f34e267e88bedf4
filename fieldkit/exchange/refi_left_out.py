"""What of a REFI-QDA file is left out, in words."""

from __future__ import annotations

from collections import Counter

from fieldkit.text import shortened, visible_line

_WORDS = {
    "PictureSource": "pictures",
    "PDFSource": "PDF files",
    "AudioSource": "audio recordings",
    "VideoSource": "video recordings",
    "Case": "cases",
    "Variable": "variables",
    "VariableValue": "values of variables",
    "Link": "links",
    "Set": "sets",
    "Graph": "graphs",
    "CodingWithoutCode": "codings that name no code",
    "unknown code": "codings with a code that is not in the file",
    "question only": "passages that speak to an evaluation question and have no code",
    "no coding": "selections without a code",
    "outside": "passages that lie outside their text",
    "no text": "texts that are not in the file",
    "changed text": "texts that are here already with other words, with their codings",
    "interview": "texts that are interviews of this study, with the codings added to them elsewhere",
    "empty note": "notes without words",
}
_SHOWN = 10


def told_of(left_out: Counter[str]) -> list[str]:
    """What was left out, one line for each kind that there is any of."""
    known = [f"left out: {words}: {left_out[kind]:,}" for kind, words in _WORDS.items() if left_out[kind]]
    others = sorted(set(left_out) - set(_WORDS))
    if others:
        names = ", ".join(visible_line(shortened(name, 60)) for name in others[:_SHOWN])
        known.append(f"left out: elements that are of no use here: {names}")
    return known
