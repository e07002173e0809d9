"""What a visitor with an alarming story is shown, and what is never shown."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from clinic.dialogue.urgent_reply import urgent_reply
from clinic.safety.flags import FlagsError, load_flags, unsigned
from clinic.safety.model import Card, RedFlag

ROOT = Path(__file__).parents[2]
FILE = ROOT / "data/red_flags.yml"
UK = ("england", "scotland", "wales", "northern_ireland")
NAMES = frozenset(
    """pulmonary_embolism chest_pain stroke anaphylaxis unconscious dvt cauda_equina cancer_spine spinal_infection
septic_joint fracture_suspected deformity open_fracture severe_bleeding achilles_rupture ischaemic_limb compartment
diabetic_foot charcot_foot cellulitis sepsis limb_threat child_limp_fever slipped_epiphysis suspected_cancer foot_drop
insufficiency_fracture nerve_loss self_harm pregnancy_warning head_injury heart_failure overdose tendon_wound
infection_after_surgery fluoroquinolone_tendon emergency_unclear abuse eating_distress""".split()  # noqa: SIM905
)


@pytest.fixture(scope="module")
def flags() -> dict[str, RedFlag]:
    return load_flags(FILE)


def test_every_flag_we_promise_has_a_card(flags: dict[str, RedFlag]) -> None:
    assert {flag.name for flag in flags.values()} == NAMES


@pytest.mark.parametrize("nation", [*UK, "outside_uk"])
def test_every_card_says_first_where_to_go(flags: dict[str, RedFlag], nation: str) -> None:
    begins = re.compile(r"(Call|Go to|Ask your GP|See a doctor)\b")
    assert [key for key, flag in flags.items() if not begins.match(flag.cards[nation].text)] == []


def test_no_card_tells_the_visitor_what_they_have(flags: dict[str, RedFlag]) -> None:
    claims = re.compile(r"\byou have (a|an|had)\b|\byou may have\b|\bprobab|\blikely\b|\brisk of\b|diagnos", re.I)
    assert [key for key, flag in flags.items() for card in flag.cards.values() if claims.search(_whole(card))] == []


def test_every_card_says_what_it_can_be_what_to_do_meanwhile_and_what_to_leave(flags: dict[str, RedFlag]) -> None:
    for flag in flags.values():
        for card in flag.cards.values():
            assert len({card.text, card.meaning, card.waiting, card.avoid}) == 4
            assert re.search(r"\b(do not|try not)\b", card.avoid, re.I), flag.key


def _whole(card: Card) -> str:
    return " ".join((card.text, card.meaning, card.waiting, card.avoid))


def test_every_card_can_be_acted_on_with_one_tap(flags: dict[str, RedFlag]) -> None:
    for flag in flags.values():
        for card in flag.cards.values():
            assert card.contacts
            assert all(one.href.startswith(("tel:", "sms:", "https://")) for one in card.contacts)


def test_northern_ireland_is_never_sent_to_111(flags: dict[str, RedFlag]) -> None:
    cards = [flag.cards["northern_ireland"] for flag in flags.values()]
    assert [card.flag for card in cards if card.destination == "111" or "111" in re.findall(r"\d+", _whole(card))] == []
    assert not any(one.href == "tel:111" for card in cards for one in card.contacts)


@pytest.mark.parametrize("nation", UK)
@pytest.mark.parametrize("key", ["self_harm", "self_harm.now"])
def test_somebody_in_despair_always_sees_samaritans_and_shout(flags: dict[str, RedFlag], key: str, nation: str) -> None:
    reply = urgent_reply(flags[key], nation)
    hrefs = {one["href"] for one in reply.extra["contacts"]}
    assert {"tel:116123", "sms:85258"} <= hrefs
    assert "116 123" in reply.text
    assert "85258" in reply.text


def test_a_plan_or_an_act_goes_to_999_and_dark_thoughts_to_the_mental_health_option(
    flags: dict[str, RedFlag],
) -> None:
    assert urgent_reply(flags["self_harm.now"], "england").text.startswith("Call 999 now.")
    thoughts = urgent_reply(flags["self_harm"], "england")
    assert thoughts.extra["destination"] == "111"
    assert "mental health option" in thoughts.text


def test_the_reply_is_an_urgent_reply_of_the_contract(flags: dict[str, RedFlag]) -> None:
    sent = urgent_reply(flags["diabetic_foot.serious"], "england").to_json()
    assert (sent["kind"], sent["destination"], sent["flag"]) == ("urgent", "A&E", "diabetic_foot")
    assert sent["sources"][0]["url"].startswith("https://www.nhs.uk/")


def test_no_flag_is_signed_by_anyone_until_a_clinician_signs(flags: dict[str, RedFlag]) -> None:
    assert len(unsigned(flags)) == len(flags)


def test_a_signed_flag_is_no_longer_among_the_unsigned(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    empty, filled = 'signed_off_by: ""\n  signed_off_on: ""', "signed_off_by: Somebody\n  signed_off_on: 2030-01-31"
    signed = text.replace(empty, filled, 1)
    (tmp_path / "red_flags.yml").write_text(signed, encoding="utf-8")
    assert "pulmonary_embolism" not in {flag.key for flag in unsigned(load_flags(tmp_path / "red_flags.yml"))}


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('destination: "999"', 'destination: "the pub"', "the pub"),
        ("  message: ", "  massage: ", "message is missing"),
        ("https://www.nhs.uk/conditions/pulmonary-embolism/", "javascript:alert(1)", "javascript:alert"),
        ("  title: Chest pain\n", "", "title"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_flag_and_line(
    tmp_path: Path, before: str, after: str, problem: str
) -> None:
    text = FILE.read_text(encoding="utf-8")
    start = text.index("\nflags:")
    (tmp_path / "red_flags.yml").write_text(text[:start] + text[start:].replace(before, after, 1), encoding="utf-8")
    with pytest.raises(FlagsError, match=rf"line \d+, red flag \w+: .*{re.escape(problem)}"):
        load_flags(tmp_path / "red_flags.yml")


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "red_flags.yml").write_text("flags:\n  - name: [\n", encoding="utf-8")
    with pytest.raises(FlagsError, match=r"red_flags.yml, line \d+"):
        load_flags(tmp_path / "red_flags.yml")


def test_reading_the_cards_loads_neither_the_engine_nor_spacy() -> None:
    code = (
        "import sys, clinic.dialogue.urgent_reply, clinic.safety.flags; "
        "print(int(bool({'rasa', 'spacy'} & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_every_failure_reply_carries_the_line_for_emergencies() -> None:
    text = (ROOT / "data/responses.yml").read_text(encoding="utf-8")
    for name in ("error", "off_switch"):
        block = text[text.index(f"\n{name}:") :].split("\n\n", 1)[0]
        assert "{urgent_line}" in block


def test_the_sign_off_list_names_every_card_as_the_file_does(flags: dict[str, RedFlag]) -> None:
    text = (ROOT / "docs/clinical-safety.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_.]+)` \| (.+?) \| (.+?) \| \[(.+?)\]\((\S+?)\) \|$", text, re.M)
    listed = {row[0]: tuple(cell.strip() for cell in row[1:]) for row in rows}
    assert listed == {
        key: (flag.title, flag.destination, flag.source.title, flag.source.url) for key, flag in flags.items()
    }


@pytest.mark.parametrize("nation", [*UK, "outside_uk"])
def test_every_card_names_its_place_in_the_words_it_begins_with(flags: dict[str, RedFlag], nation: str) -> None:
    for flag in flags.values():
        reply = urgent_reply(flag, nation).to_json()
        assert reply["text"].startswith(reply["place"]), flag.key
