"""Texts for properties: any text at all, texts made of what documents are made of, and documents without faults."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

FORMATS = st.sampled_from(["markdown", "text"])

_PIECES = [
    *(
        "[1]",
        "[2]",
        "[3]",
        "[0]",
        "[12]",
        "[1, 2]",
        "[1-3]",
        "[3-1]",
        "[1]–[3]",
        "[1][2]",
        "[ 1 ]",
        "[1",
        "1]",
        "[1,]",
        "[?]",
    ),
    *(
        "[l]",
        "[1, p. 4]",
        "\\[1\\]",
        "[[1]]",
        "[1](https://salt.example/1)",
        "[[1]](#ref1)",
        "[salt][1]",
        "[salt]",
        "[^1]",
    ),
    *(
        "[^salt]",
        "[^1^]",
        "【1】",
        "【1†source】",
        "［1］",
        "¹",
        "¹²",
        "^1^",
        "<sup>1</sup>",
        '<sup><a href="#r1">1</a></sup>',
    ),
    *(
        "[RFC2119]",
        "[KLE+14]",
        "[S1; S2]",
        "[citation needed]",
        "[sic]",
        "a[1]",
        "in [0, 1]",
        "x = [1]",
        "- [x] ",
        "[1]: ",
    ),
    *(
        "\n",
        "\n\n",
        "\n\n\n",
        " ",
        "  ",
        "    ",
        "\t",
        "\r\n",
        "\r",
        "\f",
        "\x0b",
        "\u2028",
        "\u00a0",
        "\u3000",
        "\ufeff",
    ),
    *(
        "\n1. ",
        "\n2. ",
        "\n0. ",
        "\n1) ",
        "\n(1) ",
        "\n[1] ",
        "\n[2] ",
        "\n[1]: ",
        "\n[2]: https://salt.example/2",
        "\n- [1] ",
    ),
    *(
        "\n* ",
        "\n- ",
        "\n> ",
        "\n| 1 | ",
        " | ",
        "\n| --- | --- |\n",
        "\n^1 ",
        "\n【1】",
        "\n[^1]: ",
        "\n[^salt]: ",
        "\n1: ",
        "\n1、",
    ),
    *(
        "\n# ",
        "\n## ",
        "\n## Sources\n",
        "\n# References\n\n",
        "\nSources:\n",
        "\n**Sources**\n",
        "\n## 参考文献\n",
        "\n## Notes\n",
    ),
    *(
        "\nSources\n-------\n",
        "\n## Further reading\n",
        "\n---\n",
        "\n***\n",
        "\n```\n",
        "\n~~~\n",
        "`",
        "``",
        "$",
        "$$",
        "*",
        "**",
        "_",
    ),
    *(
        "<span style='display:none'>",
        "</span>",
        "<code>",
        "</code>",
        "<!-- ",
        " -->",
        "<a id='ref1'>",
        "</a>",
        "<br>",
        "<",
        ">",
        "&amp;",
    ),
    *(
        "<!-- citecheck: ignore CC101 -->",
        "<!-- citecheck: off -->",
        "<!-- citecheck: on -->",
        "<!-- citecheck: ignore-file CC1 -->",
    ),
    *(
        "Salt is mined. ",
        "It is boiled, ",
        "Dr. Olsen says so.",
        "“Salts of the north”, ",
        "A. Olsen, ",
        "1901.",
        "2 Mar. 2023,",
    ),
    *(
        "https://salt.example/a_(b)?c[0]=1",
        "doi:10.1000/182",
        "ISBN 978-3-16-148410-0",
        "arXiv:2101.00001",
        "pp. 3–5",
        "et al.",
    ),
    *(
        "盐是开采的。",
        "塩は採れる。",
        "Соль добывают.",
        "Größe",
        "é",
        "e\u0301",
        "😀",
        "\u200b",
        "\ue200",
        "\0",
        "\ud800",
        "\udfff",
    ),
    *(
        "turn0search3",
        "[cite: 1]",
        ":contentReference[oaicite:0]{index=0}",
        "Share this article",
        "Olsen   [Page 3]",
        "[",
        "]",
        "(",
        ")",
    ),
]

anything = st.text(st.characters(), max_size=300)  # lone surrogates and NUL too
pieces = st.lists(st.sampled_from(_PIECES), max_size=60).map("".join)
texts = st.one_of(pieces, anything, st.tuples(pieces, anything, pieces).map("".join))


@dataclass(frozen=True, slots=True)
class Sound:
    """A document without faults, the labels of its list in order, and how its markers are written."""

    text: str
    labels: tuple[str, ...]
    marker: str


_ENTRIES = ["{}. ", "[{}] ", "- [{}] ", "{}) ", "【{}】 "]
_HEADINGS = [
    "## Sources",
    "# References",
    "Sources:",
    "**Works cited**",
    "## Quellen",
    "## 参考文献",
    "Bibliography\n============",
]
_MARKERS = ["[{}]", " [{}]", " ([{}])", "【{}】", "［{}］"]
_SENTENCES = [
    "The northern pans were built in a dry year{}.",
    "Rock salt lies under the whole of the county{}, as the miners know.",
    "A good pan yields a ton a week{}; a bad one yields nothing.",
    "**Brine** is pumped from a depth of eighty fathoms{}.",
    "盐是从地下开采的{}。",
]


@st.composite
def sound_documents(draw: st.DrawFn) -> Sound:
    """A document whose every marker resolves, and whose every source is cited, in the order of the list."""
    count = draw(st.integers(2, 8))
    first = draw(st.sampled_from([0, 1]))
    labels = tuple(str(first + place) for place in range(count))
    marker = draw(st.sampled_from(_MARKERS))
    form = draw(st.sampled_from(_ENTRIES))
    body = [draw(st.sampled_from(_SENTENCES)).format(marker.format(label)) for label in labels]
    entries = [
        f"{form.format(label)}A. Olsen, Salts of region {label}, {1900 + place}." for place, label in enumerate(labels)
    ]
    between = draw(st.sampled_from([" ", "\n\n"]))
    apart = draw(st.sampled_from(["\n", "\n\n"]))
    heading = draw(st.sampled_from(_HEADINGS))
    return Sound(f"# Salt\n\n{between.join(body)}\n\n{heading}\n\n{apart.join(entries)}\n", labels, marker)
