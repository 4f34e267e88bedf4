"""The interview line by line, for screen readers and poor connections."""
