"""Source lists: entries, headings, and where a list begins and ends."""
