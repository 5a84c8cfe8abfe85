"""Records what citecheck says of a folder of documents, and compares two such records.

A change that must not alter any verdict is held against the state before it: record the same folder with both, compare,
and either nothing differs or every difference has a name.
"""
