"""What was said: the records of a study, as pydantic models."""
