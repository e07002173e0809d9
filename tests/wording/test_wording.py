"""Staff edit data/responses.yml; the assistant says what they wrote or names the line that is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from clinic.dialogue.responses import FACTS, TEXTS, Responses, ResponsesError

SHIPPED = Path(__file__).parents[2] / "data" / "responses.yml"
CLINIC: dict[str, object] = {
    "clinic_name": "Example Physio",
    "clinician": "Sam Example",
    "phone": "020 7946 0000",
    "email": "hello@example.org",
    "service_name": "online appointment",
    "price": "£45",
    "retention_days": 90,
}


def edited(folder: Path, old: str, new: str) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    copy = folder / "responses.yml"
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


def line_of(path: Path, start: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.startswith(start))


def refusal(path: Path) -> str:
    with pytest.raises(ResponsesError) as caught:
        Responses.load(path, CLINIC)
    return str(caught.value)


@pytest.fixture(scope="module")
def responses() -> Responses:
    return Responses.load(SHIPPED, CLINIC)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_text_we_ship_can_be_said_in_full(responses: Responses, name: str) -> None:
    said = responses.render(name, **{field: f"some {field}" for field in TEXTS[name] - FACTS})
    assert said
    assert not re.search(r"[{}]", said)


def test_every_text_we_ship_is_at_most_45_words() -> None:
    texts = YAML(typ="safe").load(SHIPPED)
    assert {name: len(text.split()) for name, text in texts.items() if len(text.split()) > 45} == {}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_no_text_we_ship_diagnoses_or_promises(responses: Responses, name: str) -> None:
    said = responses.render(name, **dict.fromkeys(TEXTS[name] - FACTS, "x")).lower()
    assert not re.search(r"you (probably |may |might )?have (a|an|got)\b", said)
    assert not re.search(r"will (heal|cure|fix)|guarantee|you should", said)


def test_the_offer_names_the_service_the_clinician_and_the_price(responses: Responses) -> None:
    said = responses.render("offer")
    assert all(part in said for part in ("online appointment", "Sam Example", "£45"))


def test_a_failure_always_gives_the_phone_and_the_urgent_line(responses: Responses) -> None:
    for name in ("error", "off_switch"):
        assert "020 7946 0000" in responses.render(name)
        assert responses.render("urgent_line") in responses.render(name)


def test_a_clinic_in_northern_ireland_does_not_send_people_to_111() -> None:
    said = Responses.load(SHIPPED, CLINIC, nation="northern_ireland").render("error")
    assert "999" in said
    assert "111" not in said


def test_the_summary_keeps_a_line_for_each_detail(responses: Responses) -> None:
    consent = responses.render("consent", consent_version="2026-11")
    given = {"name": "王小梅", "contact": "a@example.org", "notes": "heel {sore}", "times": "Friday"}
    said = responses.render("ask_confirm", **given, consent=consent)
    assert "\nContact: a@example.org\nAbout: heel {sore}\nTimes: Friday\n" in said
    assert said.endswith("(Version 2026-11)")


def test_a_visitor_who_types_curly_brackets_is_shown_them_again(responses: Responses) -> None:
    assert "{phone}" in responses.render("ask_contact", name="{phone}")


def test_a_changed_sentence_is_said_as_written(tmp_path: Path) -> None:
    path = edited(tmp_path, "Goodbye, and take care.", "Ta-ra - mind how you go.")
    assert Responses.load(path, CLINIC).render("goodbye").startswith("Ta-ra - mind how you go. You can")


def test_an_unknown_placeholder_is_refused_with_its_line(tmp_path: Path) -> None:
    path = edited(tmp_path, "Hello! What", "Hello {nmae}! What")
    where = f"responses.yml, line {line_of(path, 'greet:')}"
    assert refusal(path) == f"{where}: greet: {{nmae}} may not be used here."


@pytest.mark.parametrize("trick", ["{phone!r}", "{phone:>9}", "{phone.__class__}", "{0}", "{}"])
def test_a_placeholder_is_a_plain_word(tmp_path: Path, trick: str) -> None:
    assert "may not be used here" in refusal(edited(tmp_path, "Hello! What", f"Hello {trick} What"))


def test_an_urgent_line_holds_no_placeholder(tmp_path: Path) -> None:
    assert "{phone} may not" in refusal(edited(tmp_path, "call 111. Outside", "call {phone}. Outside"))


def test_a_text_that_lost_what_it_must_say_is_refused_with_its_line(tmp_path: Path) -> None:
    path = edited(tmp_path, "  {consent}\n", "")
    assert f"line {line_of(path, 'ask_confirm:')}: ask_confirm: {{consent}} has to be" in refusal(path)


def test_a_lonely_bracket_is_refused_with_its_line(tmp_path: Path) -> None:
    path = edited(tmp_path, "Hello! What", "Hello {! What")
    assert f"line {line_of(path, 'greet:')}: greet: a curly bracket" in refusal(path)


def test_a_mistyped_name_is_refused_with_its_line(tmp_path: Path) -> None:
    path = edited(tmp_path, "\ngoodbye:", "\ngodbye:")
    assert f"line {line_of(path, 'godbye:')}: godbye: the assistant knows no text" in refusal(path)


def test_a_text_that_was_taken_out_is_missed_by_name(tmp_path: Path) -> None:
    path = edited(tmp_path, "form_resumed: >-\n  Back to your appointment request.\n", "")
    assert refusal(path) == "responses.yml: no text for form_resumed."


def test_an_emptied_text_is_refused_with_its_line(tmp_path: Path) -> None:
    path = edited(tmp_path, "  Back to your appointment request.\n", "")
    assert f"line {line_of(path, 'form_resumed:')}: form_resumed: there is no text" in refusal(path)


def test_a_text_written_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    path = edited(tmp_path, "\nform_resumed:", "\ngoodbye: Bye.\nform_resumed:")
    assert f"line {line_of(path, 'goodbye: Bye')}" in refusal(path)


def test_broken_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    path = edited(tmp_path, "\ngoodbye: >-", "\ngoodbye: : >-")
    assert f"responses.yml, line {line_of(path, 'goodbye:')}" in refusal(path)


@pytest.mark.parametrize("content", [b"", b"- a list\n", b"\xff\xfe\x00", b"greet: \x07"])
def test_a_file_that_holds_no_texts_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "responses.yml"
    path.write_bytes(content)
    assert "responses.yml" in refusal(path)


def test_a_lost_file_is_refused_by_name(tmp_path: Path) -> None:
    assert "responses.yml cannot be read" in refusal(tmp_path / "responses.yml")


def test_a_missing_fact_or_an_unknown_nation_is_named() -> None:
    with pytest.raises(ResponsesError, match="phone"):
        Responses.load(SHIPPED, {fact: value for fact, value in CLINIC.items() if fact != "phone"})
    with pytest.raises(ResponsesError, match="atlantis"):
        Responses.load(SHIPPED, CLINIC, nation="atlantis")


def test_saying_what_is_not_there_names_it(responses: Responses) -> None:
    with pytest.raises(ResponsesError, match="hullo"):
        responses.render("hullo")
    with pytest.raises(ResponsesError, match="reference"):
        responses.render("erased")
