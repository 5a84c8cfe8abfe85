"""Files to texts and texts to files: discovery, decoding, and writing in one step."""
