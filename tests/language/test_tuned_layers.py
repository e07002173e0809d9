"""The tuned layers stand beside the encoder and change nothing of what it says without them."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from language.encoder import TUNED, WORDING, Encoder
from language.tuned_layers import FOLDER, TunedLayers, TunedLayersCorrupt

BUILT = Path("models/encoder")
TEXTS = ["why does my heel hurt en pointe", "yes please", "", "how do people get a thing like that"]


@pytest.fixture(scope="module")
def tuned() -> Encoder:
    return Encoder.load(BUILT, tuned=FOLDER)


def test_a_row_begins_with_what_the_encoder_says_alone(encoder: Encoder, tuned: Encoder) -> None:
    rows = tuned.encode_tuned(TEXTS)
    assert rows.shape == (len(TEXTS), TUNED)
    assert np.array_equal(rows[:, :WORDING], encoder.encode_wording(TEXTS))
    np.testing.assert_allclose(np.linalg.norm(rows[:, WORDING:], axis=1), 1, atol=1e-5)


def test_a_text_met_before_without_them_is_read_by_them_when_they_are_asked(tuned: Encoder) -> None:
    fresh = Encoder.load(BUILT, tuned=FOLDER)
    fresh.encode(["an aside about the price"])
    row = fresh.encode_tuned(["an aside about the price"])
    assert np.array_equal(row, tuned.encode_tuned(["an aside about the price"]))
    recalled = fresh.recall("an aside about the price")
    assert recalled is not None
    assert np.array_equal(recalled, row[0, :WORDING])


def test_the_hash_names_both(encoder: Encoder, tuned: Encoder) -> None:
    assert tuned.hash == encoder.hash
    assert tuned.tuned_hash != encoder.tuned_hash
    assert tuned.tuned_hash == Encoder.load(BUILT, tuned=FOLDER).tuned_hash


def test_without_them_nothing_is_made_up(encoder: Encoder) -> None:
    with pytest.raises(ValueError, match="without tuned layers"):
        encoder.encode_tuned(["hello"])


@pytest.mark.parametrize("name", ["model.onnx", "tuned.json"])
def test_damaged_or_missing_files_say_what_to_do(tmp_path: Path, name: str) -> None:
    broken = Path(shutil.copytree(FOLDER, tmp_path / "tuned"))
    (broken / name).write_bytes((broken / name).read_bytes()[:-10])
    with pytest.raises(TunedLayersCorrupt, match="git"):
        TunedLayers.load(broken)
    (broken / name).unlink()
    with pytest.raises(TunedLayersCorrupt, match="git"):
        TunedLayers.load(broken)


def test_two_that_mean_the_same_in_other_words_are_closer_than_two_that_share_words(tuned: Encoder) -> None:
    rows = tuned.encode_tuned(
        [
            "right you are, thank you and god bless",
            "cheers, thats me done",
            "thank god you are there, book me in",
        ]
    )
    told = rows[:, WORDING:]
    assert float(told[0] @ told[1]) > float(told[0] @ told[2])
