"""Messages reach the assistant regular and visible."""

import pytest

from language.text import normalise, without_kisses


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  why   does\tmy\nheel hurt ", "why does my heel hurt"),
        ("I can\u2019t point my \u201cgood\u201d foot", 'I can\'t point my "good" foot'),
        ("he\u200bel\u202e pa\u00adin\x07", "heel pain"),
        ("cafe\u0301", "caf\u00e9"),
        ("\u200b\u2060 \ufeff", ""),
        ("\u200d/restart", "/restart"),
        ("", ""),
    ],
)
def test_what_was_typed_is_read_without_what_cannot_be_seen(typed: str, read: str) -> None:
    assert normalise(typed) == read


@pytest.mark.parametrize(
    "text",
    ["\u0645\u06cc\u200c\u062e\u0648\u0627", "\u0915\u094d\u200d\u0937", "\U0001f469\u200d\u2695\ufe0f"],
)
def test_persian_hindi_and_joined_emoji_keep_their_joiners(text: str) -> None:
    assert normalise(text) == text


def test_an_invisible_joiner_cannot_split_an_english_word() -> None:
    assert normalise("an\u200dkle") == "ankle"


@pytest.mark.parametrize("text", ["\u0344 e\u0301\u200d", "a\u200d\u200db", "`x`\u00a0\u200b y"])
def test_reading_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ta xx", "ta"),
        ("thanks, xxx!", "thanks"),
        ("do I need an x-ray", "do I need an x-ray"),
        ("squats 3 x", "squats 3 x"),
        ("x", "x"),
    ],
)
def test_kisses_at_the_end_say_nothing(typed: str, read: str) -> None:
    assert without_kisses(typed) == read
