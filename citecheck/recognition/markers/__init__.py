"""Citation markers: candidates in the text, the grammar of their labels, and what is malformed."""
