"""Settings files: where they are found, what they may say, and what applies to a document.

    setting_specs  what can be set, as a JSON Schema; the starting file
    discovery      pyproject.toml, citecheck.toml and what they extend, to layers
    layers         layers to what applies to a document, and where each value came from
    selection      the rules that settings turn on, and their options

The engine knows none of this: it is given `citecheck.model.settings.Settings` and reads no file.
"""
