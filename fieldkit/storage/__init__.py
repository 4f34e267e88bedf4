"""What is kept: an append-only journal of revisions, with TinyDB's tables as its current state."""
