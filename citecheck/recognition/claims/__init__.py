"""Claims: the sentences of the body, what each of them does, and the markers that support it."""
