"""What cites is judged from the whole document: the same brackets are a marker here and a measure there."""

from __future__ import annotations

import pytest

from citecheck import Settings, lint, parse
from citecheck.model.citations import FOOTNOTES

THREE = "\n\n## Sources\n\n1. Salts, 1901.\n2. Pans, 1902.\n3. Brine, 1903.\n"
FOUR = f"{THREE}4. Ponds, 1904.\n"
DEFINED = "\n\n[1]: https://a.example/salts\n[2]: https://b.example/pans\n"
RAISED = "It is mined.¹ It is boiled.² "
NOTES = "\n\n[^1]: Salts, 1901.\n[^2]: Pans, 1902.\n"


def cites(text: str, marker: str) -> bool:
    return marker in [found.text for found in parse(text, name="a.md").markers]


def listed_twice(text: str, listing: str = THREE) -> str:
    """A document in which two markers find their source, with something more in its text."""
    return f"Salt is mined [1]. It is boiled [2]. {text}{listing}"


@pytest.mark.parametrize(
    ("text", "marker", "expected"),
    [
        ("It is sold [4] dear.", "[4]", True),
        ("\n\n[4] says how it is sold.", "[4]", True),
        ("\n\n[4] Boil it\n[5] Dry it\n", "[4]", False),  # an enumeration
        ("\n\n[4] Boil it\n[5] Dry it\n", "[5]", False),
        ("\n\n[4] says so.\n\n[5] does not.\n", "[4]", True),
        ("\n\n| a | b |\n| - | - |\n| [4] | so |\n", "[4]", False),  # a row's name
        ("\n\n| a | b |\n| - | - |\n| so | [4] |\n", "[4]", True),
        ("\n\nrealm [4] Realm, as a field\n", "[4]", False),  # with its tag
        ("\n\nrealm [4] is where it is sold\n", "[4]", True),
        ("It lies in [4, 5].", "[4, 5]", False),
        ("It is sold [19] dear.", "[19]", True),
        ("It is sold [20] dear.", "[20]", False),  # too far beyond the list to be meant, but where it closes a clause
        ("It is sold [20].", "[20]", True),
        ("It is sold [20][4].", "[20]", True),
        ("It is sold [80].", "[80]", True),
        ("It is sold [81].", "[81]", False),  # whatever it closes
        ("It is sold [1, 19] dear.", "[1, 19]", True),
        ("It is sold [1, 20].", "[1, 20]", False),
        ("It is sold [5, 6].", "[5, 6]", True),
        ("It is sold [5, 7].", "[5, 7]", False),  # an interval
        ("It is sold [2-9].", "[2-9]", True),
        ("It is sold [2-99].", "[2-99]", True),  # an end of the range is listed
        ("It is sold [4-6].", "[4-6]", True),
        ("It is sold [0].", "[0]", True),
        ("It is sold [0] dear.", "[0]", True),
        ("It has a length [0]\n\nIt is.", "[0]", False),  # as programs say
        ("It is in salt[4]-pans.", "[4]", False),
        ("So it is:\n\n[4]: https://salt.example/\n", "[4]", False),  # an entry that no list has
        ("It is sold [00].", "[00]", False),  # a byte
        ("It is sold [03].", "[03]", True),
        ("It is sold[0].", "[0]", False),
        ("It is sold [0, 1].", "[0, 1]", False),
        ("It is sold [0, 5].", "[0, 5]", False),
        ("It is salt[5].", "[5]", True),
        ("It is salts[5].", "[5]", False),  # no other marker stands at a word, and arrays have such names
        ("It is salts[4].", "[4]", True),  # but the next number does not stand there by chance
        ("It is OOB[4].", "[4]", False),  # unless it is an index
        ("It is salt[4][5].", "[4]", False),
        ("So it is [2[4][5].", "[4]", True),  # behind a marker that has lost its bracket
        ("It has salt_pan[5].", "[5]", False),
        ("It is in pan 12[5].", "[5]", True),  # a number has no index
        ("It is in v12[5].", "[5]", False),
        ("See Eq. [4].", "[4]", False),
        ("See equation [4].", "[4]", False),
        ("See Table* [4].", "[4]", False),
        ("See [4]crowns.", "[4]", False),
        ("盐是卖的。 [4]这样说。", "[4]", True),
        ("形如[4]的盐是卖的。", "[4]", False),
        ("布朗等[4]扩大了规模。", "[4]", True),  # text without spaces goes on right behind a marker
        ("佐藤[4]は川を測った。", "[4]", True),
        ("박민수[4]는 강을 쟀다.", "[4]", True),
        ("数组[4]的元素。", "[4]", False),
        ("见图[4]所示。", "[4]", False),
        ("See Section [4].", "[4]", False),
        ("See [Section 3](#s3) and [4](#s4).", "[4](#s4)", True),
        ("See https://salt.example/pans/[4] for it.", "[4]", False),
        ("The pattern [4]+ is long.", "[4]", False),
        ("It took 43 [12] years.", "[12]", False),
        ("It took 43.5 [12] years.", "[12]", False),
        ("It rose by 43% [12] then.", "[12]", False),
        ("It was sold in 43 [12].", "[12]", True),
        ("It was sold in v6.44 [12] dear.", "[12]", True),
        ("It was sold in 1943 [12] dear.", "[12]", True),  # a year is no count
    ],
)
def test_an_unlisted_number_cites_where_it_is_likely_to(text: str, marker: str, expected: bool) -> None:
    assert expected is cites(listed_twice(text), marker)


def test_an_unlisted_number_may_have_leading_zeros_where_listed_ones_do() -> None:
    listing = "\n\n## Sources\n\n[01] Salts, 1901.\n\n[02] Pans, 1902.\n"
    assert cites(listed_twice("It is sold [04].", listing), "[04]")


def test_a_longer_list_bears_higher_numbers() -> None:
    many = "\n\n## Sources\n\n" + "".join(f"{number}. Salts of {1800 + number}.\n" for number in range(1, 101))
    assert cites(listed_twice("It is sold [310] dear.", many), "[310]")
    assert not cites(listed_twice("It is sold [311] dear.", many), "[311]")
    assert cites(listed_twice("It is sold [999].", many), "[999]")
    assert not cites(listed_twice("It is sold [1000].", many), "[1000]")


