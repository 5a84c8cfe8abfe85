"""The rule reference: one Markdown page per rule, read as catalogue entry, manual and test."""
