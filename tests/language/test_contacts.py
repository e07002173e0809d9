"""E-mail addresses and phone numbers are found where they stand, however they are written."""

from __future__ import annotations

import pytest

from language.contacts import find_contacts


@pytest.mark.parametrize(
    ("text", "value", "typed"),
    [
        ("write to nina@example.org please", "nina@example.org", "nina@example.org"),
        ("it's nina @ example.org", "nina@example.org", "nina @ example.org"),
        ("nina@example dot org", "nina@example.org", "nina@example dot org"),
        ("nina dot kay at example dot org, thanks", "nina.kay@example.org", "nina dot kay at example dot org"),
        ("ring 07700 900 123 after six", "07700 900123", "07700 900 123"),
        ("+44 (0) 7700 900123", "07700 900123", "+44 (0) 7700 900123"),
        ("o7700900123", "07700 900123", "o7700900123"),
        ("whoops missed one, 07700 900486", "07700 900486", "07700 900486"),
        (
            "on oh seven seven double oh nine double oh one two three ok",
            "07700 900123",
            "oh seven seven double oh nine double oh one two three",
        ),
    ],
)
def test_a_detail_is_read_and_placed_where_it_was_typed(text: str, value: str, typed: str) -> None:
    (found,) = [one for one in find_contacts(text) if one.usable]
    assert (found.value, text[found.start : found.end]) == (value, typed)


@pytest.mark.parametrize("text", ["it hurts since 2019", "3 times 10 reps", "my ankle", "we are at dance class"])
def test_other_words_and_numbers_are_no_contacts(text: str) -> None:
    assert find_contacts(text) == ()


def test_what_was_meant_as_a_detail_and_cannot_be_one_is_found_as_that() -> None:
    assert [(one.kind, one.usable) for one in find_contacts("nina@example")] == [("email", False)]
    assert [(one.kind, one.usable) for one in find_contacts("ring 07700 900")] == [("phone", False)]


def test_the_figures_of_an_address_are_no_number() -> None:
    assert [one.kind for one in find_contacts("kim.1234567@example.org")] == ["email"]
