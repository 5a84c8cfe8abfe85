"""Ways of citing known by their looks: each shape is read or reported, and what is written alike is left alone."""

from __future__ import annotations

import pytest

from citecheck import parse
from citecheck.recognition.evidence.unread_shapes import SHAPES

LIST = """

## Sources

1. Quill, A. *Tides of the north*, 1971, https://tides.example/north
2. Sarto, B. *Bays and bars*, 1988, https://tides.example/bays
3. Lund, C. *Low water*, 2001, https://tides.example/low
"""
TAIL = LIST.replace("## Sources", "Sources")  # in plain text a line of its own heads a list
BULLETS = """

References

- Quill, A. (1971). Tides of the north. Harbour Press.
- Sarto, B., & Obi, F. (1988). Bays and bars. Harbour Press.
- Lund, C. (2001). Low water. Harbour Press.
"""
NAMED = BULLETS.replace("References", "## References")


def shapes(text: str, format: str = "markdown") -> list[str]:
    return [way.shape for way in parse(text, format=format).not_understood]


def listed(text: str, format: str, markdown: str, plain: str) -> str:
    """A text with the list below it, as a format heads one."""
    return text + (markdown if format == "markdown" else plain)


OF_NUMBERS = {  # above a numbered list
    "glued-number": "The range is twelve metres1. It was measured twice2. Nobody knows the reason3.",
    "odd-bracket": "The range is twelve metres {1}. It was measured twice {2}. Nobody knows why {3}.",
    "odd-bracket, of carets": "The range is twelve metres.^1 It was measured twice.^2 Nobody knows why.^3",
    "odd-bracket, in Chinese": "潮差为十二米〔1〕。测量了两次〔2〕。没有人知道原因〔3〕。",
}
READ = {  # above a numbered list, too
    "bare-number": "The range is twelve metres.1 It was measured twice.2 Nobody knows why.3",
    "bare-number, of ranges": "The range is twelve metres.1,2 It was measured twice.1-3 Nobody knows why.3",
    "bare-number, the last unlisted": "The range is twelve metres.1 It was measured twice.2 Nobody knows why.4",
    "bare-number, behind quotes": 'They called it "a mountain."1 It was measured (twice).2 Nobody knows why!3',
    "bare-number, in Russian": "Высота прилива двенадцать метров.1 Её измерили дважды.2 Причина неизвестна.3",
    "bare-number, in Chinese": "潮差为十二米。1 测量了两次。2 没有人知道原因。3",
    "parenthesised-number": "The range is twelve metres (1). It was measured twice (2). Nobody knows why (3).",
    "parenthesised-number, of groups": "The range is known (1, 2). It was measured (2-3). Nobody knows why (3).",
    "parenthesised-number, behind stops": "The range is known.(1) It was measured.(2) Nobody knows why.(3)",
    "parenthesised-number, in German": "Der Hub beträgt zwölf Meter (1). Man maß ihn (2). Warum, weiß niemand (3).",
    "parenthesised-number, in Chinese": "潮差为十二米（1）。测量了两次（2）。没有人知道原因（3）。",
    "called-number": "The range is twelve metres [Source 1]. It was measured twice [Source 2, 14].",
    "called-number, of documents": "The range is twelve metres [Doc 1]. It was measured twice [doc 3].",
    "called-number, in Chinese": "潮差为十二米[来源1]。测量了两次[来源2]。",
    "called-number, in Korean": "조차는 12미터이다 [출처 1]. 두 번 측정되었다 [출처 2].",
    "called-number, in Spanish": "La amplitud es de doce metros (Fuente 1). Se midió dos veces (Fuente 3).",
}


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize("case", OF_NUMBERS)
def test_numbers_that_lead_to_a_list_are_seen(case: str, format: str) -> None:
    assert [case.partition(",")[0]] == shapes(listed(OF_NUMBERS[case], format, LIST, TAIL), format)


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize("case", READ)
def test_numbers_that_nothing_but_a_list_explains_are_markers(case: str, format: str) -> None:
    document = parse(listed(READ[case], format, LIST, TAIL), format=format)
    assert () == document.not_understood
    assert "1" == document.markers[0].labels[0]


OF_NAMES = {
    "in parentheses": "The range is twelve metres (Quill, 1971). It was measured twice (Sarto & Obi, 1988, p. 4).",
    "in a sentence": "Quill (1971) gives twelve metres. Sarto and Obi (1988) measured it, and Lund (2001) did not.",
    "in brackets": "The range is twelve metres [Quill 1971]. It was measured twice [Sarto et al. 1988; Lund 2001].",
    "in German": "Der Hub beträgt zwölf Meter (vgl. Quill 1971, S. 4; Sarto/Obi 1988: 12). Warum, weiß niemand.",
    "in French": "L’amplitude est de douze mètres (Quill, 1971). Elle fut mesurée deux fois (Sarto et Obi, 1988).",
    "with possessives": "By Quill’s (1971) count it is twelve metres. Lund's (2001) is lower.",
}


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize("case", OF_NAMES)
def test_authors_and_years_of_a_list_are_read(case: str, format: str) -> None:
    assert [] == shapes(listed(OF_NAMES[case], format, NAMED, BULLETS), format)


