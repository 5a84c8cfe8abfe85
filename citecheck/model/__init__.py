"""What citecheck knows of a document, as frozen data: citations, sources, claims, findings, results."""
