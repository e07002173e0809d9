"""The last word of the pipeline: a message that may be an emergency is `report_red_flag`, whatever else it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.components.red_flags.classifier import RedFlagClassifier
from engine.components.red_flags.detector import REPORT_RED_FLAG, Detector, Found, lean_of
from engine.components.red_flags.hard_negatives import questions_beside, said_in_requests
from engine.components.red_flags.refitting import HEAD, LESSONS, files_of
from engine.components.red_flags.training_file import read_card_trainings
from engine.components.trained_component import TrainedComponent
from engine.learning.fingerprints import ROOT, hash_files, load_encoder
from language.text import normalise, normalise_lines

RED_FLAG = "red_flag"
_CORRECTED = "corrected"
_LEAST = 0.4  # the share of what is left that the next guess needs, to be trusted
_ARTICLES, _TURNS = ROOT / "data" / "articles", ROOT / "data" / "turns.yml"
_ENCODER = "encoder.txt"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class RedFlagDetector(TrainedComponent):
    """Sets the intent `report_red_flag`, the property `red_flag` and an entity of that name; runs last.

    The entity's value is the key of the card to show: the flag's name, or `name.variant` where a flag has
    a second, more urgent card. The ranking stays as it was, with `report_red_flag` in front.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._detector: Detector | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`file`: what is taught, `encoder`: the folder of the sentence encoder, both from the root."""
        return {"file": "data/red_flags.yml", "encoder": "models/encoder"}

    def restore(self, folder: Path) -> None:
        """The detector of the model, with its own copy of the lessons, not today's file.

        Raises ValueError when the sentence encoder is not the one it was trained with.
        """
        encoder = load_encoder(self._config["encoder"])
        if (folder / _ENCODER).read_text() != encoder.hash:
            raise ValueError("the red flags were learned with another sentence encoder: train again")
        head = RedFlagClassifier.from_arrays(dict(np.load(folder / HEAD)))
        self._detector = Detector(read_card_trainings(folder / LESSONS), encoder, head)

    def use(self, head: RedFlagClassifier) -> None:
        """Detect by this head from the next message on; lists, rules and cards stay."""
        if self._detector is not None:
            self._detector = self._detector.with_head(head)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with the lessons, the code that learns them and the encoder."""
        told = cls.get_default_config() | config
        return hash_files(told["file"], f"{told['encoder']}/encoder.json", "engine/components/red_flags")

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the file's lessons beside the ordinary examples; examples of `report_red_flag` count too.

        The questions beside the articles are ordinary messages, and so is what is said in a request. They are not in
        the fingerprint: a new one there calls for no training, and is learned from at the next one.
        """
        file = ROOT / self._config["file"]
        encoder = load_encoder(self._config["encoder"])
        self._detector = Detector(read_card_trainings(file), encoder)
        texts: dict[bool, list[str]] = {True: [], False: []}
        for example in training_data.intent_examples:
            texts[example.get(INTENT) == REPORT_RED_FLAG].append(normalise(example.get(TEXT) or ""))
        beside = [*questions_beside(_ARTICLES), *said_in_requests(_TURNS)]
        ordinary = [*texts[False], *map(normalise, beside)]
        head = self._detector.train(ordinary, texts[True])
        with self._storage.write_to(self._resource) as folder:
            for name, content in files_of(head, file.read_text(encoding="utf-8"), texts[True]).items():
                (folder / name).write_bytes(content)
            (folder / _ENCODER).write_text(encoder.hash)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: what comes after learns from the examples as they are."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Raise a card on each message that calls for one."""
        for message in messages:
            text = normalise_lines(message.get(TEXT) or "")
            if text and self._detector is not None:
                guessed = (message.get(INTENT) or {}).get("name") == REPORT_RED_FLAG
                lean = lean_of(message.get(INTENT))
                found = self._detector.detect(text, message.get(_CORRECTED) or text, lean=lean)
                if found is not None:
                    _raise(message, found)
                elif guessed:
                    _withdraw(message)
        return messages


def _withdraw(message: Message) -> None:
    """No card can be named: the head's next guess takes the place of its guess of an emergency."""
    ranking = [one for one in message.get(INTENT_RANKING_KEY) or [] if one.get("name") != REPORT_RED_FLAG]
    left = sum(one["confidence"] for one in ranking)
    if not ranking or ranking[0]["confidence"] < _LEAST * left:
        ranking.insert(0, {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": 1.0 - _LEAST})
    message.set(INTENT, ranking[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)


def _raise(message: Message, found: Found) -> None:
    intent = {"name": REPORT_RED_FLAG, "confidence": 1.0}
    ranking = [one for one in message.get(INTENT_RANKING_KEY) or [] if one.get("name") != REPORT_RED_FLAG]
    text = message.get(TEXT) or ""
    entity = {"entity": RED_FLAG, "value": found.key, "start": 0, "end": len(text), "extractor": "RedFlagDetector"}
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent, *ranking], add_to_output=True)
    message.set(RED_FLAG, {"name": found.key.split(".")[0], "card": found.key}, add_to_output=True)
    message.set(ENTITIES, [*(message.get(ENTITIES) or []), entity], add_to_output=True)