def test_authors_and_years_of_a_list_of_two_are_seen() -> None:
    text = "泥炭每年下沉一厘米（林晓河，2018）。湿润后减缓（王海，2020）。\n\n## 参考文献\n\n"
    entries = "- 林晓河（2018）。《下沉的土地》。苍鹭出版社。\n- 王海（2020）。《再次湿润》。苍鹭出版社。\n"
    assert ["author-year"] == shapes(text + entries)


WITHOUT_A_LIST = {
    "called-number": "The range is known [Source 1]. It was measured [Source 2]. Nobody knows why [Source 3].",
    "raised-number": "The range is twelve metres.¹ It was measured twice.² Nobody knows why.³",
    "raised-number, of carets": "The range is twelve metres.^1^ It was measured twice.^2^ Nobody knows why.^3^",
    "bracketed-number": "Nets are mended [4], salt is dry [9]. Bells ring [5], and all is old [7].\n\n## Sources\n\n",
    "bracketed-key": "The range is known [Quill71]. It was measured [SAR+88]. Nobody knows why [lund2001].",
    "pandoc-key": "The range is twelve metres [@quill1971; @sarto1988, p. 3]. Nobody knows why [see -@lund2001].",
    "latex-command": r"The range is twelve metres \cite{quill}. It was measured~\citep[p.~4]{sarto,lund}.",
    "role": "The range is twelve metres {cite}`quill`. It was measured {cite:p}`sarto,lund`.",
    "role, of reStructuredText": "The range is twelve metres :cite:`quill`. It was measured :cite:t:`sarto`.",
    "command": "The range is twelve metres {% cite quill %}. It was measured {% cite sarto lund %}.",
    "command, of AsciiDoc": "The range is twelve metres cite:[quill]. It was measured cite:[sarto(12)].",
    "command, of Typst": "The range is twelve metres #cite(<quill>). It was measured #cite(<sarto>).",
    "reference-tag": 'The range is known.<ref>Quill, 1971</ref> It was measured.<ref name="s">Sarto</ref>',
    "template": "The range is known.{{sfn|Quill|1971|p=3}} It was measured.{{sfn|Sarto|1988}}",
    "circled-number": "潮差为十二米①。测量了两次②。\n\n① 张三，《潮汐》，1971年。\n② 李四，《海湾》，1988年。\n",
}


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize("case", WITHOUT_A_LIST)
def test_what_seems_to_cite_where_no_list_is_read_is_seen(case: str, format: str) -> None:
    assert [case.partition(",")[0]] == shapes(f"# Tides\n\n{WITHOUT_A_LIST[case]}\n", format)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"The range [@quill]. It was measured [@sarto, p. 3].{NAMED}", "pandoc-key"),  # the names of the list
        ("---\nbibliography: tides.bib\n---\n\nThe range is twelve metres [@quill].\n", "citation-key"),
        (
            "See [[quill1971]]. It was measured, says [[sarto1988|Sarto]].\n\n## Sources\n\n"
            "- quill1971: Tides, 1971, p. 3.\n- sarto1988: Bays, 1988, p. 4.\n",
            "page-key",
        ),
        (
            "It is known<sup>[\\[1\\]](#footnote-1)</sup>, or was.<sup>[\\[2\\]](#footnote-2)</sup> Nobody knows why."
            " Nobody asks.<sup>[\\[4\\]](#footnote-4)</sup>\n\n"
            "1. Quill counts the tides.\n2. Sarto does not.\n",
            "linked-number",
        ),
        (
            "The pull is that of equation [1]:\n\n    F = m g sin a    [1]\n\nChains are cheap (2). Oars are not (3).\n"
            f"All were gone by 1931 (4, 5).{LIST}4. Venn, R. *Oars*, 1919, p. 3.\n5. Venn, R. *Sails*, 1924, p. 9.\n",
            "parenthesised-number",
        ),
    ],
)
def test_what_is_read_beside_it_tells_a_shape(text: str, expected: str) -> None:
    assert [expected] == shapes(text)


def test_every_shape_has_a_case() -> None:
    cases = {case.partition(",")[0] for case in (*OF_NUMBERS, *READ, *WITHOUT_A_LIST)}
    others = {"author-year", "page-key", "linked-label", "linked-number"}
    assert cases | others == {shape.name for shape in SHAPES}


