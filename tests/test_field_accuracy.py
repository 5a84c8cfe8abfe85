"""The measurement of fields, over entries few enough to be counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.accuracy.fields import labelled, main, outcomes

SEQUENCES = """\
<dataset>
  <sequence>
    <citation-number>[1]</citation-number>
    <author>Osei, P., &amp; Moss, A.</author>
    <date>(2019).</date>
    <title>Tides at noon.</title>
    <journal>The Port,</journal>
    <pages>pp. 3-9.</pages>
  </sequence>
  <sequence><title>Tides at night.</title><publisher>The Port,</publisher><date>2018.</date></sequence>
</dataset>
"""
REFERENCES = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><listBibl>
<bibl><author>Osei, P.</author> (<date>2019</date>). <title level="a">Tides at noon</title>.
<title level="j">The Port</title>, 3.</bibl>
</listBibl></text></TEI>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sequences.xml").write_text(SEQUENCES, encoding="utf-8")
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "references.xml").write_text(REFERENCES, encoding="utf-8")
    (tmp_path / "broken.xml").write_text("<dataset>", encoding="utf-8")
    return tmp_path


def test_labelled_entries_are_read_in_both_notations(folder: Path) -> None:
    first, second, third = labelled(folder)
    assert "Osei, P., & Moss, A. (2019). Tides at noon. The Port, pp. 3-9." == first.text
    assert {"title": ["Tides at night."], "publisher": ["The Port,"], "year": ["2018"]} == second.fields
    assert "Osei, P. (2019). Tides at noon. The Port, 3." == third.text
    assert {"author": ["Osei, P."], "year": ["2019"], "title": ["Tides at noon"], "container": ["The Port"]} == (
        third.fields
    )


def test_a_field_is_right_whatever_its_punctuation(folder: Path) -> None:
    first, *_ = labelled(folder)
    assert {"title": "right", "year": "right", "author": "right", "container": "right"} == {
        name: outcome for name, outcome, _ in outcomes(first)
    }


def test_each_entry_belongs_to_one_half(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(folder)])
    reported = int(capsys.readouterr().out.split()[1])
    main([str(folder), "--tuning"])
    assert 3 == reported + int(capsys.readouterr().out.split()[1])
