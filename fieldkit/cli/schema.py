"""fieldkit schema: the JSON Schema of the archive."""

from __future__ import annotations

import argparse

from fieldkit.cli.options import json_option, study_option
from fieldkit.cli.output import print_json


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    # One schema serves all studies; the option is taken so that no command is an exception to it.
    study_option(parser)
    json_option(parser)


def run(_: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.exchange.schema import archive_schema

    print_json(archive_schema())
    return 0
