"""What a visitor types about who they are is hidden; what they type about their ankle is not."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.privacy.checksums import is_card_number, is_nhs_number
from clinic.privacy.masking import mask
from clinic.privacy.model import Kind, Masked

EMAILS = [
    "ask jo@example.org please",
    "jo.bloggs+ankle@mail.example.co.uk",
    "MY EMAIL IS JO@EXAMPLE.COM.",
    "<zoë@exämple.org>",
    "it's o'neil@example.net, thanks",
    "jo (at) example (dot) org",
    "jo [at] example.org",
    "jo @ example.org",
    "jo@ example.org",
    "mailto:jo@example.org?subject=ankle",
    "jo.2026-11-22@example.org",
    "jo.bloggs@example",
    "jo@xn--e1afmkfd.xn--p1ai.example.org",
]
PHONES = [
    "07700 900123",
    "07700900123",
    "07700-900-123",
    "07700.900.123",
    "07700 900 123",
    "077 0090 0123",
    "07 700 900 123",
    "0 7 7 0 0 9 0 0 1 2 3",
    "7700 900123",
    "447700900123",
    "44 7700 900123",
    "+447700900123",
    "+44 7700 900123",
    "+44 (0)7700 900 123",
    "(+44) 7700 900123",
    "0044 7700 900123",
    "020 7946 0018",
    "(020) 7946 0018",
    "020-7946-0018",
    "0207 946 0018",
    "+44 20 7946 0018",
    "01632 960123",
    "(01632) 960 123",
    "01632/960123",
    "0808 157 0123",
    "0113 496 0123",
    "Tel:07700900123",
    "tel07700900123",
    "０７７００ ９００１２３",
    "07700\u00a0900\u00a0123",
    "07700–900–123",
    "+1 202 555 0123",
    "(202) 555-0123",
    "202-555-0123",
    "1-202-555-0123",
    "07700_900123",
    "+33 1 99 00 12 34",
    "+353 20 914 9123",
    "06 39 98 01 23",
]
CARDS = ["4111 1111 1111 1111", "4111111111111111", "5555-5555-5555-4444", "3782 822463 10005", "6011000990139424"]
NHS_NUMBERS = ["943 476 5919", "9434765919", "943-476-5919"]
NI_NUMBERS = ["QQ 12 34 56 C", "QQ123456C", "qq123456c", "AB 12 34 56 C", "ab 12 34 56 c", "my NI is QQ-12-34-56-A."]

ORDINARY = [
    "£45", "£45.00", "£1,250.00 for 10", "45 pounds", "$45.50 or €40",
    "22/11/2026", "22.11.2026", "22-11-2026 10:30", "2026-11-22", "2026-11-22T09:14:40.123456+00:00", "01/02/26",
    "05.06.2026 10.30", "01 02 2026 10 30", "Monday 23rd November 2026",
    "4-6 weeks", "4 – 6 weeks", "6–12 months", "3 x 15 reps, 2 x a day", "10-12 reps at 40-60%",
    "L5/S1", "C5/C6 and L4/5", "T12", "in 1987", "1998-2004", "the 2018/19 season", "2019 2020 2021 2022",
    "5'4\"", "5 ft 11", "1.78 m", "178cm, 72.5 kg", "BP 120/80", "38.9", "D-dimer 0.45", "swelled by 4 cm",
    "SW1A 1AA", "EC1V 9LB", "M1 1AE and W1A 0AX",
    "10am-4pm", "07:30, 08:30 or 09:30", "free 07.30 08.30 09.30", "0730 0830 0930", "10.00-11.00 08.30-09.00",
    "from 18:45 to 19:30", "999", "ring 111", "116 123", "85258", "0 1 2 3 4 5 6 7 8 9 10", "7 8 9 10 7 6 5 4",
    "at 10 20 30 a minute", "40+ 20 30 40 50", "weights 40 42 44 46 48 50 52 54", "on 01 02 03 04 05 December",
    "0 20 30 40 50 60 seconds", "127.0.0.1:8000", "0.9434765919", "v3.6.21", "size 5.5", "@ 5.30 in the studio",
    "550e8400-e29b-41d4-a716-446655440000", "943 476 5918", "4111 1111 1111 1112", "follow @ankleclub",
    "3x10@RPE8, 5@80kg",
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (kind, text)
        for kind, texts in (
            (Kind.EMAIL, EMAILS),
            (Kind.PHONE, PHONES),
            (Kind.CARD, CARDS),
            (Kind.NHS_NUMBER, NHS_NUMBERS),
            (Kind.NI_NUMBER, NI_NUMBERS),
        )
        for text in texts
    ],
)
def test_a_detail_is_hidden_whole_and_named(kind: Kind, text: str) -> None:
    for around in ("{}", "hi, {} - ta", "I'm 34, since 4-6 weeks: {}"):
        masked = mask(around.format(text))
        assert masked.kinds == (kind,), masked.text
        assert f"[{kind}]" in masked.text
        rest = masked.text.replace("I'm 34, since 4-6 weeks: ", "")
        assert not any(character.isdigit() for character in rest)
        assert "example" not in rest.lower()


@pytest.mark.parametrize("text", ORDINARY)
def test_what_is_said_about_an_ankle_is_left_alone(text: str) -> None:
    for whole in (text, f"sore since {text}, is that usual?"):
        assert mask(whole) == Masked(whole, ())


def test_several_details_in_one_message_are_each_hidden() -> None:
    said = "Jo, jo@example.org or 07700 900123 020 7946 0018, NHS 943 476 5919, £45 on 4111 1111 1111 1111, 4-6 weeks"
    masked = mask(said)
    assert masked.text == "Jo, [email] or [phone] [phone], NHS [NHS number], £45 on [card], 4-6 weeks"
    assert masked.kinds == (Kind.EMAIL, Kind.PHONE, Kind.CARD, Kind.NHS_NUMBER)


def test_a_number_beside_a_date_or_another_number_is_still_hidden() -> None:
    assert mask("22.11.2026 07700 900123").text == "22.11.2026 [phone]"
    assert mask("01.02.26 07700 900123").text == "01.02.26 [phone]"
    assert mask("07700 900123 4-6 weeks").text == "[phone] 4-6 weeks"
    assert mask("aged 40 (0161) 496 0123").text == "aged 40 [phone]"
    assert mask("+44 7700 900123 4-6 weeks").text == "[phone] 4-6 weeks"


DRAMA = ["07700 900{:03}", "+44 7700 900{:03}", "020 7946 0{:03}", "01632960{:03}"]


@given(st.integers(0, 999), st.sampled_from(DRAMA))
def test_every_drama_phone_is_hidden(last: int, shape: str) -> None:
    assert mask(f"call {shape.format(last)} after 5").text == "call [phone] after 5"


@given(st.text(string.ascii_letters + string.digits, min_size=1), st.sampled_from(["org", "com", "net"]))
def test_every_example_address_is_hidden(name: str, ending: str) -> None:
    assert mask(f"it is {name}@example.{ending}!").text == "it is [email]!"


@given(st.text(string.digits, min_size=9, max_size=9), st.integers(0, 9))
def test_an_nhs_number_has_at_most_one_check_digit(nine: str, check: int) -> None:
    if is_nhs_number(f"{nine}{check}"):
        assert mask(f"{nine[:3]} {nine[3:6]} {nine[6:]}{check}").kinds == (Kind.NHS_NUMBER,)
        assert not any(is_nhs_number(f"{nine}{other}") for other in range(10) if other != check)


@given(st.text(string.digits, min_size=14, max_size=14), st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_is_no_card(middle: str, place: int, shift: int) -> None:
    card = next(number for check in range(10) if is_card_number(number := f"4{middle}{check}"))
    assert mask(f"{card[:4]} {card[4:8]} {card[8:12]} {card[12:]}").kinds == (Kind.CARD,)
    wrong = card[:place] + str((int(card[place]) + shift) % 10) + card[place + 1 :]
    assert not is_card_number(wrong)


@given(st.integers(0, 99), st.integers(0, 99), st.sampled_from(["weeks", "days", "reps", "mm", "%"]))
def test_a_range_is_never_hidden(low: int, high: int, unit: str) -> None:
    text = f"{low}-{high} {unit}"
    assert mask(text).text == text


@given(st.datetimes(), st.sampled_from(["%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H.%M", "%d %B %Y, %I.%M %p"]))
def test_a_date_and_time_is_never_hidden(moment: object, shape: str) -> None:
    text = format(moment, shape)
    assert mask(text).text == text


@given(st.text("0123456789 +()-./@abcAQ£:\n[]", max_size=60) | st.text())
def test_masking_twice_changes_nothing_more_and_words_never_go(text: str) -> None:
    once = mask(text)
    assert mask(once.text).text == once.text
    assert (once.text == text) == (not once.kinds)


def test_a_very_long_log_line_is_masked_in_one_pass() -> None:
    noise = "1 2 3 4 " * 2_000 + "a" * 100_000
    assert mask(f"{noise} jo@example.org").text == f"{noise} [email]"
