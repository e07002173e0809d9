"""What a trainer can count on when adding utterances: too few, or two of a kind, are refused."""

from pathlib import Path

import pytest

from clinic.dialogue.clinic_facts import FACT_INTENTS
from clinic.teaching.model import DuplicateKind, Example
from clinic.teaching.nlu_examples import UnreadableExamples, find_shortages, plain, read_examples, read_file, words
from clinic.teaching.repetitions import compare, find_repetitions

TAUGHT = Path(__file__).parents[2] / "data" / "nlu"
NEEDED = 25

CONTRACT = {
    "questions.yml": (
        "ask_definition ask_anatomy ask_symptoms ask_causes ask_risk_groups ask_diagnosis ask_imaging "
        "ask_treatment ask_injection ask_surgery ask_recovery_time ask_self_help"
    ),
    "symptoms.yml": "describe_symptom",
    "beyond.yml": (
        "ask_medication ask_exercise_detail ask_return_to_activity ask_self_care_detail ask_prognosis "
        "ask_procedure_detail ask_other_cost ask_clinic_fact ask_other_condition out_of_scope"
    ),
    "appointments.yml": "book_appointment ask_price ask_who",
    "conversation.yml": (
        "greet goodbye thanks affirm deny bot_challenge human_handoff what_can_you_do privacy delete_my_data "
        "complaint abuse feedback_positive feedback_negative repeat language"
    ),
    "clinic.yml": " ".join(FACT_INTENTS) + " ask_about_booking",
    "remarks.yml": (
        "follow_up_why follow_up_then follow_up_who ask_simpler ask_about_article doubt_clinician tell_detail "
        "request_callback resume_request test_message"
    ),
}


@pytest.fixture(scope="module")
def taught() -> list[Example]:
    return read_examples(TAUGHT)


@pytest.mark.parametrize("family", CONTRACT)
def test_every_intent_of_the_contract_and_every_taught_remark_has_enough_utterances(
    family: str, taught: list[Example]
) -> None:
    assert [str(shortage) for shortage in find_shortages(taught, CONTRACT[family].split(), NEEDED)] == []


def test_no_two_taught_utterances_are_alike(taught: list[Example]) -> None:
    assert "\n".join(map(str, find_repetitions(taught))) == ""


def example(text: str, intent: str = "ask_causes", line: int = 1) -> Example:
    return Example(text, intent, "questions.yml", line)


def write(folder: Path, text: str) -> Path:
    path = folder / "questions.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_utterance_written_again_with_other_capitals_and_marks_is_refused() -> None:
    found = find_repetitions([example("Why's it sore?"), example("whys it SORE", line=2)])
    assert [repetition.likeness for repetition in found] == [DuplicateKind.SAME]


def test_the_same_words_under_another_intent_are_refused_and_both_places_named() -> None:
    first = example("what about the [jab](treatment)", "ask_injection", 7)
    second = example("What about the jab?", "ask_surgery", 9)
    message = str(find_repetitions([first, second])[0])
    assert "questions.yml:7" in message
    assert "questions.yml:9" in message
    assert "ask_injection" in message
    assert "ask_surgery" in message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("is it common in young gymnasts", "is it common in young footballers"),
        ("is it common in young gymnasts", "is it common in gymnasts"),
        ("do I really need a scan", "really do I need a scan now"),
        ("does [ice](treatment) help my sore ankle", 'does [tape]{"entity": "treatment"} help my sore ankle'),
    ],
)
def test_one_utterance_made_from_another_is_refused(first: str, second: str) -> None:
    assert compare(words(first), words(second)) is not None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("is it serious", "is it curable"),
        ("why does it hurt when I rise", "does rising make it hurt, and why"),
        ("how long would I be out", "how long is the needle they use"),
        ("?!", "ok"),
        ("yes", "👍 yes"),
        ("no", "no no no"),
    ],
)
def test_different_visitors_may_use_some_of_the_same_words(first: str, second: str) -> None:
    assert compare(words(first), words(second)) is None


def test_two_lines_without_a_single_word_are_the_same() -> None:
    assert len(find_repetitions([example("??"), example("!!!", line=2)])) == 1


def test_an_annotation_is_not_part_of_what_the_visitor_said() -> None:
    marked = 'my [ankel]{"entity": "body_part", "value": "ankle"} hurts [en pointe](movement)'
    assert plain(marked) == "my ankel hurts en pointe"


def test_an_intent_with_too_few_utterances_is_named_with_its_number() -> None:
    assert [str(s) for s in find_shortages([example("why")], ["ask_causes"], 2)] == [
        "ask_causes has 1 utterances, it needs at least 2"
    ]


def test_each_example_knows_its_line_and_lookups_are_left_out(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'version: "3.1"\n\nnlu:\n# a note\n- intent: greet\n  examples: |\n    - hello\n\n    - hiya\n'
        "- lookup: activity\n  examples: |\n    - ballet\n- intent: thanks\n  examples: |\n    - ta\n",
    )
    assert [(e.text, e.intent, e.place) for e in read_file(path)] == [
        ("hello", "greet", "questions.yml:7"),
        ("hiya", "greet", "questions.yml:9"),
        ("ta", "thanks", "questions.yml:15"),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("nlu:\n- intent: greet\n  examples: |\n    - hello\n    hiya\n", "questions.yml:5"),
        ("nlu:\n- intent: greet\n", "questions.yml:2"),
        ("nlu:\n- intent: [greet\n", "questions.yml:3"),
        ("", "questions.yml:1"),
        ("intents: []\n", "questions.yml:1"),
    ],
)
def test_a_broken_file_is_refused_with_the_line_to_mend(text: str, place: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableExamples, match=place):
        read_examples(write(tmp_path, text).parent)
