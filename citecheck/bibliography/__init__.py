"""Files of entries, read as they are written: BibTeX, CSL and Hayagriva."""
