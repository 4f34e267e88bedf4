"""Hostile .qdpx and .qdc files: refused in one line, soon, in little memory; the study is untouched."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from fieldkit.study.study import Study
from tests.exchange.test_refi_in import code, guid, qdpx, selection

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the most memory that a process had is read from /proc"
)

SECONDS = 2
MEGABYTES = 200

TRY = """
import json, re, sys, time
from pathlib import Path
from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.qdc_in import import_qdc
from fieldkit.exchange.qdpx_in import import_qdpx
from fieldkit.study.study import Study
with Study.open(Path(sys.argv[1]), author="MT") as study:
    study.codebook
    began = time.process_time()
    try:
        (import_qdc if sys.argv[2].endswith(".qdc") else import_qdpx)(study, Path(sys.argv[2]))
        told = None
    except ExchangeError as error:
        told = str(error)
took = time.process_time() - began
peak = re.search(r"VmHWM:\\s+([0-9]+) kB", Path("/proc/self/status").read_text())
print(json.dumps([told, took, int(peak.group(1)) / 1024]))
"""

Make = Callable[[Path], None]
HOSTILE: dict[str, Make] = {}

EMPTY = '<Project xmlns="urn:QDA-XML:project:1.0" name="x"/>'


def hostile(make: Make) -> Make:
    HOSTILE[make.__name__] = make
    return make


def archive(path: Path, *members: tuple[str, bytes | str], project: str = EMPTY) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("project.qde", project)
        for name, content in members:
            file.writestr(name, content)


def nested(levels: int) -> bytes:
    content = b"core"
    for level in range(levels):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            file.writestr(f"{level}.zip", content)
        content = buffer.getvalue()
    return content


def project_of(inside: str) -> str:
    return f'<Project xmlns="urn:QDA-XML:project:1.0" name="x">{inside}</Project>'


@hostile
def a_bomb_among_the_sources(path: Path) -> None:
    archive(path, ("sources/a.txt", bytes(150_000_000)))


@hostile
def a_bomb_in_the_place_of_the_project(path: Path) -> None:
    archive(path, project=project_of(" " * 60_000_000))


@hostile
def a_bomb_that_lies_about_its_size(path: Path) -> None:
    qdpx(path, bytes(50_000_000))
    path.write_bytes(path.read_bytes().replace(struct.pack("<L", 50_000_000), struct.pack("<L", 1_000)))


@hostile
def two_hundred_megabytes_of_text(path: Path) -> None:
    piece = ("".join(chr(97 + number % 26) for number in range(1_000)) + "\n").encode() * 2_000
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("project.qde", EMPTY)
        for number in range(100):
            file.writestr(f"sources/{number}.txt", piece)


@hostile
def a_name_that_leads_out(path: Path) -> None:
    archive(path, ("sources/../../a.txt", "x"))


@hostile
def an_absolute_name(path: Path) -> None:
    archive(path, ("/etc/a.txt", "x"))


@hostile
def a_name_with_a_drive(path: Path) -> None:
    archive(path, ("C:\\a.txt", "x"))


@hostile
def two_members_of_one_name(path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        archive(path, ("sources/a.txt", "x"), ("sources/a.txt", "y"))


@hostile
def two_members_that_differ_in_case(path: Path) -> None:
    archive(path, ("sources/a.txt", "x"), ("Sources/A.TXT", "y"))


@hostile
def ten_levels_of_archives(path: Path) -> None:
    archive(path, ("sources/a.zip", nested(10)))


@hostile
def ten_levels_that_say_they_are_the_project(path: Path) -> None:
    path.write_bytes(nested(10))


@hostile
def archives_that_say_they_are_a_text(path: Path) -> None:
    text = f"<TextSource guid='{guid('t')}' plainTextPath='internal://a.txt'/>"
    archive(path, ("sources/a.txt", b"\xff" + nested(10)), project=project_of(f"<Sources>{text}</Sources>"))


@hostile
def a_directory_of_many_files(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("project.qde", EMPTY)
        for number in range(70_000):
            file.writestr(f"sources/{number}", b"")


@hostile
def entities_that_multiply(path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    archive(path, project=f'<!DOCTYPE Project [<!ENTITY e0 "ha">{entities}]>{project_of("&e11;")}')


@hostile
def an_entity_that_is_a_file(path: Path) -> None:
    archive(path, project=f'<!DOCTYPE Project [<!ENTITY e SYSTEM "file:///etc/passwd">]>{project_of("&e;")}')


@hostile
def a_document_type_elsewhere(path: Path) -> None:
    archive(path, project=f'<!DOCTYPE Project SYSTEM "http://example.org/a.dtd">{EMPTY}')


@hostile
def the_wrong_namespace(path: Path) -> None:
    archive(path, project='<Project xmlns="urn:QDA-XML:project:9.0" name="x"/>')


@hostile
def no_namespace(path: Path) -> None:
    archive(path, project='<Project name="x"/>')


@hostile
def the_namespace_of_a_codebook(path: Path) -> None:
    archive(path, project='<CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>')


@hostile
def elements_without_end(path: Path) -> None:
    given = (
        f'creatingUser="{guid("Ann")}"><CodeRef targetGUID="{guid("Trust")}"/></Coding></PlainTextSelection>'
    )
    selections = (
        f'<PlainTextSelection guid="{UUID(int=2 * number)}" startPosition="0" endPosition="{number}">'
        f'<Coding guid="{UUID(int=2 * number + 1)}" {given}'
        for number in range(180_000)
    )
    qdpx(path, b"Words", "".join(selections))


@hostile
def small_elements_without_end(path: Path) -> None:
    archive(path, project=project_of("".join(f"<a{n % 999}/>" for n in range(900_000))))


@hostile
def elements_too_deep(path: Path) -> None:
    inside = ""
    for number in range(300):
        inside = code(f"c{number}", inside)
    archive(path, project=project_of(f"<CodeBook><Codes>{inside}</Codes></CodeBook>"))


@hostile
def a_tag_without_end(path: Path) -> None:
    attributes = "".join(f' a{number}="{number * 7919}"' for number in range(1_200_000))
    archive(path, project=f'<Project xmlns="urn:QDA-XML:project:1.0" name="x"{attributes}/>')


@hostile
def references_without_end(path: Path) -> None:
    refs = "".join(f'<NoteRef targetGUID="{UUID(int=number)}"/>' for number in range(450_000))
    archive(path, project=project_of(refs))


@hostile
def an_id_that_is_none(path: Path) -> None:
    archive(path, project=project_of("<Users><User guid='../../etc' name='x'/></Users>"))


@hostile
def positions_that_are_none(path: Path) -> None:
    wrong = selection(0, 1, "Trust").replace('endPosition="1"', 'endPosition="NaN"')
    qdpx(path, b"Words", wrong)


@hostile
def a_text_that_is_not_utf_8(path: Path) -> None:
    qdpx(path, b"caf\xe9")


@hostile
def half_a_file(path: Path) -> None:
    qdpx(path, b"Words" * 1_000)
    path.write_bytes(path.read_bytes()[:-30])


@hostile
def a_damaged_text(path: Path) -> None:
    qdpx(path, b"Words " * 1_000)
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\3\4", 10) + 80
    content[at : at + 8] = bytes(8)
    path.write_bytes(bytes(content))


@hostile
def no_archive(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7 " * 1_000)


@hostile
def nothing(path: Path) -> None:
    path.write_bytes(b"")


@pytest.fixture
def held(study: Study) -> tuple[Path, dict[str, bytes]]:
    """A study that nobody has open, and what its store holds."""
    study.close()
    store = study.folder / "store"
    return study.folder, {str(file): file.read_bytes() for file in store.iterdir() if file.name == "journal"}


def tried(folder: Path, file: Path) -> tuple[str, float, float]:
    run = subprocess.run(
        [sys.executable, "-c", TRY, folder, file], capture_output=True, text=True, check=True, timeout=100
    )
    told, took, memory = json.loads(run.stdout)
    return told, took, memory


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_project_is_refused(held: tuple[Path, dict[str, bytes]], tmp_path: Path, name: str):
    folder, before = held
    file = tmp_path / "hostile.qdpx"
    HOSTILE[name](file)
    told, took, memory = tried(folder, file)
    assert told is not None
    assert told.startswith(("hostile.qdpx: ", str(file)))
    assert told.isprintable()
    assert len(told) < 400
    assert took < SECONDS
    assert memory < MEGABYTES
    assert {path: Path(path).read_bytes() for path in before} == before


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE CodeBook [<!ENTITY a "b">]><CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>',
        '<CodeBook xmlns="urn:QDA-XML:project:1.0"/>',
        '<Project xmlns="urn:QDA-XML:codebook:1.0"/>',
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0">',
        "",
        f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{code("a")}{code("a")}</Codes></CodeBook>',
    ],
)
def test_a_hostile_codebook_is_refused(held: tuple[Path, dict[str, bytes]], tmp_path: Path, content: str):
    folder, before = held
    file = tmp_path / "hostile.qdc"
    file.write_text(content, encoding="utf-8")
    told, _, _ = tried(folder, file)
    assert told is not None
    assert told.startswith("hostile.qdc: ")
    assert {path: Path(path).read_bytes() for path in before} == before