@pytest.mark.parametrize(
    ("text", "listing", "marker", "expected"),
    [
        ("Mined [1]. Boiled [7] hot.", THREE, "[7]", True),
        ("Mined [1]. Boiled [7].", FOUR, "[7]", False),
        ("Mined [1], sold [2]. Boiled [7].", FOUR, "[7]", True),
        ("Boiled [7].", THREE, "[7]", True),
        ("Boiled [7] hot.", THREE, "[7]", False),
        ("Boiled[7].", THREE, "[7]", False),
        ("Mined[1]. Boiled[7] hot.", THREE, "[7]", True),  # the only other stands at a word too
        ("Mined[1]. Boiled in bit[7] hot.", THREE, "[7]", False),
        ("Mined[1-2]. Boiled salts[7] hot.", THREE, "[7]", True),
        ("Mined[1], sold [2]. Boiled[7] hot.", THREE, "[7]", False),
        ("Boiled [5, 6].", THREE, "[5, 6]", False),
        ("Boiled [7].", FOUR, "[7]", False),
        ("Boiled [[7]](https://a.example) hot.", FOUR, "[[7]](https://a.example)", False),
        ("Mined [1]. Boiled [[7]](https://a.example) hot.", FOUR, "[[7]](https://a.example)", True),
        ("x = [1], y = [2]. Boiled [7] hot.", THREE, "[7]", False),  # arrays find no sources
        ("Boiled in pans [0-5].", THREE, "[0-5]", False),  # nor does what takes in every number
        ("Boiled in pans [2-5].", THREE, "[2-5]", True),
        ("Boiled in SW12[1-4], sold [1] as [2] says.", THREE, "[1-4]", False),
        ("[Mined][1]. Boiled [7].", DEFINED, "[7]", False),  # links are the habit
        ("[Mined][1], sold [1]. Old [2]. Boiled [7] hot.", DEFINED, "[7]", True),
        ("Boiled [7].", "\n\n## Sources\n\n[S1] Salts, 1901.\n[P2] Pans, 1902.\n", "[7]", False),
    ],
)
def test_where_hardly_anything_cites_a_number_must_look_like_it(
    text: str, listing: str, marker: str, expected: bool
) -> None:
    assert expected is cites(f"{text}{listing}", marker)


@pytest.mark.parametrize(
    ("text", "marker", "expected"),
    [
        ("Salt[1] and tea[2] are sold at fairs[7].", "[7]", True),
        ("Salt[1] is sold at fairs[7].", "[7]", False),
        ("Salt[1] and tea[2] match fairs[07].", "[07]", False),
        ("Where x = [1], salt[1] and tea[2] are sold at fairs[7].", "[7]", True),
        ("Salt[1], tea[2]. A [1], b [2], c [3], d [1], e [2], f [3], g [1], h [2]. At fairs[7].", "[7]", True),
        ("Salt[1], tea[2]. A [1], b [2], c [3], d [1], e [2], f [3], g [1], h [2], i [3]. At fairs[7].", "[7]", False),
        ("Salt[1] and tea[2] are sold at fairs[0].", "[0]", False),
        ("Salt[1] and tea[2] are sold at fairs [0].", "[0]", True),
        ("Salt[1] and tea[2] are sold by the key[1][7].", "[7]", True),
        ("Salt[1] and tea[2] are sold: key[1][7].", "[7]", False),
        ("Salt[1] and tea[2], as argv[3] says, are sold.", "[3]", True),
        ("Salt [1] and tea [2], as argv[3] says, are sold.", "[3]", False),
        ("Salt[1] and tea[2], as argv[3, 1] says, are sold.", "[3, 1]", False),
    ],
)
def test_markers_stand_at_words_where_that_is_the_habit(text: str, marker: str, expected: bool) -> None:
    assert expected is cites(f"{text}{FOUR}", marker)


@pytest.mark.parametrize(
    ("text", "marker", "expected"),
    [
        ("Mined [1]. Boiled by SALT[2] hot.", "[2]", True),
        ("Mined [1]. Boiled [2] hot.", "[2]", True),
        ("Boiled [2] hot.", "[2]", False),  # nothing else cites
        ("Mined [1]. Boiled in vat_pan[2] hot.", "[2]", False),
        ("Mined [1]. Boiled at pans[4] hot.", "[4]", True),
        ("Mined [1]. Boiled at pans[5] hot.", "[5]", False),
        ("Mined [1]. Boiled at pans[0] hot.", "[0]", False),
        ("Mined [1]. Boiled at pans[2, 4] hot.", "[2, 4]", False),
    ],
)
def test_the_one_number_that_a_list_leaves_out_is_cited(text: str, marker: str, expected: bool) -> None:
    assert expected is cites(f"{text}\n\n## Sources\n\n[1] Salts, 1901.\n[3] Pans, 1902.\n", marker)


def test_where_a_list_leaves_out_several_numbers_none_is_likelier_than_another() -> None:
    assert not cites("Mined [1]. By SALT[2] hot.\n\n## Sources\n\n[1] Salts, 1901.\n[4] Pans, 1902.\n", "[2]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mined【1】. Boiled【2】. Sold【7】.", True),
        ("Mined【1】. Boiled【2】. Sold.\n\n【2】【7】", True),
        ("Mined【1】. Boiled【2】.\n\n【7】 Sold.", False),  # a paragraph with its number
        ("Mined【1】. Boiled【2】. Sold【7†source】.", False),
        ("Mined【1】. Boiled【7】.", False),
        ("Mined【1】. Boiled【2】. Sold [3]. Mined [1]. Boiled【7】.", False),
    ],
)
def test_lenticular_brackets_cite_where_they_are_the_habit(text: str, expected: bool) -> None:
    assert expected is cites(f"{text}{FOUR}", "【7†source】" if "†" in text else "【7】")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is boiled [reviewed in 2].", True),
        ("It is boiled [ref2, p. 4].", True),
        ("It is boiled [version V2].", False),
        ("It is boiled [version of 2025-01-03].", False),
        ("It is boiled [Fig. 2].", False),
        ("It is boiled by a tag [APPLICATION 2].", False),
        ("It is boiled by a tag [APPLICATION 7[2]].", True),
        ("It is boiled [see Fig. 2].", True),
        ("It is boiled at a rate of [2/s].", False),
    ],
)
def test_words_in_brackets_use_a_source_they_name_by_its_number(text: str, expected: bool) -> None:
    text = f"Salt is mined [1]. {text} It is sold [3].{THREE}"
    found = [each.label for each in lint(text, name="a.md", settings=Settings(select=("CC102",)))]
    assert found == ([] if expected else ["2"])


