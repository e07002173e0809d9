"""The engine reads past typing errors in the words it was taught."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource

from engine.components.spelling import SpellingCorrector
from tests.engine.conftest import Trained, message


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("wot duz the cortizone do", "what does the cortisone do"),
        ("achiles tendinopthy", "achilles tendinopathy"),
        ("how much is it", "how much is it"),
        ("my Achiles and Yusuf's ankel", "my Achilles and Yusuf's ankle"),
        ("is it a tendinopthy's pain", "is it a tendinopathy's pain"),
        ("write to jo.ankel@example.org", "write to jo.ankel@example.org"),
        ("   ", ""),
    ],
)
def test_a_message_is_corrected_beside_its_own_text(train: Trained, typed: str, read: str) -> None:
    said = train(SpellingCorrector).process([message(typed)])[0]
    assert said.get("corrected") == read
    assert said.get("text") == typed


def test_a_model_of_an_earlier_version_still_loads(tmp_path: Path) -> None:
    storage = LocalModelStorage.create(tmp_path)
    context = ExecutionContext(GraphSchema({}), node_name="spelling")
    with storage.write_to(Resource("spelling")) as folder:
        (folder / "words.json").write_text('["ankle", "tendinopathy"]')
    loaded = SpellingCorrector.load({}, storage, Resource("spelling"), context)
    assert loaded.process([message("ankel tendinopthy")])[0].get("corrected") == "ankle tendinopathy"


def test_an_edit_of_the_lay_words_trains_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.learning.fingerprints.ROOT", tmp_path)
    lay_words = tmp_path / "data" / "lay_words.yml"
    lay_words.parent.mkdir()
    lay_words.write_text("lay_words: []")
    before = SpellingCorrector.fingerprint_addon({})
    lay_words.write_text("lay_words: [{say: [jab], means: injection}]")
    assert SpellingCorrector.fingerprint_addon({}) != before