SOUND = {  # above a numbered list that nothing cites
    "counts of what a sentence names": "Version 2.1 needs (1) a warp of linen, (2) a weft of wool, and (3) a shuttle.",
    "the parts of one sentence": "It takes linen (1), wool (2), and a shuttle (3).",
    "figures and tables": "The range is that of Figure (1). It was measured, see Table (2). So says Section (3).",
    "calls": "Call range(1) first. It measures twice(2). Then call why(3).",
    "versions": "Release 1.2 was the first. Node.js 3 is too old. It ran with Python3. Use utf8.",
    "numbers at words that do not count": "Use sha256. Send it as utf8. Then call step2. It needs python3.",
    "lines that end in numbers": "Weather (1)\nHarbours (2)\nNets (3)\n\nAll of it (6)",
    "names of people": "Thanks to @quill, @sarto and @lund for twelve metres.",
    "dates": "It was measured twice (May 1988). Nobody knew why (January 2001), nor did they in Spring (1971).",
    "an apology": "As Quill (1971) says, nothing more is known.",
    "one bare number": "The range is twelve metres.1 It was measured twice. Nobody knows why.",
    "placeholders": "Write [Source N] behind a claim, or (Source).",
}


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize("case", SOUND)
def test_a_list_that_nothing_cites_is_understood(case: str, format: str) -> None:
    assert [] == shapes(listed(SOUND[case], format, LIST, TAIL), format)


UNDERSTOOD = {
    "markers": f"The range is twelve metres [1]. It was measured twice [2]. Nobody knows why [3].{LIST}",
    "markers, with names and years": f"Quill (1971) says so [1]. Sarto (1988) does [2], and Lund (2001) [3].{LIST}",
    "markers, with what is counted": f"It needs (1) a net [1]. It needs (2) a boat [2, 3]. There are two (2).{LIST}",
    "markers, with a few keys": f"Twelve metres [1]. Cite it as [@quill1971]. It was measured twice [2, 3].{LIST}",
    "footnotes, with a bibliography": "Quill (1971) says so.[^1] Sarto (1988) too.[^2] Lund (2001) no more.[^3]\n\n"
    f"[^1]: Quill, Tides, p. 3.\n[^2]: Sarto, Bays, p. 4.\n[^3]: Lund, p. 5.{NAMED}",
    "markers without a list": "The range is twelve metres [1]. It was measured twice [2]. Nobody knows why [3].",
    "notes without a definition": "The range is twelve metres.[^1] It was measured twice.[^2]",
    "linked markers": "Twelve metres [[1]](https://a.example/1). Measured twice [[2]](https://a.example/2).",
    "linked keys": "Thanks to [@quill1971](https://a.example/q) and [@sarto1988](https://a.example/s).",
    "keys that are defined": "Thanks to [@quill1971] and [@sarto1988].\n\n[@quill1971]: https://a.example/q\n"
    "[@sarto1988]: https://a.example/s\n",
    "scopes of packages": "It needs [@tides/north2020] and [@tides/south2021], and [@babel/core].",
    "keys in code": "Write `[@quill1971]` or `\\cite{quill}`, and `[@sarto1988]` or `\\cite{sarto}`.",
    "an example of a command": r"Write \cite{key} behind a claim, or \citep{key} in parentheses.",
    "classes of characters": "The class [^a-z] takes no letters. A text without them is [^abc]*, and a path [^/]+.",
    "classes in quotes": 'The class "[^xyz]" leaves three out. The class "[^abcd]" leaves four.',
    "powers": "The harbour has 3 km². It held 2 m³, and 4 m² more. The error is e².",
    "indexes": "The first is `a[0]`. Then comes row[1], then row[2], row[3] and row[4]. Use it.",
    "lists of numbers": "The ranges are [1, 2, 3, 4] and [5, 6, 7]. The others are [1, 2], [3, 4], [5, 6].",
    "bytes": "Send [00], then [04], then [01]. Wait for [04], and send [02].",
    "scores": "Define a tide. [2]\nName two bays. [4]\nWhat is a bar? [2]\nDraw one. [3]\n",
    "judgments": "See Lund v Rey [2020] UKSC 4, [12]. It was followed, [14]. The rule is at [34], [12].",
    "bugs": "- Mend the nets [12]\n- Paint the boats [14]\n- Sell the salt [12]\n- Ring the bells [9]\n",
    "a question of names": "See RFC 2119 [RFC2119]. Words follow [RFC8174]. Others do [RFC5234].",
    "further reading": "Quill (1971) and Sarto (1988) wrote of it.\n\n## Further reading\n\n"
    "- Quill, A. (1971). Tides of the north.\n- Sarto, B. (1988). Bays and bars.\n",
    "tasks": "- [ ] measure (1)\n- [x] mend (2)\n- [x] ring (3)\n",
    "leaked tokens": "The range is twelve metres 【4†source】. It was measured twice 【5†source】.",
    "links to headings": "See [1](#intro), [2](#nets) and [3](#bells) of this page.",
}


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize("case", UNDERSTOOD)
def test_what_is_read_or_cites_nothing_is_understood(case: str, format: str) -> None:
    if format == "text" and case in ("keys in code", "linked keys", "keys that are defined", "further reading"):
        pytest.skip("means something else in plain text")
    assert [] == shapes(UNDERSTOOD[case], format)


def test_a_place_shows_the_first_use_with_its_word() -> None:
    document = parse(OF_NUMBERS["glued-number"] + LIST)
    (way,) = document.not_understood
    assert ("1", "metres1", 3, frozenset("123")) == (
        way.span.of(document.text),
        way.sample,
        way.uses,
        way.labels,
    )
