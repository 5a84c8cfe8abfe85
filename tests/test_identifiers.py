"""Identifiers and addresses as written: the sound ones pass, the broken ones are told what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, strategies

from citecheck.identifiers import Fault, arxiv, doi, isbn, pubmed, url
from citecheck.identifiers.private import privacy
from citecheck.identifiers.redirects import Detour, detour, modern_resolver, shortener
from citecheck.identifiers.tracking import tracked

TODAY = date(2026, 3, 31)


def arxiv_fault(written: str) -> Fault | None:
    return arxiv.fault(written, TODAY)


SOUND: dict[Callable[[str], Fault | None], str] = {
    doi.fault: """
        10.1000/182
        10.1038/s41586-020-2649-2
        10.1016/0743-7315(92)90014-E
        10.1016/S0140-6736(05)67889-4
        10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O
        10.1002/(SICI)1521-3951(199911)216:1<135::AID-PSSB135>3.0.CO;2-#
        10.1002/%28SICI%291097-4571%28199806%2949%3A8%3C693%3A%3AAID-ASI4%3E3.0.CO%3B2-O
        10.1130/0016-7606(1983)94<222:TSOFD>2.0.CO;2
        10.1000.10/123
        10.123456789/x
        10.1093/ajae/aaq063
        10.1207/s15327809jls0402_2
        10.17487/RFC2119
        10.1101/2020.03.22.002386
        10.1093/mind/LIX.236.433
        10.48550/arXiv.2101.05735
        10.1000%2F182
        10.5281/zenodo.1234567
        10.1175/1520-0493(1998)126<0902:APOTHM>2.0.CO;2
        10/gf4tbq
        10.1007/978-3-319-53088-8_3
        10.1080/Ünïcode.x
    """,
    isbn.fault: """
        978-0-306-40615-7
        9780306406157
        978 0 306 40615 7
        978–0–306–40615–7
        978-0306406157
        97-80-30-64-06-15-7
        0-306-40615-2
        0306406152
        0 306 40615 2
        0-8044-2957-X
        080442957X
        0-8044-2957-x
        979-8-88645-174-0
        979-10-90636-07-1
        3-16-148410-X
        99921-58-10-7
        978-3-16-148410-0
    """,
    isbn.issn_fault: """
        0028-0836
        2070-1721
        0378-5955
        2434-561X
        2434-561x
        00280836
        0317‐8471
    """,
    arxiv_fault: """
        0704.0001
        0706.0001v2
        1412.9999
        1501.00001
        1501.00001v1
        2312.12345v12
        2603.00001
        hep-th/9901001
        hep-th/9901001v3
        math.GT/0309136
        math/0309136
        cond-mat/0703999
        cs.CL/0102021
        physics.acc-ph/9610001
        quant-ph/9508027
        q-bio.NC/0611080
        alg-geom/9202004
        hep-lat/9107001
    """,
    pubmed.pmid_fault: """
        1
        9997
        17284678
        38123456
    """,
    pubmed.pmcid_fault: """
        PMC13901
        PMC3531190
        PMC10207908
        pmc3531190
        PMC3531190.1
    """,
    url.fault: """
        https://example.org
        http://example.org/
        https://example.org/wiki/Baran_(film)
        https://example.org/wiki/History_of_Sweden_(1945%E2%80%931967)
        https://example.org/wiki/中產階級
        https://bücher.example/über
        https://xn--bcher-kva.example/
        https://例え.テスト/
        https://example.org:8443/a
        https://user:secret@example.org/a
        https://example.org/a#:~:text=one,-two,three-
        https://example.org/?a[0]=1&b=(c
        https://example.org/a;b=1,2/c'd!e*f
        https://example.org/~somebody/?q=a+b%20c
        http://192.0.2.17/a
        http://[2001:db8::7]:8080/
        http://[fe80::1%25eth0]/
        https://example.org./root
        https://under_score.example.org/
        https://web.example/web/2020/http://example.org/
        https://{lang}.example.org/
        https://...
        ftp://ftp.example.org/pub/
        mailto:editor@example.org
        ../plans/harbour.md
        www.example.org/a
        hxxps://example.org/
    """,
}

BROKEN: dict[Callable[[str], Fault | None], dict[str, tuple[str, str | None]]] = {
    doi.fault: {
        "10.1000/182.": ("the DOI ends in a full stop", "10.1000/182"),
        "10.1000/182,": ("the DOI ends in a comma", "10.1000/182"),
        "10.1000/182;": ("the DOI ends in a semicolon", "10.1000/182"),
        "10.1000/182:": ("the DOI ends in a colon", "10.1000/182"),
        "10.1000/182)": ("the DOI ends in a bracket that it does not open", "10.1000/182"),
        "10.1000/182).": ("the DOI ends in a full stop", "10.1000/182"),
        "10.1000/182>": ("the DOI ends in a bracket that it does not open", "10.1000/182"),
        "10.1016/0743-7315(92)90014-E)": (
            "the DOI ends in a bracket that it does not open",
            "10.1016/0743-7315(92)90014-E",
        ),
        "10.1000/182”": ("the DOI ends in a quotation mark", "10.1000/182"),
        "10.123/abc": ("a DOI's prefix is 10. and four to nine digits, not 10.123", None),
        "10.1234567890/abc": ("a DOI's prefix is 10. and four to nine digits, not 10.1234567890", None),
        "11.1000/182": ("a DOI's prefix is 10. and four to nine digits, not 11.1000", None),
        "10.10a0/182": ("a DOI's prefix is 10. and four to nine digits, not 10.10a0", None),
        "1O.1000/182": ("O is in the DOI's prefix, which has digits only", "10.1000/182"),
        "10.l000/182": ("l is in the DOI's prefix, which has digits only", "10.1000/182"),
        "10,1000/182": (", is in the DOI's prefix, which has digits only", "10.1000/182"),
        "10.1000": ("the DOI ends before its suffix", None),
        "10.1000/": ("the DOI ends before its suffix", None),
        "10.1000/18 2": ("there is a space in the DOI", None),
        "10.1007/s00134–020–05991": (
            "there is a dash in the DOI where a hyphen belongs",
            "10.1007/s00134-020-05991",
        ),
        "10.3389/fnagi.2022.1041333/full": (
            "/full belongs to a publisher's page, not to the DOI",
            "10.3389/fnagi.2022.1041333",
        ),
        "10.1111/nph.16022/fulltext": ("/fulltext belongs to a publisher's page, not to the DOI", "10.1111/nph.16022"),
        "10.1111/nph.16022/abstract": ("/abstract belongs to a publisher's page, not to the DOI", "10.1111/nph.16022"),
    },
    isbn.fault: {
        "978-0-306-40615-8": ("the ISBN's check digit is 8, and by its other digits would be 7", None),
        "978-0-306-46015-7": ("the ISBN's check digit is 7, and by its other digits would be 9", None),
        "979-8-88645-174-1": ("the ISBN's check digit is 1, and by its other digits would be 0", None),
        "0-306-40615-3": ("the ISBN's check digit is 3, and by its other digits would be 2", None),
        "0-306-40615-X": ("the ISBN's check digit is X, and by its other digits would be 2", None),
        "0-8044-2957-0": ("the ISBN's check digit is 0, and by its other digits would be X", None),
        "978-0-306-40615": ("an ISBN has 10 or 13 digits, and this one has 12", None),
        "978-0-306-40615-77": ("an ISBN has 10 or 13 digits, and this one has 14", None),
        "0-306-4061-2": ("an ISBN has 10 or 13 digits, and this one has 9", None),
        "977-0-306-40615-7": ("an ISBN of 13 digits begins with 978 or 979, not 977", None),
        "O-306-40615-2": ("O is no digit of an ISBN", None),
        "978-0-3O6-40615-7": ("O is no digit of an ISBN", None),
        "978-0-306-40615-X": ("X is allowed only at the end of an ISBN of 10 digits", None),
        "0-X06-40615-2": ("X is allowed only at the end of an ISBN of 10 digits", None),
    },
    isbn.issn_fault: {
        "0028-0837": ("the ISSN's check digit is 7, and by its other digits would be 6", None),
        "1234-5678": ("the ISSN's check digit is 8, and by its other digits would be 9", None),
        "2434-5610": ("the ISSN's check digit is 0, and by its other digits would be X", None),
        "0028-083": ("an ISSN has 8 digits, and this one has 7", None),
        "0028-08366": ("an ISSN has 8 digits, and this one has 9", None),
        "0O28-0836": ("O is no digit of an ISSN", None),
        "X028-0836": ("X is allowed only at the end of an ISSN", None),
    },
    arxiv_fault: {
        "2113.01234": ("the arXiv identifier names month 13", None),
        "2100.01234": ("the arXiv identifier names month 00", None),
        "hep-th/9913001": ("the arXiv identifier names month 13", None),
        "1412.00001": ("an arXiv identifier of 2014 has 4 digits after its point; this one has 5", None),
        "1501.0001": ("an arXiv identifier of 2015 has 5 digits after its point; this one has 4", None),
        "2101.123": ("an arXiv identifier of 2021 has 5 digits after its point; this one has 3", None),
        "2101.123456": ("an arXiv identifier of 2021 has 5 digits after its point; this one has 6", None),
        "0704.0000": ("arXiv counts from 0001, and this identifier ends in 0000", None),
        "2101.00000": ("arXiv counts from 00001, and this identifier ends in 00000", None),
        "math/0309000": ("arXiv counts from 001, and this identifier ends in 000", None),
        "2101.05735v0": ("versions of an arXiv paper are counted from v1", None),
        "0703.0001": ("arXiv identifiers of this form begin with 0704, in April 2007", None),
        "2605.00001": ("the arXiv identifier is of 2026-05, which is still to come", None),
        "9901.00123": ("the arXiv identifier is of 2099-01, which is still to come", None),
        "hep-th/0704001": ("arXiv identifiers with an archive are of July 1991 to March 2007", None),
        "hep-th/9106001": ("arXiv identifiers with an archive are of July 1991 to March 2007", None),
        "hep-th/990100": ("an arXiv identifier with an archive has 7 digits, and this one has 6", None),
        "hep-th/99010012": ("an arXiv identifier with an archive has 7 digits, and this one has 8", None),
        "hep-xx/9901001": ("arXiv has had no archive called hep-xx", None),
        "2101-05735": ("an arXiv identifier is written YYMM.NNNNN, or archive/YYMMNNN until March 2007", None),
    },
    pubmed.pmid_fault: {
        "0": ("a PMID does not begin with 0", None),
        "01728467": ("a PMID does not begin with 0", None),
        "172846781": ("a PMID has at most 8 digits, and this one has 9", None),
        "1728467O": ("O is no digit of a PMID", None),
        "PMC3531190": ("this is a PMCID, not a PMID", None),
    },
    pubmed.pmcid_fault: {
        "3531190": ("a PMCID begins with PMC", None),
        "PMC353119O": ("a PMCID is PMC and digits", None),
        "PMC0353119": ("a PMCID does not begin with 0", None),
        "PMC353119000": ("a PMCID has at most 8 digits, and this one has 9", None),
    },
    url.fault: {
        "http//example.org/a": ("http// is written where http:// belongs", "http://example.org/a"),
        "https:/example.org/a": ("https:/ is written where https:// belongs", "https://example.org/a"),
        "https:///example.org/a": ("https:/// is written where https:// belongs", "https://example.org/a"),
        "https;//example.org/a": ("https;// is written where https:// belongs", "https://example.org/a"),
        "http:\\\\example.org\\a": ("http:\\\\ is written where http:// belongs", "http://example.org\\a"),
        "https::/example.org": ("https::/ is written where https:// belongs", "https://example.org"),
        "ttps://example.org/a": ("the scheme of the address is ttps, not https", "https://example.org/a"),
        "ttp://example.org/a": ("the scheme of the address is ttp, not http", "http://example.org/a"),
        "htps://example.org/a": ("the scheme of the address is htps, not https", "https://example.org/a"),
        "hhttps://example.org/a": ("the scheme of the address is hhttps, not https", "https://example.org/a"),
        "httsp://example.org/a": ("the scheme of the address is httsp, not https", "https://example.org/a"),
        "https://https://example.org": ("the scheme of the address is written twice", "https://example.org"),
        "http://https//example.org": ("the scheme of the address is written twice", "https//example.org"),
        "https://doi.org/https://doi.org/10.5072/salt": (
            "the resolver of the DOI is in the address twice",
            "https://doi.org/10.5072/salt",
        ),
        "https:// example.org/a": ("there is a space in the address", "https://example.org/a"),
        "https://example.org/a b": ("there is a space in the address", "https://example.org/a%20b"),
        "https://www. example.org/a": ("there is a space in the host", "https://www.example.org/a"),
        "https://www..example.org/a..b": (
            "a name is missing between two points of the host",
            "https://www.example.org/a..b",
        ),
        "https://.example.org/": ("a name is missing between two points of the host", None),
        "https://www,example.org/a": ("a comma is in the host", "https://www.example.org/a"),
        "https://example.org;a": ("a semicolon is in the host", None),
        "https://example.org(archived)": ("a bracket is in the host", None),
        "http://192.0.2.256/": ("no part of an IPv4 address is above 255, and this one has 256", None),
        "http://192.0.2.999:80/a": ("no part of an IPv4 address is above 255, and this one has 999", None),
        "http://[2001:db8::7/a": ("the square bracket of the host is not closed", None),
        "http://[sources]/a": ("the square brackets of the host hold no IPv6 address", None),
        "https://example.org:99999/": ("99999 is no port number", None),
        "https://example.org:port/": ("port is no port number", None),
        "https://example.org/wiki/Baran_(film": ("a bracket is opened in the address and not closed", None),
    },
}


def sound() -> list[tuple[Callable[[str], Fault | None], str]]:
    return [(fault, value.strip()) for fault, values in SOUND.items() for value in values.split("\n") if value.strip()]


def broken() -> list[tuple[Callable[[str], Fault | None], str, tuple[str, str | None]]]:
    return [(fault, value, said) for fault, values in BROKEN.items() for value, said in values.items()]


@pytest.mark.parametrize(("fault", "written"), sound())
def test_nothing_is_said_of_a_sound_value(fault: Callable[[str], Fault | None], written: str) -> None:
    assert fault(written) is None


@pytest.mark.parametrize(("fault", "written", "expected"), broken())
def test_a_broken_value_is_told_what_is_wrong(
    fault: Callable[[str], Fault | None], written: str, expected: tuple[str, str | None]
) -> None:
    assert expected == fault(written)


@pytest.mark.parametrize(("fault", "written", "expected"), broken())
def test_a_repair_leaves_at_most_another_fault(
    fault: Callable[[str], Fault | None], written: str, expected: tuple[str, str | None]
) -> None:
    while expected[1] is not None:
        next_fault = fault(expected[1])
        assert next_fault != expected
        expected = next_fault or ("", None)


def test_the_table_is_half_sound_and_half_broken() -> None:
    assert len(sound()) >= 90
    assert len(broken()) >= 90


def test_a_month_is_still_to_come_until_it_begins_somewhere() -> None:
    assert arxiv.fault("2604.00001", date(2026, 3, 30)) is not None
    assert arxiv.fault("2604.00001", date(2026, 3, 31)) is None


@given(strategies.text(alphabet="10./:;,[]()<>hpstwOX-–% \\vabc9é", max_size=60))
def test_no_value_is_too_strange_to_be_judged(written: str) -> None:
    for fault in SOUND:
        fault(written)
    for look in (privacy, detour, modern_resolver, shortener, tracked):
        look(written)


# Tracking parameters -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "names", "clean"),
    [
        ("https://a.example/p?utm_source=x", ["utm_source"], "https://a.example/p"),
        ("https://a.example/p?utm_source=x&id=7", ["utm_source"], "https://a.example/p?id=7"),
        ("https://a.example/p?id=7&fbclid=x#part", ["fbclid"], "https://a.example/p?id=7#part"),
        ("https://a.example/?q=a+b%2Fc&gclid=1&r=(x)&UTM_Term=2", ["gclid", "UTM_Term"], "https://a.example/?q=a+b%2Fc&r=(x)"),
        ("https://a.example/?id=7&amp;utm_id=1&amp;b=2", ["utm_id"], "https://a.example/?id=7&amp;b=2"),
        ("https://a.example/?utm_id=1&amp;b=2", ["utm_id"], "https://a.example/?b=2"),
        ("https://a.example/p#utm_source=x", ["utm_source"], "https://a.example/p"),
        ("https://a.example/p?utm_source=x#:~:text=a,b", ["utm_source"], "https://a.example/p#:~:text=a,b"),
        ("https://a.example/p?referrer=grok.com", ["referrer"], "https://a.example/p"),
        ("https://youtu.be/abc?si=x&t=9", ["si"], "https://youtu.be/abc?t=9"),
    ],
)  # fmt: skip
def test_only_the_tracking_parameters_go(written: str, names: list[str], clean: str) -> None:
    assert (tuple(names), clean) == tracked(written)


@pytest.mark.parametrize(
    "written",
    [
        "https://a.example/p?id=7&ref=main&source=archive",
        "https://a.example/models?source=openai",
        "https://a.example/?si=metres",
        "https://a.example/utm_source=x",
        "https://a.example/?next=https://b.example/?utm_source=x",
        "https://web.archive.org/web/2020/https://a.example/?utm_source=x",
        "https://a.example/?utm_source=x&X-Amz-Signature=0f",
        "https://a.example/?utm_source",
        "https://a.example/#section=2",
        "a.md?utm_source=x",
    ],
)
def test_a_parameter_that_may_mean_something_stays(written: str) -> None:
    assert tracked(written) is None


VERTEX = "vertexaisearch.cloud.google.com"

# Redirects and shorteners ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://www.google.com/url?sa=t&url=https%3A%2F%2Fa.example%2Fp%3Fid%3D7&usg=x", Detour("www.google.com", "https://a.example/p?id=7")),
        ("https://google.co.uk/url?q=http://a.example/p&sa=D", Detour("google.co.uk", "http://a.example/p")),
        ("https://www.google.com/url?q=https%3A%2F%2Fa.example%2Fb%20c", Detour("www.google.com", None)),
        ("https://www.google.com/url?q=https://a.example/caf%E9", Detour("www.google.com", None)),  # of no UTF-8
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F&h=x", Detour("l.facebook.com", "https://a.example/")),
        ("https://link.zhihu.com/?target=https%3A//a.example/p", Detour("link.zhihu.com", "https://a.example/p")),
        (f"https://{VERTEX}/grounding-api-redirect/AUZ=", Detour(VERTEX, None)),
        ("https://www.youtube.com/redirect?q=https%3A%2F%2Fa.example", Detour("www.youtube.com", "https://a.example")),
        ("https://www.youtube.com/watch?v=x", None),
        ("https://www.google.com/search?q=https://a.example", None),
        ("https://notgoogle.com/url?q=https://a.example", None),
        ("https://www.facebook.com/harbour", None),
        ("https://duckduckgo.com/?q=harbour", None),
    ],
)  # fmt: skip
def test_a_detour_names_its_host_and_where_it_can_its_end(written: str, expected: Detour | None) -> None:
    assert expected == detour(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://bit.ly/3abcDEF", "bit.ly"),
        ("http://www.tinyurl.com/y2", "tinyurl.com"),
        ("https://t.co/xYz", "t.co"),
        ("https://bit.ly/", None),
        ("https://orbit.ly/3abc", None),
        ("https://bit.ly.example.org/3abc", None),
        ("https://youtu.be/abc", None),
        ("https://doi.org/10/gf4tbq", None),
    ],
)
def test_a_shortener_is_known_by_its_whole_host(written: str, expected: str | None) -> None:
    assert expected == shortener(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("http://dx.doi.org/10.1000/182", "https://doi.org/10.1000/182"),
        ("https://dx.doi.org/10.1000/182", "https://doi.org/10.1000/182"),
        ("http://doi.org/10.1000/182", "https://doi.org/10.1000/182"),
        ("http://www.doi.org/10.1000/182", "https://doi.org/10.1000/182"),
        ("https://doi.org/10.1000/182", None),
        ("https://www.doi.org/the-identifier/", None),
        ("http://dx.doi.org/", None),
    ],
)
def test_an_old_resolver_is_written_anew(written: str, expected: str | None) -> None:
    assert expected == modern_resolver(written)


# Private addresses -------------------------------------------------------------------------------------------

LOCAL = "a {}: address leads nowhere on another computer"
NETWORK = "{} leads nowhere outside its own network"
SIGNED = "the address is signed for a while, with a key in it, and then expires"
OWNED = "only its owner can open an address at {}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("file:///home/ines/tides.pdf", LOCAL.format("file")),
        ("sandbox:/mnt/data/tides.csv", LOCAL.format("sandbox")),
        ("http://localhost:8000/tides", NETWORK.format("localhost")),
        ("http://127.0.0.1/tides", NETWORK.format("127.0.0.1")),
        ("http://10.1.2.3/tides", NETWORK.format("10.1.2.3")),
        ("http://172.16.0.9/tides", NETWORK.format("172.16.0.9")),
        ("https://192.168.1.20:8443/tides", NETWORK.format("192.168.1.20")),
        ("http://[::1]/tides", NETWORK.format("[::1]")),
        ("http://nas.local/tides", NETWORK.format("nas.local")),
        ("https://wiki.internal/tides", NETWORK.format("wiki.internal")),
        ("https://b.s3.amazonaws.com/t.pdf?X-Amz-Expires=60&X-Amz-Signature=0f", SIGNED),
        ("https://b.blob.core.windows.net/t.pdf?sv=1&se=2024-05-01&sig=0f", SIGNED),
        ("https://ppl-ai-file-upload.s3.amazonaws.com/web/t.pdf", OWNED.format("ppl-ai-file-upload.s3.amazonaws.com")),
        ("https://chatgpt.com/c/0f", OWNED.format("chatgpt.com")),
        ("https://chatgpt.com/share/0f", None),
        ("https://chatgpt.com/", None),
        ("https://172.32.0.9/tides", None),
        ("http://8.8.8.8/tides", None),
        ("https://localhost.example.org/", None),
        ("https://a.example/?sig=7&se=2", None),
        ("https://s3.amazonaws.com/b/t.pdf", None),
        ("mailto:ines@localhost", None),
    ],
)
def test_an_address_that_only_its_writer_can_follow_is_told_so(written: str, expected: str | None) -> None:
    assert expected == privacy(written)