@pytest.mark.parametrize(
    ("text", "marker", "expected"),
    [
        ("| a | b |\n| - | - |\n| [9] | x |", "[9]", False),
        ("| a | b |\n| - | - |\n|         [9] | x |", "[9]", False),
        ("| a | b |\n| - | - |\n| x | [9] |", "[9]", True),
        ("It is on [the list](/l) and on page [9](/p/9).", "[9](/p/9)", False),
        ("It is on page [9](https://p.example/9).", "[9](https://p.example/9)", True),
        ("It is on page [9](#s9).", "[9](#s9)", True),
    ],
)
def test_cells_and_links_to_pages_cite_what_is_listed(text: str, marker: str, expected: bool) -> None:
    assert expected is cites(listed_twice(f"\n\n{text}\n"), marker)
    assert cites(listed_twice(f"\n\n{text.replace('9', '3')}\n"), marker.replace("9", "3"))


@pytest.mark.parametrize(
    ("text", "marker", "expected"),
    [
        ("It is sold.³", "³", True),
        ("It is sold.⁴", "⁴", True),  # and not listed
        ("It is sold³ dear.", "³", True),
        ("It is sold ³ dear.", "³", True),
        ("It is sold⁴ dear.", "⁴", True),
        ("It is hot⁴ there.", "⁴", False),  # a short word may be a unit
        ("It is hot^3^^4^ there.", "^4^", True),  # and has but one power
        ("It is hot<sup>4</sup><sup>3</sup> there.", "<sup>4</sup>", True),
        ("It is sold.²⁰⁰", "²⁰⁰", False),
        ("It is sold.¹⁹⁹", "¹⁹⁹", True),
        ("It holds 12 km³ of brine.", "³", False),
        ("It weighs x³ of it.", "³", False),
        ("It has δ¹³Cleaf of it.", "¹³", False),  # one number, though it may be read as two
        ("It was so in 1906<sup>1,3</sup>.", "<sup>1,3</sup>", True),
        ("It yields 3 t ha⁻³ of it.", "³", False),
        ("It is one PO₄³⁻ of it.", "³", False),
        ("It is aged by ³He.", "³", False),
        ("“It is sold”⁴ they said.", "⁴", True),
        ("(It is sold)⁴ they said.", "⁴", True),
        ("塩を売る。⁴", "⁴", True),
        (
            'It fills 5 m<sup><a href="#s3">3</a></sup> of it.',
            '<sup><a href="#s3">3</a></sup>',
            True,
        ),  # no power leads on
        ('It is hot<sup><a href="#s4">4</a></sup> there.', '<sup><a href="#s4">4</a></sup>', True),
        ("It fills 5 m<sup>3</sup> of it.", "<sup>3</sup>", False),
    ],
)
def test_a_raised_number_cites_where_it_is_no_power(text: str, marker: str, expected: bool) -> None:
    assert expected is cites(f"{RAISED}{text}{THREE}", marker)


@pytest.mark.parametrize(
    ("text", "listing", "raised"),
    [
        ("It is mined.¹ It is boiled.²", THREE, True),
        ("It is mined.¹ It is sold.", THREE, False),  # a single one is as likely a power
        ("It is mined.¹ It is sold.", "\n\n## Sources\n\n1. Salts, 1901.\n", True),
        ("It is mined.¹ It is boiled.² It is sold [3].", THREE, False),
        ("It is mined.¹ It is boiled.² It is sold【3】.", THREE, False),
        ("It is mined.¹ It is boiled.² It is sold[^1] or not[^2].", NOTES, False),  # footnotes are written otherwise
        ("It fills m¹ and km² of it.", THREE, False),
        ("It is mined.¹ It fills 3 m² or 4 km³ of it.", THREE, False),  # powers are no habit
        ("It is mined.¹ It yields 3 t ha⁻² or 4 t ha⁻³ of it.", THREE, False),
        ("It is mined.¹ It is aged by ²He or ³He.", THREE, False),
    ],
)
def test_raised_numbers_cite_where_two_find_their_source(text: str, listing: str, raised: bool) -> None:
    assert raised is cites(f"{text}{listing}", "¹")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("¹Harbour Office, ²School of Tides", False),
        ("<sup>1</sup> Harbour Office<br>\n<sup>2</sup> School of Tides", False),
        ("¹ 海港局, ² 潮汐学院", False),
        ("¹ Harbour Office, ³ School of Tides", True),  # no such count
        ("It is so,¹ Salt says, and ² is its number", True),
        ("It is so.<sup>3</sup><sup>1</sup> Salt was.<sup>3</sup><sup>2</sup> Brine was.", True),  # rows of markers
    ],
)
def test_raised_numbers_may_lead_to_where_authors_work(names: str, expected: bool) -> None:
    text = f"A. Osei¹, B. Holt²\n\n{names}\n\nSalt is mined.¹ It is boiled.² It is sold.³{THREE}"
    assert expected is cites(text, "³")


@pytest.mark.parametrize(("join", "expected"), [(", ", False), (",", True)])
def test_raised_numbers_that_lead_to_where_authors_work_cite_no_steps(join: str, expected: bool) -> None:
    steps = "1. Get https://salt.example\n2. Get https://pan.example\n"
    text = f"A. Osei¹, B. Holt²\n\n¹Harbour Office{join}²School of Tides\n\n{steps}"
    assert expected is bool(parse(text, name="a.md").source_lists)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mined[^3].", True),
        ("Mined[^x-12].", True),
        ("Mined[^x-1].", False),
        ("Mined[^0-9].", False),  # as `x-1`, what a pattern leaves out
        ("Mined[^a-z0-9].", False),
        ("Mined[^a b].", False),
        ("Mined[^?].", False),
        ('The pattern "[^0]+" is long.', False),
    ],
)
def test_a_footnote_that_is_not_there_has_a_name(text: str, expected: bool) -> None:
    assert expected is (len(parse(f"Salt[^1] and tea[^2]. {text}{NOTES}", name="a.md").markers) == 3)


