"""The settings of Sphinx."""

project = "Lock keeper"
extensions = ["sphinxcontrib.bibtex"]
bibtex_bibfiles = ["locks.bib"]
