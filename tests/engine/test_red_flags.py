"""A message that may be an emergency is noticed, and its look-alikes are left alone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import spacy
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bench.redflags import everyday
from engine.components.red_flags.component import RedFlagDetector
from engine.components.red_flags.features import units
from engine.components.red_flags.negation import ConText, Cues
from engine.components.red_flags.patterns import PhraseBook, PhraseError, holds, parse_rule, tokenise
from engine.components.red_flags.training_file import RedFlagFileError, read_card_trainings

ROOT = Path(__file__).parents[2]
FILE = ROOT / "data/red_flags.yml"

pytestmark = pytest.mark.skipif(
    not (ROOT / "models/encoder/model.onnx").is_file(), reason="the encoder is not built: run make setup"
)


def _met(rule: str, text: str, **lists: list[str]) -> bool:
    vocab = spacy.blank("en").vocab
    parsed = parse_rule(rule)
    return holds(parsed, PhraseBook(vocab, lists, [parsed]).find(tokenise(text, vocab)))


@pytest.mark.parametrize(
    ("rule", "text", "met"),
    [
        ("calf + swollen", "My calf's swollen!", True),
        ("calf + swell*", "swelling of one calf", True),
        ("calf + swell*", "a calf", False),
        ("cant ... walk", "I can't really even walk", True),
        ("cant ... walk", "I can't do it, so then I walk", False),
        ("(hot | red) + knee", "the knee is red", True),
        ("calf + hot + without both", "both calves: one calf hot", False),
        ("hot + hot", "hot", False),
        ("LEG + sore", "my shin is sore", True),
    ],
)
def test_a_trainers_phrase_means_what_the_file_says_it_means(rule: str, text: str, met: bool) -> None:
    assert _met(rule, text, LEG=["shin", "thigh"]) is met


@pytest.mark.parametrize("rule", ["(hot | red", "hot + (red | )", "without hot"])
def test_a_phrase_that_cannot_be_read_is_refused(rule: str) -> None:
    with pytest.raises(PhraseError):
        parse_rule(rule)


def test_a_list_that_does_not_exist_is_named() -> None:
    with pytest.raises(PhraseError, match="NOWHERE"):
        _met("NOWHERE + hot", "hot")


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("swollen", True),
        ("not swollen", False),
        ("it is not stiff but swollen", True),
        ("no heat, swollen", True),
        ("not sure why it is swollen", True),
        ("swollen in 2010", False),
        ("in 2010 a knock, swollen today", True),
        ("swollen then, all healed", False),
        ("a swollen head about it", False),
    ],
)
def test_words_denied_or_past_or_in_a_saying_do_not_count(text: str, counts: bool) -> None:
    vocab = spacy.blank("en").vocab
    scopes = {
        "negation": Cues(before=["no", "not"], unless=["not sure"], reach=6),
        "history": Cues(clause=["in 2010"], sentence=["all healed"]),
        "saying": Cues(mask=["swollen head"]),
    }
    doc = tokenise(text, vocab)
    place = next(token.i for token in doc if token.text == "swollen")
    assert ConText(vocab, scopes).read(doc).counts((place, place + 1), is_background=False) is counts


def test_a_long_story_is_looked_at_in_parts() -> None:
    story = "It began in May with a class. " * 5 + "Now my calf is hot and swollen. It is only the left one."
    assert "Now my calf is hot and swollen. It is only the left one." in units(story)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> RedFlagDetector:
    return _train(FILE, tmp_path_factory.mktemp("model"))


def _train(file: Path, folder: Path) -> RedFlagDetector:
    config = {**RedFlagDetector.get_default_config(), "file": str(file)}
    storage, resource = LocalModelStorage(folder), Resource("red_flags")
    examples = [Message.build(text, intent="ask_symptoms") for text in everyday(ROOT / "data/nlu")[::4]]
    RedFlagDetector.create(config, storage, resource, None).train(TrainingData(examples))
    return RedFlagDetector.load(config, storage, resource, None)


def _parse(detector: RedFlagDetector, text: str, **properties: Any) -> Message:
    message = Message({"text": text, "intent": {"name": "ask_causes", "confidence": 0.9}, **properties})
    return detector.process([message])[0]


def test_an_emergency_wins_over_every_other_intent_and_keeps_the_ranking(trained: RedFlagDetector) -> None:
    ranking = [{"name": "ask_causes", "confidence": 0.9}, {"name": "ask_symptoms", "confidence": 0.1}]
    heard = _parse(trained, "my calf is hot, red and twice the size since the flight", intent_ranking=ranking)
    assert heard.get("intent") == {"name": "report_red_flag", "confidence": 1.0}
    assert [one["name"] for one in heard.get("intent_ranking")] == ["report_red_flag", "ask_causes", "ask_symptoms"]
    assert heard.get("red_flag") == {"name": "dvt", "card": "dvt"}
    assert [(one["entity"], one["value"]) for one in heard.get("entities")] == [("red_flag", "dvt")]


def test_the_more_urgent_card_is_shown_when_there_is_a_plan(trained: RedFlagDetector) -> None:
    heard = _parse(trained, "i have saved up enough tablets and i am going to end my life tonight")
    assert heard.get("red_flag") == {"name": "self_harm", "card": "self_harm.now"}


@pytest.mark.parametrize("text", ["without ballet i dont want to be alive", "without him I want to die"])
def test_what_somebody_lacks_denies_nothing(trained: RedFlagDetector, text: str) -> None:
    assert _parse(trained, text).get("red_flag")["name"] == "self_harm"


@pytest.mark.parametrize(
    "text", ["cant do half 3 now, say 5pm", "il get her mum to do it tonight", "forget it, his mam'll sort his"]
)
def test_what_is_said_in_a_request_is_no_emergency(trained: RedFlagDetector, text: str) -> None:
    assert _parse(trained, text).get("red_flag") is None


def test_being_able_to_walk_clears_nothing(trained: RedFlagDetector) -> None:
    told = "heard a pop at the back of my ankle playing squash, can't push off. I can walk though."
    assert _parse(trained, told).get("red_flag")["name"] == "achilles_rupture"


def test_a_misspelt_emergency_is_seen_in_its_corrected_form(trained: RedFlagDetector) -> None:
    heard = _parse(trained, "cheest pian doun my left amr", corrected="chest pain down my left arm")
    assert heard.get("red_flag")["name"] == "chest_pain"


@pytest.mark.parametrize(
    "text",
    [
        "why does my heel hurt en pointe",
        "this ankle will be the death of me",
        "my dad had a stroke years ago, I have a sore ankle en pointe",
        "no chest pain, no breathlessness, just a sore ankle",
        "what is the risk of a blood clot after the operation",
        "several of my joints are swollen and stiff every morning",
        "tingling in my foot and heel pain for three weeks",
        "a bone in my foot hurts when I hop en pointe",
    ],
)
def test_look_alikes_and_ordinary_questions_raise_nothing(trained: RedFlagDetector, text: str) -> None:
    assert _parse(trained, text).get("red_flag") is None


@pytest.mark.parametrize(
    "text",
    [
        "the tendon is torn, the hospital put it in plaster. It has been dealt with",
        "left ankle, a pain since Michaelmas",
        "hip bad since Lammas, what is posterior ankle impingement",
        "knee, troublesome since Candlemas",
        "right heel, sore since Diwali",
        "shin, bad since Ramadan",
    ],
)
def test_what_was_dealt_with_and_a_feast_raise_nothing(trained: RedFlagDetector, text: str) -> None:
    assert _parse(trained, text).get("red_flag") is None


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("my achilles snapped and I can't push off. The dog is all looked after now", "achilles_rupture"),
        ("crushing chest pain down my left arm. The kids are being looked after", "chest_pain"),
        ("my achilles popped just now and I can't push off, it has not been looked after", "achilles_rupture"),
    ],
)
def test_a_plain_sign_stays_one_whatever_else_is_looked_after(trained: RedFlagDetector, text: str, flag: str) -> None:
    assert _parse(trained, text).get("red_flag")["name"] == flag


def test_a_guess_of_an_emergency_without_a_card_is_asked_about(trained: RedFlagDetector) -> None:
    message = Message({"text": "tariff", "intent": {"name": "report_red_flag", "confidence": 0.8}})
    assert trained.process([message])[0].get("intent")["name"] == "nlu_fallback"


def test_a_trainers_edit_changes_the_next_model(trained: RedFlagDetector, tmp_path: Path) -> None:
    told = "my blue kneecap sings opera"
    assert _parse(trained, told).get("red_flag") is None
    edited = tmp_path / "red_flags.yml"
    taught = "  examples: |\n    my blue kneecap sings opera\n    a kneecap that sings opera loudly\n"
    text = FILE.read_text(encoding="utf-8").replace("  phrases: |\n", "  phrases: |\n    kneecap + sings\n", 1)
    edited.write_text(text.replace("  examples: |\n", taught, 1), encoding="utf-8")
    (tmp_path / "model").mkdir()
    assert _parse(_train(edited, tmp_path / "model"), told).get("red_flag")["name"] == "pulmonary_embolism"


def test_an_edit_is_never_lost_to_a_cached_model(tmp_path: Path) -> None:
    copy = tmp_path / "red_flags.yml"
    shutil.copyfile(FILE, copy)
    before = RedFlagDetector.fingerprint_addon({"file": str(copy)})
    copy.write_text(copy.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert RedFlagDetector.fingerprint_addon({"file": str(copy)}) != before


def test_a_phrase_that_cannot_be_learned_is_named_with_its_flag(tmp_path: Path) -> None:
    broken = tmp_path / "red_flags.yml"
    text = FILE.read_text(encoding="utf-8")
    broken.write_text(text.replace("  phrases: |\n", "  phrases: |\n    (hot | red\n", 1), encoding="utf-8")
    with pytest.raises(RedFlagFileError, match="pulmonary_embolism"):
        read_card_trainings(broken)
