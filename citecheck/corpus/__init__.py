"""Millions of documents: read from tables, checked by worker processes, written as parts that a later run takes up.

One row in, one row out: whatever a row is, and whatever ends a process, no row is lost and none is invented.
"""
