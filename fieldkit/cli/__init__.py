"""The commands and their dialogues."""
