"""The shipped guides are found alike from a checkout, an editable install and a wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GUIDES = {"framework.yaml", "codebook.yaml", "cic.yaml", "dfa.yaml", "cida.yaml", "iom.yaml"}
ASK = "from fieldkit.study.locate import template_folder; print(template_folder())"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", folder, ROOT], check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def found_from(python_path: Path, cwd: Path) -> Path:
    environment = {**os.environ, "PYTHONPATH": str(python_path)}
    run = subprocess.run(
        [sys.executable, "-c", ASK], cwd=cwd, env=environment, capture_output=True, text=True, check=True
    )
    return Path(run.stdout.strip())


def test_from_a_checkout(tmp_path: Path) -> None:
    folder = found_from(ROOT, tmp_path)
    assert folder == ROOT / "interview_guides"
    assert {path.name for path in folder.glob("*.yaml")} >= GUIDES


def test_from_an_editable_install(tmp_path: Path) -> None:
    # An editable install is a line in a .pth file that leads to the checkout.
    bare = tmp_path / "env"
    venv.create(bare, with_pip=False)
    (site,) = bare.glob("lib/python*/site-packages")
    others = [path for path in sys.path if path.endswith("site-packages")]
    (site / "fieldkit.pth").write_text("\n".join([str(ROOT), *others]))
    run = subprocess.run(
        [bare / "bin" / "python", "-c", ASK], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert Path(run.stdout.strip()) == ROOT / "interview_guides"


def test_the_wheel_has_what_reports_are_made_with(wheel: Path) -> None:
    needed = {"page/page.css", "page/page.js", "fonts/DejaVuSans-Latin.ttf", "fonts/LICENSE"}
    with zipfile.ZipFile(wheel) as archive:
        assert {f"fieldkit/exchange/{name}" for name in needed} <= set(archive.namelist())


def test_from_a_wheel(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    folder = found_from(tmp_path / "site", tmp_path)
    assert folder.is_relative_to(tmp_path / "site")
    for name in GUIDES:
        assert (folder / name).read_bytes() == (ROOT / "interview_guides" / name).read_bytes()


def test_the_wheel_holds_no_notes_and_all_that_the_app_needs(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if "journal" in name.split("/")[-1] and not name.endswith(".py")]
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "store/"))]
    assert any(name.endswith("app.tcss") for name in names)
    assert "fieldkit/locale/fr/LC_MESSAGES/fieldkit.mo" in names
    assert any(name.startswith("fieldkit/study/practice/") and name.endswith(".yaml") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
