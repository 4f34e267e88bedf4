"""The use cases on a study: the public API that the screens and the commands share."""
