"""Reference entries: the fields that their own words give."""
