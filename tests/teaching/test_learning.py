"""What changed decides what is learned."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinic.teaching.fingerprint import fingerprint
from clinic.teaching.learning import is_as_before, may_be_quick, read_state

NLU = """version: "3.1"
nlu:
  - intent: ask_causes
    examples: |
      - why do I get it
      - is my [ankle](body_part) to blame
  - intent: report_red_flag
    examples: |
      - my chest is crushed
  - synonym: ankle
    examples: |
      - ankel
"""
FLAGS = """flags:
- name: dvt
  phrases: |
    calf + swollen
  examples: |
    my calf is swollen
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    (tmp_path / "data" / "nlu" / "questions.yml").write_text(NLU)
    (tmp_path / "data" / "rules.yml").write_text("rules: []\n")
    (tmp_path / "data" / "red_flags.yml").write_text(FLAGS)
    return tmp_path


def edit(root: Path, old: str, new: str, name: str = "data/nlu/questions.yml") -> None:
    path = root / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_an_utterance_added_changed_or_taken_away_is_learned_quickly(root: Path) -> None:
    before = read_state(root)
    edit(root, "      - why do I get it\n", "      - why do I get it\n      - could my wobbly arches be behind it\n")
    assert may_be_quick(read_state(root), before)
    assert read_state(root) != before


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("[ankle](body_part)", "[ankle](condition)", "data/nlu/questions.yml"),
        ("      - ankel", "      - ankel\n      - ankul", "data/nlu/questions.yml"),
        ("ask_causes", "ask_reasons", "data/nlu/questions.yml"),
        ("rules: []", "rules: [] # more", "data/rules.yml"),
        ("calf + swollen", "calf + hot", "data/red_flags.yml"),
    ],
)
def test_an_entity_a_synonym_an_intent_a_rule_or_a_red_flags_phrase_is_a_whole_training(
    root: Path, old: str, new: str, name: str
) -> None:
    before = read_state(root)
    edit(root, old, new, name)
    assert not may_be_quick(read_state(root), before)


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("my chest is crushed", "my chest is crushed badly", "data/nlu/questions.yml"),
        ("    my calf is swollen", "    my calf is swollen\n    one leg is twice the size", "data/red_flags.yml"),
    ],
)
def test_an_example_of_an_emergency_is_learned_quickly_and_known_from_an_utterance(
    root: Path, old: str, new: str, name: str
) -> None:
    before = read_state(root)
    edit(root, old, new, name)
    assert may_be_quick(read_state(root), before)
    assert not is_as_before(read_state(root), before)


def test_without_a_record_of_what_the_model_was_made_of_it_is_a_whole_training(root: Path) -> None:
    assert not may_be_quick(read_state(root), None)


def test_a_lay_phrase_is_live_without_a_training_and_a_new_clinical_word_takes_a_whole_one(root: Path) -> None:
    lay = root / "data" / "lay_words.yml"
    lay.write_text('lay_words:\n  - say: ["dodgy heel"]\n    means: ankle impingement\n')
    before, made_of = read_state(root), fingerprint(root)
    edit(root, '["dodgy heel"]', '["dodgy heel", "posh heel"]', "data/lay_words.yml")
    assert (may_be_quick(read_state(root), before), fingerprint(root)) == (True, made_of)
    edit(root, "ankle impingement", "ankle osteophyte", "data/lay_words.yml")
    assert not may_be_quick(read_state(root), before)
    lay.write_text("lay_words: {")
    assert fingerprint(root) != made_of
