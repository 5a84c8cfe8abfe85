"""Documents whose every claim and every source has a word of its own, and an oracle that judges by these words.

styles       how markers and entries are written, and how a reader finds the labels in them again
documents    documents put together from a seed: sound ones, and ones with planted faults
oracle       what a text says, by its words alone, and what a change of it may not do
running      citecheck's commands over folders of them

The oracle knows nothing of citecheck's own parser: `python -m tests.generated --documents 20000 --seed 1`.
"""
