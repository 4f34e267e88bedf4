"""fieldkit schema: the JSON Schema of the archive."""

from __future__ import annotations

import argparse

from fieldkit.cli.options import json_option
from fieldkit.cli.output import print_json


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    json_option(parser)


def run(_: argparse.Namespace) -> int:
    """Run the command."""
    from fieldkit.exchange.schema import archive_schema

    print_json(archive_schema())
    return 0
