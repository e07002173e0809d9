"""Whether a message raises a card of `data/red_flags.yml`, and which."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

import numpy as np

from engine.components.red_flags.classifier import (
    EVIDENCE,
    MEANING,
    RedFlagClassifier,
    features,
)
from engine.components.red_flags.clauses import split
from engine.components.red_flags.denials import without_denied
from engine.components.red_flags.features import EvidenceFinder
from engine.components.red_flags.hard_negatives import choose
from engine.components.red_flags.head_training import TrainingSet, train_head
from engine.components.red_flags.ngrams import Matrix
from engine.components.red_flags.stretches import Read, Unit, parts_of, wholes_of
from engine.components.red_flags.training_file import CardTrainings
from engine.learning.embedding_cache import Encode, encode_kept, encode_taught
from engine.learning.fingerprints import hash_files
from language.encoder import WORDING, Encoder

_WORDING = 0.5  # the weight of how a thing is said, beside what it is about
_RULE_MARGIN = 0.3  # a message that meets a rule needs so much less
_LIKELY_RULE = 0.02  # share from which the card of a rule met is thought of
_LIKELY = 0.2  # share from which a card is thought of without a rule
_GUESSED, _SURE = 0.25, 0.6  # what a sure guess of an emergency adds to the score, and how sure it must be
_LIKELY_ALONE = 0.75  # and from which a stretch of clauses without its rule makes the card a more urgent one


REPORT_RED_FLAG = "report_red_flag"


def lean_of(intent: Mapping[str, Any] | None) -> float:
    """How much the guessed intent (`name`, `confidence`) leans towards an emergency."""
    sure = intent and intent.get("name") == REPORT_RED_FLAG and intent.get("confidence", 0.0) >= _SURE
    return _GUESSED if sure else 0.0


@dataclass(frozen=True)
class Found:
    """The card that is raised and how far above the threshold the message lies (no probability of anything)."""

    key: str
    margin: float


@dataclass(frozen=True, slots=True)
class _Raised:
    """A stretch above the threshold, how far, and its row of features."""

    unit: Unit
    margin: float
    row: Matrix


class Detector:
    """Reads messages; train or load one, then `detect`."""

    def __init__(self, lessons: CardTrainings, encoder: Encoder, head: RedFlagClassifier | None = None) -> None:
        self.cards = lessons.cards
        self._lessons = lessons
        self._urgency = {card.key: card.urgency for card in lessons.cards}
        self._number = {card.key: number for number, card in enumerate(lessons.cards)}
        self._finder = EvidenceFinder(lessons)
        self._encoder = encoder
        self._read = self._finder.read
        self._encode = encoder.encode_wording
        self.head = head

    def with_head(self, head: RedFlagClassifier) -> Detector:
        """The same lists, rules and cards with another head: made at once."""
        other = copy.copy(self)
        other.head = head
        return other

    def remember(self) -> None:
        """Keep what is read of texts, for one who asks about the same ones again; never in what visitors talk to."""
        self._read = cache(self._finder.read)
        self._encode = _Remembered(self._encoder.encode_wording)

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
        name = f"evidence-{self._lessons.beside[:16]}-{_code()[:8]}"
        return np.hstack([self._vectors(texts) * MEANING, encode_kept(self._evidence, texts, name) * EVIDENCE])

    def _evidence(self, texts: Sequence[str]) -> Matrix:
        met = np.zeros((len(texts), len(self._finder.names)), dtype=np.float32)
        for row, text in enumerate(texts):
            met[row, self._finder.columns(self._read(text))] = 1.0
        return met

    def detect(self, *readings: str, lean: float = 0.0) -> Found | None:
        """The card raised by a message in any of its readings (as typed, as corrected), or None.

        The message is looked at whole, then by stretches of its clauses: what stands beside a sign takes nothing
        from it. `lean` is added to the score of the whole: evidence from elsewhere that it is an emergency.
        """
        return self.detect_all([readings], lean)[0]

    def detect_all(self, messages: Sequence[Sequence[str]], lean: float = 0.0) -> list[Found | None]:
        """What each message raises, each given by its readings."""
        read = cache(self._read)
        wholes = [wholes_of(dict.fromkeys(readings), lean, read) for readings in messages]
        # Together: the support rows are read from memory once for both, and that is most of what scoring costs.
        scored = self._score([*wholes, *(_parts(readings, read) for readings in messages)])
        first = [self._first(raised) for raised in scored[: len(messages)]]
        return [
            self._graver(one, raised if one is None or self._urgency[one.key] else [])
            for one, raised in zip(first, scored[len(messages) :], strict=True)
        ]

    def raised_by(self, messages: Sequence[Sequence[str]], lean: float = 0.0) -> list[bool]:
        """Whether each message raises any card: the parts of one are read where the whole of it raises none."""
        read = cache(self._read)
        wholes = [wholes_of(dict.fromkeys(readings), lean, read) for readings in messages]
        found = [bool(raised) for raised in self._score(wholes)]
        parts = [[] if one else _parts(readings, read) for readings, one in zip(messages, found, strict=True)]
        graver = zip(found, self._score(parts), strict=True)
        return [one or self._graver(None, raised) is not None for one, raised in graver]

    def _score(self, messages: Sequence[Sequence[Unit]]) -> list[list[_Raised]]:
        """The units of each message that lie above the threshold, the highest first."""
        if self.head is None:
            raise RuntimeError("the red-flag detector has not been trained")
        every = [unit for several in messages for unit in several]
        if not every:
            return [[] for _ in messages]
        texts = [unit.text for unit in every]
        columns = [self._finder.columns(unit.evidence) for unit in every]
        vectors = self._scaled(self._encode(texts))  # a visitor's words are never written down
        rows = features(vectors, columns, len(self._finder.names))
        scored = zip(every, self.head.scores(rows, texts), rows, strict=True)
        return [
            sorted(
                (
                    _Raised(unit, above, row)
                    for unit, score, row in islice(scored, len(several))
                    if (above := float(score) + unit.more + (_RULE_MARGIN if unit.evidence.keys else 0.0)) > 0
                ),
                key=lambda raised: -raised.margin,
            )
            for several in messages
        ]

    def _first(self, raised: Sequence[_Raised]) -> Found | None:
        """The card of the message as a whole: that of its highest reading, with the rules of all."""
        if not raised:
            return None
        keys = frozenset(key for one in raised for key in one.unit.evidence.keys)
        return Found(self._choose(self._shares(raised[0].row), keys), raised[0].margin)

    def _graver(self, first: Found | None, raised: Sequence[_Raised]) -> Found | None:
        """The most urgent card: the whole's, its core's, or that of a stretch which meets a rule of the card."""
        found = [first] if first else []
        for place, one in enumerate(raised):
            keys = one.unit.evidence.keys
            shares = self._shares(one.row)
            key = self._choose(shares, keys)
            sure = shares[self._number[key]] >= _LIKELY_ALONE
            if key in keys or one.unit.core or sure or (first is None and place == 0):
                found.append(Found(key, one.margin))
        return min(found, key=lambda one: self._urgency[one.key], default=None)

    def _shares(self, row: Matrix) -> Matrix:
        assert self.head is not None
        return self.head.shares(row)

    def _choose(self, shares: Matrix, met: frozenset[str]) -> str:
        """The most urgent of the cards that come into question; among equals, the likest."""
        likely = [
            number
            for number, card in enumerate(self.cards)
            if shares[number] >= (_LIKELY_RULE if card.key in met else _LIKELY)
        ] or [int(np.argmax(shares))]
        return self.cards[min(likely, key=lambda number: (self.cards[number].urgency, -shares[number]))].key

    def _vectors(self, texts: Sequence[str]) -> Matrix:
        """The vectors of what is taught, which are kept from training to training."""
        if not texts:
            return np.zeros((0, WORDING), dtype=np.float32)
        return self._scaled(encode_taught(self._encoder, texts)[:, :WORDING])

    def _scaled(self, rows: Matrix) -> Matrix:
        """Unit rows: what the texts are about, and, at half its weight, how they are worded."""
        scale = np.sqrt(np.repeat([1.0, _WORDING], rows.shape[1] // 2) / (1 + _WORDING))
        return (rows * scale).astype(np.float32)


def _parts(readings: Sequence[str], read: Read) -> list[Unit]:
    return parts_of([without_denied(split(text)) for text in dict.fromkeys(readings)], read)


class _Remembered:
    """An encoding that is made once a text."""

    def __init__(self, encode: Encode) -> None:
        self._encode_new, self._rows = encode, dict[str, Matrix]()

    def __call__(self, texts: Sequence[str]) -> Matrix:
        new = list(dict.fromkeys(text for text in texts if text not in self._rows))
        if new:
            self._rows.update(zip(new, self._encode_new(new), strict=True))
        return np.stack([self._rows[text] for text in texts])


@cache
def _code() -> str:
    """The hash of the code that finds evidence."""
    return hash_files(*(f"engine/components/red_flags/{name}.py" for name in ("features", "negation", "patterns")))
