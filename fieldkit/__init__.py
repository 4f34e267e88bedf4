"""fieldkit: guide, record, code and tabulate evaluation interviews, offline."""

__version__ = "0.1.0"
