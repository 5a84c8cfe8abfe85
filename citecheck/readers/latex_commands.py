"""The commands of LaTeX that a document is read by; what is in none of these tables is markup of its words.

Tables of citation commands: LaTeX, natbib 8.3, biblatex 3.20 (3.9 "Citation Commands"), apacite, harvard, cite, and
abntex2cite. They are closed: `\\citestyle`, `\\setcitestyle`, `\\citetext` and `\\citename` begin like one and cite
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final


def _with_capitals(names: str) -> frozenset[str]:
    return frozenset(form for name in names.split() for form in (name, name[0].upper() + name[1:]))


CITING: Final = _with_capitals(
    "cite citep citet citealt citealp citeauthor citefullauthor citeyear citeyearpar citenum citetalias citepalias "
    "parencite textcite autocite footcite footcitetext smartcite supercite fullcite footfullcite citetitle citedate "
    "citeurl notecite pnotecite fnotecite bibentry onlinecite citen citeonline citeasnoun citeaffixed possessivecite "
    "citeA citeNP citeANP citeyearNP citeauthorNP shortcite shortciteA shortciteNP shortciteANP shortciteauthor "
    "fullciteA fullciteNP fullciteANP citealtt citeanp defcitealias nocite Citeauthor"
)
"""One list of keys, after up to two optional arguments."""
CITING_SEVERAL: Final = _with_capitals(
    "cites parencites textcites autocites footcites footcitetexts smartcites supercites"
)
"""Lists of keys as long as there are any, each after up to two optional arguments."""
CITING_VOLUMES: Final = _with_capitals("volcite pvolcite fvolcite ftvolcite svolcite tvolcite avolcite")
"""A volume, then a list of keys, each after an optional argument."""
ALL_CITING: Final = CITING | CITING_SEVERAL | CITING_VOLUMES

HEADINGS: Final = {
    name: level
    for level, name in enumerate(
        ("part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph"), 1
    )
}
"""Headings and their levels."""
DEFINING: Final = frozenset(
    "newcommand renewcommand providecommand DeclareRobustCommand newcommandx renewcommandx NewDocumentCommand "
    "RenewDocumentCommand ProvideDocumentCommand DeclareDocumentCommand def gdef edef xdef newenvironment "
    "renewenvironment DeclareCiteCommand DeclareMathOperator newsavebox".split()
)
"""What defines a command or an environment: `#1` in it is no key, and its words are shown somewhere else."""
INCLUDING: Final = frozenset(
    "input include subfile subfileinclude import subimport includefrom inputfrom subincludefrom subinputfrom "
    "InputIfFileExists externalcitedocument".split()
)
"""What includes another file."""
INCLUDING_FROM: Final = frozenset("import subimport includefrom inputfrom subincludefrom subinputfrom".split())
"""What names a folder before the file."""
INCLUDING_HERE: Final = frozenset("subimport subincludefrom subinputfrom".split())
"""What sees that folder from the file's own."""
BIBLIOGRAPHIES: Final = frozenset(
    "bibliography nobibliography addbibresource addglobalbib addsectionbib bibliographyown".split()
)
"""What names files of entries."""
BY_BIBTEX: Final = frozenset({"bibliography", "nobibliography"})
"""What names files for BibTeX, to which `Knuth` and `knuth` are one key; biber tells them apart."""
PRINTING: Final = frozenset("printbibliography putbib bibbysection bibbysegment printreferences".split())
"""What prints entries of such files."""
APART: Final = frozenset("footnote footnotetext thanks marginpar marginnote todo endnote sidenote".split())
"""What sets its argument apart from the running text."""
STANDING_ALONE: Final = frozenset(
    "caption captionof title author date subtitle institute affil affiliation address email keywords abstract "
    "dedication markboth markright subject publishers".split()
)
"""What has an argument of words that is no part of a paragraph."""
SILENT: Final = {
    **dict.fromkeys(
        "label vspace hspace index usepackage documentclass RequirePackage pagestyle thispagestyle color textcolor "
        "colorbox bibliographystyle selectlanguage graphicspath hypertarget includegraphics theoremstyle hypersetup "
        "geometry cline includeonly pdfbookmark glsadd numberline pagenumbering enlargethispage".split(),
        1,
    ),
    **dict.fromkeys("setlength addtolength setcounter addtocounter newtheorem multicolumn rule fontsize".split(), 2),
    **dict.fromkeys("addcontentsline definecolor multirow".split(), 3),
}
"""What has arguments that are no words, and how many."""
REFERRING: Final = frozenset(
    "ref pageref eqref cref Cref autoref nameref vref Vref hyperref subref labelcref prettyref fref Fref autopageref "
    "url href path nolinkurl".split()
)
"""What shows a number, a name or an address of something else, as a word of its sentence."""
PROSE: Final = frozenset("document multicols spacing doublespace doublespacing onehalfspace singlespace".split())
"""Environments of paragraphs."""
LISTS: Final = frozenset("itemize enumerate description compactitem compactenum inparaenum enumerate*".split())
QUOTATIONS: Final = frozenset("quote quotation verse displayquote".split())
_MATHEMATICS = (
    "equation align alignat flalign gather multline eqnarray displaymath math split aligned gathered dmath "
    "subequations IEEEeqnarray"
)


def _starred(names: Iterable[str]) -> frozenset[str]:
    return frozenset(form for name in names for form in (name, f"{name}*"))


MATHEMATICS: Final = _starred(_MATHEMATICS.split())
"""Environments of mathematics, in the midst of a paragraph."""
LIST_OF_SOURCES: Final = "thebibliography"