@pytest.mark.parametrize("numbers", [THREE, NOTES])
def test_a_raised_footnote_that_is_not_there_is_a_fault_beside_others(numbers: str) -> None:
    known = "[^{}]" if numbers is NOTES else "[{}]"
    text = f"Salt {known.format(1)} and tea {known.format(2)}. Mined[^9^].{numbers}"
    assert ["9"] == [each.label for each in lint(text, name="a.md", settings=Settings(select=("CC101",)))]


@pytest.mark.parametrize(("text", "expected"), [("Sold [7].", False), ("Sold [1]. Dear [2]. Old [7].", False)])
def test_a_number_in_brackets_is_no_footnote_that_is_missing(text: str, expected: bool) -> None:
    assert expected is cites(f"Salt[^1] and tea[^2]. {text}{NOTES}", "[7]")


@pytest.mark.parametrize(("text", "expected"), [("| pan-test[1-2] |", False), ("It is so [1-2].", True)])
def test_a_range_in_a_name_cites_no_footnotes(text: str, expected: bool) -> None:
    assert expected is cites(f"Salt[^1] and tea[^2].\n\n{text}{NOTES}", "[1-2]")


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("So says Source 2.", ["2"]),
        ("It is so (Source 1, Source 3).", ["1", "3"]),
        ("It is so (sources 1 and 2).", ["1", "2"]),
        ("So sagt Quelle 2.", ["2"]),
        ("所以（来源1、来源3）。", ["1", "3"]),
        ("见文献3。", ["3"]),
        ("그렇다 (출처 1, 출처 3).", ["1", "3"]),
        ("Tak mówi źródło 2.", ["2"]),
        ("So says [Source 2](https://salt.example).", ["2"]),
        ("So says the resource 2.", []),
        ("So say 2 sources.", []),
    ],
)
def test_words_that_name_a_source_use_it(text: str, used: list[str]) -> None:
    for label, marker in (("{}.", "[5]"), (r"\[{}\]", "[5]"), ("- Source {}:", "[Source 5]")):
        listing = "".join(f"{label.format(number)} Salts of 190{number}.\n" for number in range(1, 6))
        whole = f"Salt is mined {marker}. {text}\n\n## Sources\n\n{listing}"
        found = lint(whole, name="a.md", settings=Settings(select=("CC102",)))
        told = [(each.label or "").removeprefix("Source ") for each in found]
        assert [number for number in ("1", "2", "3", "4") if number not in used] == told


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        (r"Pans are old [\[1,](#page-3-0)[2\]](#page-3-1).", ["3", "4"]),
        (r"Pans are old [\[1–](#page-3-0)[4\]](#page-3-3).", []),
        (r"Pans are old [\[1](#page-3-0)[–3\]](#page-3-2).", ["4"]),
        (r"Pans are old [\[1,](#page-3-0) [2,](#page-3-1) [4\]](#page-3-3).", ["3"]),
        (r"Pans are old [[1](#page-3-0)[,3]](#page-3-2).", ["2", "4"]),
        (r"Pans are old, as `[\[1,](#page-3-0)[2\]](#page-3-1)` is.", ["1", "2", "3", "4"]),
        (r"See Table [3,](#page-8-0) and pans.", ["1", "2", "3", "4"]),
    ],
)
def test_a_group_that_links_tear_apart_uses_its_sources(text: str, unused: list[str]) -> None:
    listing = "".join(f"{number}. Salts of 190{number}.\n" for number in range(1, 6))
    found = lint(f"Salt is mined [\\[5\\]](#page-3-4). {text}\n\n## Sources\n\n{listing}", name="a.md")
    assert [("CC102", label) for label in unused] == [(each.code, each.label) for each in found]


def test_words_in_a_link_that_has_a_number_use_what_it_leads_to() -> None:
    definitions = "".join(f"[{number}]: https://salt.example/{number}\n" for number in (1, 2, 7))
    text = f"Salt is mined [1]. So says the [source 2][7].\n\n{definitions}"
    assert ["2"] == [each.label for each in lint(text, name="a.md", settings=Settings(select=("CC102",)))]


def test_words_that_name_a_number_use_no_footnote() -> None:
    text = f"Salt[^1], as ref. 2 says, is sold [2a].{NOTES}"
    assert ["2"] == [each.label for each in lint(text, name="a.md", settings=Settings(select=("CC102",)))]


