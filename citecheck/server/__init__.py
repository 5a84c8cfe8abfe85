"""The language server: what editors ask while someone writes.

    texts      the text that an editor has, kept up to date, and its positions to offsets and back
    projects   what applies to a document: settings, baseline, bibliographies
    analysis   a version of a document as it was read and checked
    desk       the open documents: which is analysed when, and which analysis answers
    carrying   places of an analysis to the text as it is by now
    answers/   one module a request: a document and an offset to plain data
    protocol   the protocol, and the one module that knows pygls

An answer is worked out in code points; only `protocol` knows lines and columns as a client counts them.
"""
