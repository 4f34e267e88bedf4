"""What it shows: pure functions from records to tables."""
