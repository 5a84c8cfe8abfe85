"""Places in a text and patterns over it: spans, lines, units, and patterns compiled at their first use."""