@pytest.mark.parametrize(
    ("text", "expected"), [("Mined[^3].", 1), ("Mined[^salt].", 0), ("Mined[^1^].", 0), ("Mined [^0-9].", 0)]
)
def test_without_any_footnotes_only_a_number_is_meant_for_one(text: str, expected: int) -> None:
    assert expected == len(parse(text, name="a.md").markers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is mined [1]. It is boiled [2]. It is sold [3].", True),
        ("It is mined [1]. It is boiled [2].", False),  # two are too few
        ("It is mined [1]. It is boiled [2]. It is sold [2].", False),
        ("It is mined [0]. It is boiled [1]. It is sold [2].", False),
        ("It is mined.[0] It is boiled.[1] It is sold.[2]", True),
        ("It is mined [2]. It is boiled [3]. It is sold [4].", False),
        ("It is mined [1]. It is boiled [2]. It is sold [8].", True),
        ("It is mined [1]. It is boiled [2]. It is sold [9].", False),
        ("It is mined [1]. It is boiled [3]. It is sold [2].", False),
        ("It is mined [1]. It is boiled [2]. It is sold [4]. It is old [3]. It is dear [5].", True),
        ("It is mined [1] so. It is boiled [2] so. It is sold [3] so.", False),  # none closes a clause
        ("It is [3] so [3] so [3] so. It is mined [1]. It is boiled [2]. It is sold [3].", True),
        ("It is [3] so [3] so [3] so [3] so. It is mined [1]. It is boiled [2]. It is sold [3].", False),
        ("It is mined [1]. It is boiled [3]. It is sold [2]. It is old [4].", True),
        ("It is mined.[2] It is boiled.[3] It is sold.[4]", False),
        ("It is the salt mine[1]. It is the tea house[2]. It is the old ferry[3].", True),
        ("It is as old as salt[1]. It is the tea house[2]. It is another house[3].", False),  # by its place in an array
        ("It is as old as salt[1]. It is the tea house[2]. It is a ferry[3]. It is a mine[4]. Another house[5].", True),
        ("The rows [[1], [2], [3]] are alike.", False),
        ("Beyond [0, 5] it is mined [1]. It is boiled [2]. It is sold [3].", False),  # an interval
        ("Beyond [2, 5] it is mined [1]. It is boiled [2]. It is sold [3].", True),
        ("It fills 5 m². It is mined [1]. It is boiled [2]. It is sold [3].", True),
        ("See page [7](https://p.example/7). It is mined [1]. It is boiled [2]. It is sold [3].", True),
        ("x = [9]. It is mined [1]. It is boiled [2]. It is sold [3]. It is old [4].", True),
        (
            "It is [mined [1]](https://a.example). It is [boiled [2]](/b). It is [sold [3]](/c).",
            False,
        ),  # the links cite
        ("x = [1]. It is mined [1]. It is boiled [2]. It is sold [3].", False),  # arrays tell that none cites
        ("x = [1]. It is mined [1]. It is boiled [2]. It is sold [3]. It is old [4].", True),
        ("In [0, 1]: it is mined [1]. It is boiled [2]. It is sold [3].", False),
        ("Cite it as [1], [2], and [3].", False),  # and speaks of markers
        ("Write [1][2][3]. Then write [1], [2], [3].", False),
        ("It is mined [1], [2], as others say [3].", True),
        ("Nets are mended [4], salt is kept dry [9], and bells ring [4]. Masts are felled [7].", True),
        ("Ships came[3][8].\n\n- Nets are mended[15][8].\n- Salt is dry[10].\n- It rings[3].\n", True),
        ("It was dredged [0], and boats returned [1]. Bells rang [2]. Nets are mended [3].", True),
        ("As told in [1], with Overcast[2] and the scheme of Drift[3], both as in [1].\n\nThose of [2] chose.", True),
        ("As told in [1], with Overcast[2] and the scheme of Drift[3], both as in [1]. Those of [2] chose.", False),
        (
            'See [1] Moss: "Salts" [2] Holt: "Pans" [3] Dunn: "Seas" [4] Eder: "Mines".\n\nIt is so [3]. [4]. [2].',
            False,
        ),
    ],
)
def test_numbers_cite_a_list_that_is_missing(text: str, expected: bool) -> None:
    assert expected is bool(parse(text, name="a.md").markers)


@pytest.mark.parametrize(
    ("stop", "expected"),
    [(".", True), ("。", True), ("!", True), ("?", True), (".”", True), ('."', True), (",", False), ("", False)],
)
def test_numbers_from_nought_cite_a_missing_list_where_they_stand_behind_stops(stop: str, expected: bool) -> None:
    text = f"It is mined{stop}[0] It is boiled{stop}[1] It is sold{stop}[2] There."
    assert expected is bool(parse(text, name="a.md").markers)


@pytest.mark.parametrize("other", ["argv[2]", "[7](https://p.example/7)", "5 m²", "x = [2]"])
def test_only_what_may_be_a_citation_cites_a_missing_list(other: str) -> None:
    text = f"It is mined [1]. It is boiled [2]. It is sold [3]. It is old [4]. It has {other} there."
    assert ["[1]", "[2]", "[3]", "[4]"] == [found.text for found in parse(text, name="a.md").markers]


