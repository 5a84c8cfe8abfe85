"""What fixes do to a document: edits, renumbering, and the proof that nothing else changed."""
