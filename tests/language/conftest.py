from pathlib import Path

import pytest

from language.encoder import Encoder

BUILT = Path("models/encoder")


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    if not (BUILT / "encoder.json").exists():
        pytest.skip("the sentence encoder is not built: run make setup")
    return Encoder.load(BUILT)
