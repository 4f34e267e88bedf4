"""Keeping tables to some persons, or to one layer of coding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import grouping
from fieldkit.findings.heard import CONSENSUS

Layer = Literal["own", "consensus"]
"""Each coder's own work, or what was agreed on."""

LAYERS: Final[tuple[Layer, ...]] = ("own", "consensus")


@dataclass(frozen=True)
class Narrowing:
    """What tables are kept to.

    Attributes:
        bands: attribute, as tables are made by, to ids of the headings kept; one of them is enough, and of
            every attribute named there must be one.
        layer: the layer of codings and chart cells kept; None keeps what counts of both.
    """

    bands: Mapping[str, frozenset[str]] = field(default_factory=dict)
    layer: Layer | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.bands and self.layer is None

    def toggled(self, by: str, heading: str) -> Narrowing:
        """The same with a heading kept that was not, or the other way round."""
        kept = self.bands.get(by, frozenset()) ^ {heading}
        bands = {each: ids for each, ids in {**self.bands, by: kept}.items() if ids}
        return replace(self, bands=bands)

    def with_layer(self, layer: Layer) -> Narrowing:
        """The same with a layer kept alone; with both again where it was."""
        return replace(self, layer=None if self.layer == layer else layer)


def narrowed(evidence: Evidence, to: Narrowing) -> Evidence:
    """Evidence of some persons, or of one layer.

    A joint interview stays where one of its persons does; what the others said in it counts for nobody.
    Documents stay: they are of no person.

    Args:
        evidence: all evidence.
        to: what to keep.

    Returns:
        Evidence that tables are made from as from any other.

    Raises:
        FindingsError: there is no such attribute.
    """
    found = evidence if to.layer is None else _of_layer(evidence, to.layer)
    if not to.bands:
        return found
    groupings = {by: grouping(evidence, by, "en") for by in to.bands}
    kept = {
        person
        for person in evidence.people
        if all(groupings[by].of[person] in to.bands[by] for by in to.bands)
    }
    interviews = tuple(each for each in found.interviews if kept.intersection(each.respondents))
    held = {interview.id for interview in interviews}
    responses = tuple(
        each
        for each in found.responses
        if each.interview in held and (each.respondent is None or each.respondent in kept)
    )
    said = {response.id for response in responses}
    codings = tuple(each for each in found.codings if each.response is None or each.response in said)
    return replace(
        found,
        respondents=tuple(each for each in found.respondents if each.id in kept),
        interviews=interviews,
        responses=responses,
        codings=codings,
        consents=tuple(each for each in found.consents if each.interview in held),
        waiting=found.waiting & {coding.id for coding in codings},
    )


def _of_layer(evidence: Evidence, layer: Layer) -> Evidence:
    agreed = layer == "consensus"
    codings = tuple(each for each in evidence.codings if (each.layer == CONSENSUS) == agreed)
    return replace(
        evidence,
        codings=codings,
        chart=tuple(each for each in evidence.chart if (each.layer == CONSENSUS) == agreed),
        # What was adjudicated takes the place of coders' own work, which is wanted here.
        adjudications=evidence.adjudications if agreed else (),
        waiting=evidence.waiting & {coding.id for coding in codings},
    )
