import pytest

from clinic.evaluation.matching import (
    facts_match,
    facts_missing,
    is_about_service,
    normalise,
    section_match,
    telling_texts,
)
from clinic.evaluation.transcript import HeardReply, HeardSource


def _answer(text: str, section: str = "", aspect: str = "") -> HeardReply:
    return HeardReply("answer", text, (HeardSource(section, aspect),))


def test_curly_quotes_dashes_and_line_breaks_make_no_difference() -> None:
    assert normalise("Dancer’s  Heel:\n“4–6 weeks” — or so") == 'dancer\'s heel: "4-6 weeks" - or so'


def test_every_group_must_match_and_one_pattern_of_a_group_is_enough() -> None:
    facts = (("swell", "swollen"), (r"\bpain", "sore"))
    assert facts_match(["It is swollen", "and sore."], facts)
    assert facts_missing(["It is swollen."], facts) == ((r"\bpain", "sore"),)


def test_the_standing_offer_does_not_answer_a_question_about_the_ankle() -> None:
    replies = [HeardReply("offer", "An online appointment"), HeardReply("say", "Not medical advice")]
    assert telling_texts(replies, service=False) == []
    assert telling_texts(replies, service=True) == ["An online appointment", "Not medical advice"]


@pytest.mark.parametrize(
    ("section", "aspect"),
    [
        ("Anatomy", "anatomy"),
        ("Symptoms", "symptoms"),
        ("Causes", "causes"),
        ("Commonly seen in", "risk_groups"),
        ("Diagnosis", "diagnosis"),
        ("Treatment", "treatment"),
        ("Treatment", "exercises"),
        ("Overview", "overview"),
        ("Overview", "service"),
    ],
)
def test_a_section_is_known_by_the_aspect_of_its_source(section: str, aspect: str) -> None:
    assert section_match([_answer("x", "Some other heading", aspect)], [section])


def test_a_section_is_known_by_its_heading_and_another_one_is_refused() -> None:
    assert section_match([_answer("x", "Commonly seen in", "")], ["Causes", "Commonly seen in"])
    assert not section_match([_answer("x", "Diagnosis", "diagnosis")], ["Treatment"])
    assert not section_match([HeardReply("say", "x", (HeardSource("Causes", "causes"),))], ["Causes"])


def test_price_clinician_and_online_are_lines_about_the_service() -> None:
    assert is_about_service(((r"£\s?45",),))
    assert is_about_service((("james", "mccormack"),))
    assert not is_about_service((("cartilage",), ("back of",)))
