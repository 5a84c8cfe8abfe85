"""Formats: one file each, from a text to its layout. A further format is one more file and one more row here."""
