"""Settings files: where they are found, what they may say, and what applies to a document.

    keys       what can be set, as a JSON Schema; the starting file
    files      pyproject.toml, citecheck.toml and what they extend, to layers
    applied    layers to what applies to a document, and where each value came from

The engine knows none of this: it is given `citecheck.config.selection.Settings` and reads no file.
"""
