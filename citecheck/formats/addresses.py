"""Where an address stands in running text: a bracket inside it is no marker."""

from __future__ import annotations

import regex

from citecheck.patterns import lazy

# RFC 3986 allows square brackets only about an IP literal, yet query strings have them: `?a[0]=1`. A bracket
# belongs to the address when the address goes on behind it; `https://example.org/page[1]` ends before it.
# Full-width punctuation and quotation marks end an address in East Asian text.
_STOP = r"\s<>\[\]\"`“”‘’«»，。；：、（）【】《》「」！？｜|^"
ADDRESS = lazy(rf"(?:https?|ftp)://(?:[^{_STOP}]++|\[[^{_STOP}]*+\](?=[=&\w/]))*+", regex.IGNORECASE)
