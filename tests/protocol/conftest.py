"""A small study that is right in every way, for tests to spoil."""

from pathlib import Path

import pytest

FRAMEWORK = """\
fieldkit: 1
study:
  id: parks
  title: {en: Parks, fr: Parcs}
  languages: [en, fr]
issues:
  - id: "1"
    title: {en: Results, fr: Résultats}
    evaluation_questions:
      - id: "1.1"
        text: {en: Are parks used?, fr: Les parcs servent-ils?}
        proposition: {en: Parks are used., fr: Les parcs servent.}
        indicators: [{id: "1.1.1", text: {en: Visits, fr: Visites}}]
      - id: "1.2"
        text: {en: Are they kept?, fr: Sont-ils entretenus?}
        parts:
          - id: "1.2a"
            text: {en: Paths?, fr: Les sentiers?}
            proposition: {en: Paths are kept., fr: Les sentiers sont entretenus.}
          - id: "1.2b"
            text: {en: Benches?, fr: Les bancs?}
            proposition: {en: Benches are kept., fr: Les bancs sont entretenus.}
respondent_groups: [{id: STAFF, name: {en: Staff, fr: Personnel}, reporting_group: ALL, planned: 2}]
reporting_groups: [{id: ALL, name: {en: All, fr: Tous}}]
lines_of_evidence: [{id: documents, name: {en: Documents, fr: Documents}, kind: documents}]
matrix:
  STAFF: {"1.1": asked, "1.2a": asked, "1.2b": no}
  documents: {"1.1": asked, "1.2": asked}
positions:
  - {id: favourable, name: {en: Favourable, fr: Favorable}, stance: 1}
  - {id: no_view, name: {en: No view, fr: Sans avis}}
bases: [{id: opinion, name: {en: Opinion, fr: Opinion}}]
"""

CODEBOOK = """\
fieldkit: 1
version: "1"
codes:
  - {id: results, name: {en: Results, fr: Résultats}, definition: {en: All., fr: Tout.}}
  - {id: visits, parent: results, name: {en: Visits, fr: Visites}, definition: {en: Who., fr: Qui.}}
"""

GUIDE = """\
fieldkit: 1
version: "1.0"
title: {en: Staff, fr: Personnel}
respondent_group: STAFF
statement: {en: Thank you., fr: Merci.}
consents:
  - {id: given, text: {en: May we?, fr: Pouvons-nous?}}
  - {id: quote, text: {en: Quote?, fr: Citer?}}
  - {id: recording, text: {en: Record?, fr: Enregistrer?}}
choices:
  parks:
    - {id: north, text: {en: North park, fr: Parc du Nord}}
    - {id: south, text: {en: South park, fr: Parc du Sud}}
scales:
  extent:
    - {value: 1, text: {en: Not at all, fr: Pas du tout}}
    - {value: 2, text: {en: Fully, fr: Entièrement}}
sections:
  - id: all
    title: {en: All, fr: Tout}
    items:
      - {id: which, type: multiple, text: {en: Which?, fr: Lesquels?}, choices: parks, context: true}
      - id: used
        type: scale
        text: {en: Used?, fr: Utilisés?}
        scale: extent
        evaluation_questions: ["1.1"]
      - id: paths
        type: text
        text: {en: Paths?, fr: Sentiers?}
        evaluation_questions: ["1.2a"]
        relevant: "selected(${which}, 'north')"
"""


class StudyFolder:
    """A folder of study files that can be changed and loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name, text in (("framework.yaml", FRAMEWORK), ("codebook.yaml", CODEBOOK), ("staff.yaml", GUIDE)):
            (path / name).write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Change one passage of a file; the passage must be there once."""
        text = (self.path / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        (self.path / name).write_text(text.replace(old, new), encoding="utf-8")

    def add_items(self, *lines: str) -> None:
        """Add lines of YAML to the end of the guide's items."""
        path = self.path / "staff.yaml"
        added = "".join(f"      {line}\n" for line in lines)
        path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")

    def load(self):
        """The study as loaded."""
        from fieldkit.protocol.library import load_protocol

        return load_protocol(self.path)

    def guide(self):
        """The guide; fails the test where it has problems."""
        protocol = self.load()
        assert protocol.problems == []
        return protocol.guides["staff"]

    def problems(self) -> list[str]:
        """All that `check` says."""
        from fieldkit.protocol.check import check_protocol

        return [str(problem) for problem in check_protocol(self.load())]

    def only_problem(self) -> str:
        """The one thing that `check` says."""
        problems = self.problems()
        assert len(problems) == 1, problems
        return problems[0]

    def line_of(self, text: str, name: str = "staff.yaml") -> int:
        """The line a text stands in, from 1."""
        lines = (self.path / name).read_text(encoding="utf-8").splitlines()
        (found,) = [n for n, line in enumerate(lines, 1) if text in line]
        return found


@pytest.fixture(autouse=True)
def _protocol_read_once() -> None:
    """Reading is what these tests are about: every one of them reads for itself."""


@pytest.fixture
def study(tmp_path):
    return StudyFolder(tmp_path)
