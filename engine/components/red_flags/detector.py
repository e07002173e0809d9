"""Whether a message raises a card of `data/red_flags.yml`, and which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.components.red_flags.classifier import RedFlagClassifier, TrainingSet, features, train_head
from engine.components.red_flags.features import EvidenceFinder, RuleFeatures, units
from engine.components.red_flags.hard_negatives import choose
from engine.components.red_flags.ngrams import Matrix
from engine.components.red_flags.training_file import CardTrainings
from engine.learning.embedding_cache import encode_kept
from language.encoder import Encoder

_WORDING = 0.5  # the weight of how a thing is said, beside what it is about
_RULE_MARGIN = 0.3  # a message that meets a rule needs so much less
_PART_MARGIN = 0.2  # a part of a long message needs so much more: there are many to look at
_LIKELY_RULE = 0.02  # share from which the card of a rule met is thought of
_LIKELY = 0.2  # share from which a card is thought of without a rule


@dataclass(frozen=True)
class Found:
    """The card that is raised and how far above the threshold the message lies (no probability of anything)."""

    key: str
    margin: float


class Detector:
    """Reads messages; train or load one, then `detect`."""

    def __init__(self, lessons: CardTrainings, encoder: Encoder, head: RedFlagClassifier | None = None) -> None:
        self.cards = lessons.cards
        self._lessons = lessons
        self._finder = EvidenceFinder(lessons)
        self._encoder = encoder
        self.head = head

    def train(self, everyday: Sequence[str], more_examples: Sequence[str] = ()) -> RedFlagClassifier:
        """Learn from the lessons, from the everyday messages closest to them and from examples of no known card."""
        examples = [(text, number) for number, card in enumerate(self.cards) for text in card.examples]
        examples += [(text, -1) for text in more_examples]
        taught = [text for text, _ in examples]
        everyday = [everyday[place] for place in choose(self._vectors(everyday), self._vectors(taught))]
        data = TrainingSet(
            examples=self.rows(taught),
            cards=np.array([number for _, number in examples]),
            look_alikes=self.rows(self._lessons.look_alikes),
            everyday=self.rows(everyday),
            texts=[*taught, *self._lessons.look_alikes, *everyday],
        )
        self.head = train_head(data, len(self.cards))
        return self.head

    def rows(self, texts: Sequence[str]) -> Matrix:
        """One row of features for each text."""
        return self._features(texts, [self._finder.read(text) for text in texts])

    def detect(self, *readings: str, lean: float = 0.0) -> Found | None:
        """The card raised by a message in any of its readings (as typed, as corrected), or None.

        `lean` is added to its score: evidence from elsewhere that it is an emergency.
        """
        texts = list(dict.fromkeys(unit for reading in readings for unit in units(reading)))
        parts = np.array([0.0 if text in readings else _PART_MARGIN for text in texts])
        evidence = [self._finder.read(text) for text in texts]
        if self.head is None:
            raise RuntimeError("the red-flag detector has not been trained")
        rows = self._features(texts, evidence)
        margins = np.array([_RULE_MARGIN if one.keys else 0.0 for one in evidence])
        scores = self.head.scores(rows, texts) + margins - parts + lean
        raised = [place for place in np.argsort(-scores) if scores[place] > 0]
        if not raised:
            return None
        keys = frozenset(key for place in raised for key in evidence[place].keys)
        return Found(self._choose(self.head.shares(rows[raised[0]]), keys), float(scores[raised[0]]))

    def _choose(self, shares: Matrix, met: frozenset[str]) -> str:
        """The most urgent of the cards that come into question; among equals, the likest."""
        likely = [
            number
            for number, card in enumerate(self.cards)
            if shares[number] >= (_LIKELY_RULE if card.key in met else _LIKELY)
        ] or [int(np.argmax(shares))]
        return self.cards[min(likely, key=lambda number: (self.cards[number].urgency, -shares[number]))].key

    def _features(self, texts: Sequence[str], evidence: Sequence[RuleFeatures]) -> Matrix:
        columns = [self._finder.columns(one) for one in evidence]
        return features(self._vectors(texts), columns, len(self._finder.names))

    def _vectors(self, texts: Sequence[str]) -> Matrix:
        """Unit rows: what the texts are about, and, at half its weight, how they are worded."""
        if not texts:
            return np.zeros((0, 768), dtype=np.float32)
        rows = encode_kept(self._encoder.encode_wording, texts, f"wording-{self._encoder.hash[:16]}")
        scale = np.sqrt(np.repeat([1.0, _WORDING], rows.shape[1] // 2) / (1 + _WORDING))
        return (rows * scale).astype(np.float32)