def test_without_any_list_numbers_are_of_sources_and_not_of_footnotes() -> None:
    citations = parse("It is mined [1]. It is boiled [2]. It is sold [3].", name="a.md").citations
    assert FOOTNOTES not in [citation.key.numbering for citation in citations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is mined [1]. It is boiled [2].", True),
        ("It is mined [1]. It is boiled [1].", False),
        ("It is mined [4]. It is boiled [2].", True),
        ("It is [4] mined [2] and [1] so [3].", False),
        ("It is [3] so [3] so, mined [1], boiled [2].", True),
        ("It is [3] so [3] so [3] so, mined [1], boiled [2].", False),  # most close no clause
    ],
)
def test_two_will_do_above_sources_without_labels(text: str, expected: bool) -> None:
    assert expected is bool(parse(f"{text}\n\n## Sources\n\n- Salts, 1901.\n- Pans, 1902.\n", name="a.md").markers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mined [[1]](https://a.example).", 1),
        ("Mined [1](https://a.example).", 0),
        (r"Mined [\[1\]](https://a.example).", 1),
        ('Mined <a href="https://a.example">[1]</a>.', 1),
        ("Mined [1](https://a.example).\n\nBoiled [2](https://b.example).", 2),
        ("Mined [0](https://a.example).\n\nBoiled [1](https://b.example).", 2),
        ("Mined [2](https://a.example).\n\nBoiled [3](https://b.example).", 0),
        ("Mined [1](https://a.example), boiled [2](https://b.example).\n\nSold [3](https://c.example).", 3),
        ("Mined [1](https://a.example).\n\nBoiled [2](https://b.example), sold [3](https://c.example).", 3),
        ("Mined [1](https://a.example), boiled [2](https://b.example).", 0),  # a row of links to pages
        ("Mined [1](https://a.example).\n\nBoiled [1](https://a.example).", 0),
    ],
)
def test_linked_numbers_cite_by_themselves(text: str, expected: int) -> None:
    assert expected == len(parse(text, name="a.md").markers)


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("As [see 3 and the like] says.", False),
        ("As [reviewed in 3] says.", False),
        ("As [3a] says.", False),
        ("As [33a] says.", True),
        ("As ref. 3 says.", False),
        ("As Refs. 1 and 3 say.", False),
        ("As references 1–3 say.", False),
        ("As sources 2–4 say.", False),
        ("As it is[cite: 1, 3].", False),
        ("As it is[cite: 2-4].", False),
        ("As it is[3†L2-L7].", False),
        ("As it is [3, 9,].", False),
        ("As it is [9,,3].", False),
        ("As it is [, 3, 9].", False),
        ("As it is [9,].", True),
        ("As argv[3, 9,] says.", True),
        ("As the tins[3, 9, 1] say.", False),  # most of it is listed
        ("As the tins [9, 3, 8] say.", True),
        ("As x = [3, 9, 1] says.", True),
        ("As version [3.2.0] says.", True),
        ("As [see 3.2] says.", False),
        ("As reference 33 says.", True),
        ("As `[3a]` says.", True),
        ("As `ref. 3` says.", True),
        ("As argv[3] says.", True),
        ("As in salt.c[3].", False),  # at the name of a file
        ("As in salt.c[3], or so.", False),
        ("As in salt.c[3][1], or so.", False),
        ("As in salt.c[3][1] or so.", True),
        ("As in salt.c[3] or so.", True),
        ("As it is[3].", False),
        ("As CO2[3] is.", False),  # a term of prose, or a name
        ("As Node.js[3] has it.", False),
        ("As salt_CO2[3] is.", True),
        ("Where x = [3] it holds.", True),
        ("It yields 3 t ha⁻³ of it.", True),
        ("It is aged by ³He.", True),
        ("As [3a](x) says.", True),
        ("It fills m³ of it.", True),
        ("It is sold³ dear.", False),
    ],
)
def test_what_is_too_much_like_a_marker_uses_its_source(text: str, unused: bool) -> None:
    assert unused is bool(lint(listed_twice(text), name="a.md", settings=Settings(select=("CC102",))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is sold.¹²", ["1", "2"]),
        ("It is sold.¹³", ["1", "3"]),
        ("It is sold.¹⁴", ["14"]),
        ("It is sold.¹²,³", ["12", "3"]),  # whoever writes commas means twelve
    ],
)
def test_raised_digits_are_numbers_of_their_own_where_only_those_are_listed(text: str, expected: list[str]) -> None:
    markers = parse(f"{RAISED}{text}{THREE}", name="a.md").markers
    assert expected == list(markers[-1].labels)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is sold.^1^^21^ It is weighed.^3^", [["1"], ["21"], ["3"]]),
        ("It is sold.<sup>1</sup><sup>21</sup> It is weighed.<sup>3</sup>", [["1"], ["21"], ["3"]]),
        ("It is sold.<sup>1</sup>, <SUP>21</SUP> It is weighed.<sup>3</sup>", [["1"], ["21"], ["3"]]),
        ("Es wird verkauft.^21^ Es wird gewogen.^1,3^", [["21"], ["1", "3"]]),
        ("On le vend.$^{21}$ On le pèse.$^{3}$ On le cuit.$^1$", [["21"], ["3"], ["1"]]),
        (
            'It is sold<sup><a href="#s21">21</a></sup>. It is weighed<sup><a href="#s1">1</a></sup>,'
            '<sup><a href="#s3">3</a></sup>.',
            [["21"], ["1"], ["3"]],
        ),
        ("它在卖。^21^ 它被称重。^1^ 它被煮。^3^", [["21"], ["1"], ["3"]]),
        ("It is sold.²¹ It is weighed.¹,³", [["21"], ["1", "3"]]),  # what parts its markers means 21
        ("It is sold.²¹ It is weighed.¹ ³", [["21"], ["1"], ["3"]]),
        ("It is sold.¹˒²¹ It is weighed.³", [["1", "21"], ["3"]]),
        # sound neighbours
        ("It is sold.²¹ It is weighed.³", [["2", "1"], ["3"]]),
        ("It is sold.²¹ It is weighed.¹⁻³", [["2", "1"], ["1", "2", "3"]]),
        ("It is sold.^1^ It is weighed.^2,3^ It holds 10^21^ grains.", [["1"], ["2", "3"]]),
        ("It is sold.^1^ It is weighed.^3^ It holds 10^3^^21^ grains.", [["1"], ["3"]]),
        ("It is sold.¹,³ It is weighed.² It fills 5 m²¹ of it.", [["1", "3"], ["2"]]),
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_two_raised_digits_are_one_number_but_for_superscript_characters(
    text: str, expected: list[list[str]], name: str
) -> None:
    if name.endswith("txt") and "$" in text:
        return
    assert expected == [list(marker.labels) for marker in parse(f"{text}{THREE}", name=name).markers]


@pytest.mark.parametrize(
    "text", ["It is sold.^2^^21^ It is weighed.^1^^3^", "It is sold.<sup>2</sup><sup>21</sup> It is.<sup>1,3</sup>"]
)
def test_no_raised_number_is_called_a_repetition_for_its_digits(text: str) -> None:
    found = lint(f"{text}{THREE}", name="a.md", settings=Settings(select=("CC101", "CC107")))
    assert [("CC101", "21")] == [(each.code, each.label) for each in found]


def test_a_raised_number_is_one_where_it_is_listed() -> None:
    many = "\n\n## Sources\n\n" + "".join(f"{number}. Salts of {1800 + number}.\n" for number in range(1, 13))
    assert ["12"] == list(parse(f"{RAISED}It is sold.¹²{many}", name="a.md").markers[-1].labels)


def test_where_numbers_are_raised_a_power_may_be_the_use_of_a_source() -> None:
    text = f"{RAISED}It fills 5 m³ of it.{THREE}"
    assert [] == lint(text, name="a.md", settings=Settings(select=("CC102",)))


def test_a_table_may_open_the_text() -> None:
    assert not cites(f"| [9] | x |\n| - | - |\n| [3] | y |\n\nIt is mined [1] and sold [2].{THREE}", "[9]")


def test_an_entry_that_no_list_has_is_no_marker() -> None:
    entry = "[{}]: https://salt.example/{}\n\n> It is so.\n\n"
    entries = "".join(entry.format(number, number) for number in (1, 2, 3))
    text = f"Mined in SaltPan[1], boiled in `pan`[2].\n\n{entries}It is sold in `tins`[3].\n"
    document = parse(text, name="a.txt")
    assert [["2"], ["3"]] == [list(marker.labels) for marker in document.markers]


