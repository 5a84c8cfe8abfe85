"""Tables that must have a row for every member: of marker syntaxes, of entry forms, of what patterns match."""

from __future__ import annotations

from citecheck.recognition.lists import entry_forms
from citecheck.recognition.lists.entry_forms import TRAITS, EntryForm
from citecheck.recognition.markers import candidates


def test_every_form_of_entry_has_traits() -> None:
    assert set(EntryForm) == set(TRAITS)


def test_every_kind_of_entry_label_is_of_a_form() -> None:
    assert set(entry_forms._MARKS) == set(entry_forms._FORMS)
    assert set(EntryForm) - {EntryForm.TRAILER} == set(entry_forms._FORMS.values())  # a trailer's label ends its line


def test_every_kind_of_marker_is_of_a_syntax() -> None:
    kinds = {kind for pattern in candidates._MARKS.values() for kind in pattern.groupindex}
    kinds |= {*candidates._WORDED.groupindex, *candidates._NUMBER_ALONE.groupindex}
    assert kinds == set(candidates._SYNTAXES)
