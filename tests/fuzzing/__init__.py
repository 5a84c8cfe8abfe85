"""Fuzzing: bytes to documents, what must hold of each, and the cases that once did not."""
