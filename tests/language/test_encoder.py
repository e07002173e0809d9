"""The sentence encoder knows what is alike, and says what to do when it is not there."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from language.encoder import RECENT, Encoder, EncoderCorrupt, EncoderMissing

BUILT = Path("models/encoder")


def test_a_question_is_closer_to_its_rewording_than_to_another_question(encoder: Encoder) -> None:
    heel, rewording, price = encoder.encode(
        ["why does my heel hurt en pointe", "pain at the back of the ankle on tiptoe", "how much is it"]
    )
    assert float(heel @ rewording) > float(heel @ price) + 0.2


def test_every_row_is_a_unit_vector_even_for_nothing(encoder: Encoder) -> None:
    rows = encoder.encode(["", "a", "heel " * 900, "\U0001f9b6", "\u062a\u0648\u0627\u0646"])
    assert rows.shape == (5, 384)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_a_text_has_one_vector_whatever_stands_beside_it(encoder: Encoder) -> None:
    alone = encoder.encode(["sore heel"])[0]
    beside = encoder.encode(["price", "sore heel", "a long story " * 40, "sore heel"])
    assert np.array_equal(alone, beside[1])
    assert np.array_equal(alone, beside[3])


def test_an_encoder_that_was_never_built_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(EncoderMissing, match="make setup"):
        Encoder.load(tmp_path)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "encoder.json"])
def test_a_damaged_encoder_says_what_to_run(encoder: Encoder, tmp_path: Path, name: str) -> None:
    broken = Path(shutil.copytree(BUILT, tmp_path / "encoder"))
    (broken / name).write_bytes((broken / name).read_bytes()[:-100])
    with pytest.raises(EncoderCorrupt, match="make setup"):
        Encoder.load(broken)


def test_the_hash_names_the_files_it_was_made_from(encoder: Encoder) -> None:
    assert encoder.hash == Encoder.load(BUILT).hash
    assert len(encoder.hash) == 64


def test_a_row_that_another_process_made_is_taken_over(encoder: Encoder) -> None:
    here, there = Encoder.load(BUILT), Encoder.load(BUILT)
    assert there.recall("Why does my heel hurt?") is None
    row = here.encode_wording(["why does my heel hurt?"])[0]
    found = here.recall("Why does  my heel HURT?")
    assert found is not None
    assert np.array_equal(found, row)
    made = row[::-1].copy()
    there.remember("why does my heel hurt?", made)
    assert np.array_equal(there.encode_wording(["why does my heel hurt?"])[0], made)
    assert np.array_equal(there.encode(["why does my heel hurt?"])[0], made[:384])


def test_only_the_last_texts_are_remembered() -> None:
    fresh = Encoder.load(BUILT)
    row = np.ones(768, dtype=np.float32)
    for number in range(RECENT + 1):
        fresh.remember(f"text {number}", row)
    assert fresh.recall("text 0") is None
    assert fresh.recall(f"text {RECENT}") is not None
