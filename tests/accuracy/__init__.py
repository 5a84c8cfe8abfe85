"""How right citecheck is about real documents: `python -m tests.accuracy FOLDER`."""
