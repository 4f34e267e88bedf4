"""`python -m benchmarks NAME [--quick]`: run one benchmark and print its ratios."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Run the benchmark named first; the rest are its own arguments. Returns 1 when a promise is missed."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    if not arguments or arguments[0] not in names:
        print(f"usage: python -m benchmarks {{{','.join(names)}}} [--quick]", file=sys.stderr)
        return 2
    passed: bool = importlib.import_module(f"benchmarks.{arguments[0]}").run(arguments[1:])
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
