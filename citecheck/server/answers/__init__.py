"""What a client asks of a document, each kind of question in a module: plain data, in code points of the text."""
