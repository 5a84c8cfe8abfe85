"""Facts from outside a document: the texts of its sources, and what a claim comes to when it is held against them."""
