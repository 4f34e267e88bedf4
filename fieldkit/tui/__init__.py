"""The terminal app: one file per screen and per widget."""
