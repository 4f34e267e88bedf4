"""The codebook in force as a YAML file, of the form that a study's own codebook.yaml has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.atomic import whole_file

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Codebook
    from fieldkit.study.study import Study


def write_codebook_yaml(study: Study, target: Path, *, force: bool = False) -> int:
    """Write the codebook in force.

    Args:
        study: the study.
        target: the file.
        force: replace a file that is there already.

    Returns:
        How many codes are in it.

    Raises:
        StudyError: the codebook is wrong, or the file cannot be written.
    """
    codebook = study.codebook
    with whole_file(target, force=force) as file:
        file.write(codebook_yaml(codebook).encode())
    return len(codebook.codes)


def codebook_yaml(codebook: Codebook) -> str:
    """A codebook as YAML, the codes in their order, which the file then tells by itself."""
    import yaml

    codes: list[dict[str, Any]] = []
    for code in codebook.codes:
        body = code.model_dump(mode="json", exclude_none=True)
        body.pop("order", None)
        codes.append({name: value for name, value in body.items() if value not in ([], False)})
    content = {"fieldkit": 1, "version": codebook.version, "codes": codes}
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100))