@pytest.mark.parametrize(("label", "expected"), [("*", True), ("!", False)])
def test_a_footnote_of_any_name_is_cited_where_it_is_defined(label: str, expected: bool) -> None:
    notes = "[^*]: The first.\n"
    assert expected is cites(f"Salt is mined[^{label}], and sold[^*].\n\n{notes}", f"[^{label}]")


FROM_NOUGHT = FOUR.replace("1. Salts", "0. Eider, 1900.\n1. Salts")
CITED = "It is mined [2]. It is boiled [1]. It is dried [3]. "
NORTH = "It is mined[2]. It is boiled[1]. It is dried[3]. "


@pytest.mark.parametrize(
    ("text", "listing", "undefined"),
    [
        (f"{CITED}It is sold [4, 1, 9].", FOUR, ["9"]),
        (f"{CITED}It is sold [4; 9; 1] and weighed.", FOUR, ["9"]),
        (f"{CITED}It is sold [9, 3, 1], as they say.", FOUR, ["9"]),
        (f"{CITED}It is sold [4 and 2 and 7].", FOUR, ["7"]),
        (f"{CITED}It is sold [4, 1, 41].", FOUR, ["41"]),
        (f"{CITED}It is sold [4, 2, 2, 9].", FOUR, ["9"]),
        (f"{NORTH}It is sold[4, 1, 9].", FOUR, ["9"]),
        (f"{CITED}It is sold <sup>[4, 1, 9]</sup>.", FOUR, ["9"]),
        ("Es liegt im Berg [2]. Es wird gekocht [1]. Man verkauft es [4, 1 und 9].", FOUR, ["9"]),
        ("它被开采[2]。它被煮[1]。它被卖[4，1，9]。", FOUR, ["9"]),
        ("它被开采［2］。它被煮［1］。它被卖［4，1，9］。", FOUR, ["9"]),
        (f"{CITED}\n\n| so | it |\n| - | - |\n| it is | sold [4, 1, 9] |\n", FOUR, ["9"]),
        (f"{CITED}\n\n| so | it |\n| - | - |\n| sold | [4, 1, 9] |\n", FOUR, ["9"]),
        (f"{CITED}\n\n| so | it |\n| - | - |\n| it is | sold [1, 4, 41] |\n", FOUR, ["41"]),
        (f"{CITED}It is sold [0; 3; 1; 9].", FROM_NOUGHT, ["9"]),
        # sound neighbours
        (f"{CITED}It is sold [0, 3, 1, 9].", FOUR, []),
        (f"{CITED}It is sold [4, 1, 3].", FOUR, []),
        (f"{CITED}It is sold [9, 8, 4].", FOUR, []),  # hardly any of it is listed
        (f"{CITED}It is sold [4, 1, 0].", FOUR, []),
        (f"{CITED}It is sold [4, 1, 400].", FOUR, []),
        (f"{CITED}It is sold [4, 4, 9].", FOUR, []),
        (f"{CITED}The list [4, 1, 9] is sorted into [1, 9, 4].", FOUR, []),
        (f"{CITED}A tensor of shape [3, 2, 2, 9] is read.", FOUR, []),
        (f"{CITED}Each of [3, 2, 9] is read, and grid[3, 2, 9] too.", FOUR, []),
        (f"{CITED}Let x = [4, 1, 9], and take `[4, 1, 9]`.", FOUR, []),
        (f"{CITED}It weighs[4, 1, 9].", FOUR, []),  # at words nothing else cites here
        ("It is mined [2]. It is sold [4, 1, 9].", FOUR, []),  # one source cited elsewhere is no habit
        (f"{CITED}\n\n| so | it |\n| - | - |\n| it | [0, 9] |\n", FOUR, []),
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_a_group_out_of_order_cites_where_all_of_it_but_one_is_listed(
    text: str, listing: str, undefined: list[str], name: str
) -> None:
    if name.endswith("txt") and "|" in text:
        return  # a table of plain text is set off as code
    found = lint(f"{text}{listing}", name=name, settings=Settings(select=("CC101",)))
    assert undefined == [each.label for each in found]


def test_a_source_that_only_such_a_group_cites_is_used_and_numbered_with_it() -> None:
    text = f"It is mined [2]. It is dried [3]. It is sold [4, 1, 9].{FOUR}"
    assert [] == lint(text, name="a.md", settings=Settings(select=("CC102",)))
    assert ["4", "1", "9"] == list(parse(text, name="a.md").markers[-1].labels)


def undefined(text: str, listing: str = THREE) -> list[str | None]:
    found = lint(f"Salt is mined [1]. It is boiled [2]. {text}{listing}", settings=Settings(select=("CC101",)))
    return [each.label for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As shown in [27] the sea is cold.", ["27"]),
        ("| Pan [27] | May |\n| - | - |\n| Sea [3] | June |", ["27"]),
        ("The 1984 [27] of it is cold.", []),
        ("Smith v Jones [2019] WLR 17, [33] and Lund v Rey [2020] UKSC 4, [42]–[44]; ibid [34].", []),
        ("The board meets in [2019] and at [33].", ["33"]),
    ],
)
def test_a_number_far_beyond_the_list_is_a_marker_where_a_word_leads_to_it(text: str, expected: list[str]) -> None:
    assert expected == undefined(f"\n\n{text}\n\n")


KEYED = "\n\n## References\n\n[Hollis 1911] Chains.\n\n[Venn 1919] Oars.\n\n[Tolbrook 2000] Sails.\n"
DRAFTS = "\n\n## References\n\n[RFC9901] Chains, 1911.\n\n[I-D.ietf-ferry-toll] Tolls, 1913.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Chains [Hollis 1911], sails [Tolbrook 2001], oars [Venn 1919].{KEYED}", ["Tolbrook 2001"]),
        (f"Chains [Hollis 1911], sails [Tolbrook 2000], [not in 2001].{KEYED}", []),
        (f"It is in [RFC9901], [I-D.ietf-ferry-oars] and [I-D.ietf-ferry-toll].{DRAFTS}", ["I-D.ietf-ferry-oars"]),
    ],
)
def test_a_label_of_the_form_of_those_listed_is_a_marker(text: str, expected: list[str]) -> None:
    assert expected == [each.label for each in lint(text, settings=Settings(select=("CC101",)))]


