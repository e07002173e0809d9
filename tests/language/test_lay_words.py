"""Lay words meet clinical ones, and a trainer's slip in the file is explained."""

from pathlib import Path

import pytest

from language.lay_words import LayWords, LayWordsInvalid

TAUGHT = LayWords({"jab": "injection", "tippy toe": "plantarflexion", "op": "surgery", "steroid jab": "cortisone"})


@pytest.mark.parametrize(
    ("said", "searched"),
    [
        ("what about the jab", "what about the jab injection"),
        ("Jabs?", "Jabs? injection"),
        ("up on tippy-toes", "up on tippy-toes plantarflexion"),
        ("a steroid jab", "a steroid jab cortisone"),
        ("an op or a jab, or both", "an op or a jab, or both surgery injection"),
        ("injection or jab", "injection or jab"),
    ],
)
def test_clinical_words_are_added_once(said: str, searched: str) -> None:
    assert TAUGHT.expand(said) == searched


@pytest.mark.parametrize("text", ["my shop", "jabber", "co-op", "", "why does it hurt"])
def test_a_phrase_inside_another_word_adds_nothing(text: str) -> None:
    assert TAUGHT.expand(text) == text


def test_the_file_that_trainers_edit_can_be_read() -> None:
    taught = LayWords.load(Path("data/lay_words.yml"))
    assert "injection" in taught.expand("is the jab any good")
    assert "plantarflexion" in taught.clinical_words


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("lay_words: [{say: jab, means: injection}]", "entry 1 needs say"),
        ("lay_words: [{say: [jab]}]", "entry 1 needs say"),
        ("lay_words: [{say: [jab], means: a}, {say: [Jab], means: b}]", "twice"),
        ("words: []", "list called lay_words"),
        ("lay_words: [", "cannot be read"),
    ],
)
def test_a_slip_in_the_file_is_explained(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "lay_words.yml"
    path.write_text(content)
    with pytest.raises(LayWordsInvalid, match=complaint):
        LayWords.load(path)


def test_an_empty_list_changes_nothing() -> None:
    assert LayWords({}).expand("a jab") == "a jab"


def test_a_phrase_that_means_a_name_is_said_by_that_name_unless_it_is_one() -> None:
    lay = LayWords({"posh heel": "Posterior impingement", "jab": "injection", "Dancers heel": "Posterior impingement"})
    names = {"posterior impingement", "dancers heel"}
    assert lay.rename("What is Posh-heel? And the jab", lambda said: said.lower() in names) == (
        "What is Posterior impingement? And the jab"
    )
    assert lay.rename("what is dancers heel", lambda said: said.lower() in names) == "what is dancers heel"


def test_an_old_letter_in_a_phrase_fails_nothing() -> None:
    assert TAUGHT.rename("a ſteroid jab", lambda said: said == "cortisone") == "a ſteroid jab"
    assert TAUGHT.expand("a ſteroid jab").startswith("a ſteroid jab")