def test_footnotes_by_name_are_cited_where_none_is_defined() -> None:
    text = "The mill closed.[^smith2009] Its wheel was sold.[^harbour-log] Nothing is left.[^smith2009]\n"
    assert ["CC104"] == [each.code for each in lint(text)]
    assert [] == lint("The class [^a-z] takes all but letters, and [^abc] all but three. Write [^,]* for a field.\n")


def test_a_footnote_with_a_leading_zero_is_another() -> None:
    notes = "\n\n[^01]: Moss, Salts, 1901.\n[^1]: Holt, Pans, 1902.\n"
    assert [] == lint(f"It is mined.[^01] It is boiled.[^1]{notes}", settings=Settings(select=("CC1",)))


@pytest.mark.parametrize("label", ["linden tree", "see the minutes of the council, 4 May 1915"])
def test_a_footnote_with_a_space_in_its_label_is_shown_as_text(label: str) -> None:
    text = f"It is mined.[^1] It is boiled.[^{label}]\n\n[^1]: Moss, Salts, 1901.\n"
    assert ["CC105"] == [each.code for each in lint(text, settings=Settings(select=("CC1",)))]


def test_a_locator_about_a_marker_is_not_torn() -> None:
    text = "The act [[1]] binds. See [[1], Section&nbsp;5], [[2], page&nbsp;3] and [[3]].\n\n## Sources\n\n"
    assert [] == lint(
        text + "[1] Act, 1931.\n\n[2] Trials, 2011.\n\n[3] Lamps, 2012.\n", settings=Settings(select=("CC1",))
    )


def test_a_linked_number_is_a_version_where_definitions_serve_other_links() -> None:
    text = "The talk [was held][1].\n\n* Lamp [1](https://lamp.example)\n\n[1]: https://harbour.example/talk\n"
    assert [] == lint(text, settings=Settings(select=("CC112",)))


def test_a_tracking_parameter_of_a_source_is_told_once() -> None:
    text = "Wells [\\[1\\]](https://town.example/wells?utm_source=chatgpt.com) were counted.\n"
    assert ["CC405"] == [each.code for each in lint(text, settings=Settings(select=("CC4", "CC6")))]


def test_a_draft_may_have_a_long_name() -> None:
    name = "I-D.ietf-harbour-preauthentication-framework-of-ferries"
    listing = f"\n\n## References\n\n[RFC9901] Chains, 1911.\n\n[{name}]\n   Tolls, 1913.\n"
    text = f"It is in [RFC9901], and in [{name}].{listing}"
    assert [] == lint(text, name="a.txt", settings=Settings(select=("CC1",)))


@pytest.mark.parametrize("heading", ["# Reference\n\n", "# Exchange\n\n## Reference\n\n### Attributes\n\n"])
def test_reference_may_head_a_manual(heading: str) -> None:
    assert (
        () == parse(f"{heading}* `type` - its type;\n* `proof` - in [its form](https://proof.example);\n").source_lists
    )


def test_numbers_at_one_word_index_it_where_others_stand_free() -> None:
    text = "It puts one into hwcomm[1] and one into hwcomm[2]. The last, hwcomm[4] here, is empty [1]. It is timed [2]."
    assert [] == undefined(text)


def test_an_anchor_may_be_that_of_another_entry() -> None:
    text = "It is deep [[1]](#r1). It is wide [[2]](#r3). It is old [[3]](#r3).\n\n## References\n\n"
    text += "".join(f'{number}. <a id="r{number}"></a>Works, 190{number}.\n' for number in (1, 2, 3))
    (found,) = lint(text, settings=Settings(select=("CC112",)))
    assert ("2", "this link points to source 3") == (found.label, found.message)
    assert [] == lint(text.replace("#r3). It is old", "#r2). It is old"), settings=Settings(select=("CC112",)))


def test_a_note_of_myst_holds_prose() -> None:
    text = "```{note}\nIt is known.[^salt]\n```\n\n[^salt]: Moss, Salts, 1901.\n"
    assert [] == lint(text, settings=Settings(select=("CC1",)))
    assert ["CC102"] == [
        each.code for each in lint(text.replace("{note}", "python"), settings=Settings(select=("CC1",)))
    ]


def test_an_entry_may_open_a_page() -> None:
    text = "It is known [1], and [2].\n\nReferences\n\n[1] Moss, Salts, 1901.\n\n      14\n\f[2] Holt, Pans, 1902.\n"
    assert [] == lint(text, name="a.txt", settings=Settings(select=("CC1",)))


def test_notes_that_lead_back_are_a_list() -> None:
    text = "It is known<sup>[\\[1\\]](#footnote-1)</sup>, and why.<sup>[\\[3\\]](#footnote-3)</sup>\n\n"
    text += "1. Quill counts the tides. [↑](#footnote-ref-1)\n2. Sarto does not. [↑](#footnote-ref-2)\n"
    found = [(each.code, each.label) for each in lint(text, settings=Settings(select=("CC101", "CC102")))]
    assert [("CC101", "3"), ("CC102", "2")] == found


@pytest.mark.parametrize(
    "text",
    [
        "It is in [Table](#page-26-2) [7-1](#page-26-2), from page [15](#page-12-1) on, and in figure [6](#page-13-0).",
        "The tables [7](#page-13-1) to [9](#page-13-4) hold them; Section [4](#page-31-0) says how.",
    ],
)
def test_links_to_parts_of_the_document_cite_nothing(text: str) -> None:
    assert [] == undefined(text)
    assert () == parse(text, name="a.md").markers


def test_rows_of_a_table_may_have_words_for_labels() -> None:
    text = "It is mined [Moss01], and boiled [Holt02].\n\n## Sources\n\n- [Moss01] Salts, 1901.\n\n"
    text += "| [Holt02] | B. Holt, Teas, 1902 |\n|---|---|\n| [Ek03] | C. Ek, Pans, 1903 |\n"
    found = [(each.code, each.label) for each in lint(text, settings=Settings(select=("CC101", "CC102")))]
    assert [("CC102", "Ek03")] == found
