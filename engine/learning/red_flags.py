"""The live red-flag detector held warm: learned on from its support vectors, and asked beside a candidate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.components.red_flags.classifier import RedFlagClassifier
from engine.components.red_flags.detector import Detector
from engine.components.red_flags.refitting import LESSONS, SUPPORT, basis_of, files_of, head_of, refit
from engine.components.red_flags.training_file import parse_card_trainings, with_examples
from language.encoder import Encoder
from language.red_flag_file import split_examples

_AT_ONCE = 200  # messages; their kernel is kept small
Message = tuple[str, str, float]
"""A message as typed, as corrected, and how much its guessed intent leans towards an emergency."""


@dataclass(frozen=True)
class Told:
    """By what examples a model's detector was taught: the lines of its file, and the emergencies of no card."""

    examples: str
    reported: tuple[str, ...] | None

    def is_of(self, text: str, reported: Sequence[str]) -> bool:
        """Whether the same is taught by this red-flag file and these emergencies; a model of before tells of none."""
        return split_examples(text)[1] == self.examples and self.reported in (None, tuple(reported))


def told_by(files: Mapping[str, bytes]) -> Told:
    """What the detector of these files was taught."""
    reported = basis_of(files).reported if SUPPORT in files else None
    return Told(split_examples(files[LESSONS].decode())[1], reported)


class RedFlagLearning:
    """Made of the detector's files in a model; raises KeyError for a model that did not keep what it learned from."""

    def __init__(self, files: Mapping[str, bytes], encoder: Encoder) -> None:
        self._basis = basis_of(files)
        self._lessons = parse_card_trainings(files[LESSONS].decode())
        self._detector = Detector(self._lessons, encoder, head_of(files))
        self._detector.remember()
        self._live = dict[Message, bool]()
        self._candidate: tuple[RedFlagClassifier, dict[Message, bool]] | None = None

    def take(self, files: Mapping[str, bytes]) -> None:
        """Go on from another model's detector, which differs in its examples alone; raises RedFlagFileError."""
        self._lessons = with_examples(self._lessons, files[LESSONS].decode())
        self._basis = basis_of(files)
        head = head_of(files)
        self._live = self._found_by(head)
        self._detector = self._detector.with_head(head)

    def learn(self, text: str, reported: Sequence[str]) -> dict[str, bytes]:
        """The files of a detector that learned what is taught now; raises RedFlagFileError."""
        now = with_examples(self._lessons, text)
        head = refit(self._detector, self._basis, self._lessons, (now, reported))
        return files_of(head, text, reported)

    def raised(self, messages: Sequence[Message], head: RedFlagClassifier | None = None) -> list[bool]:
        """Which messages raise a card, by the live head or another one; what was asked of it before is known."""
        known = self._live if head is None else self._found_by(head)
        new = [one for one in dict.fromkeys(messages) if one not in known]
        known.update(zip(new, self._raise(new, head), strict=True))
        return [known[one] for one in messages]

    def _found_by(self, head: RedFlagClassifier) -> dict[Message, bool]:
        """What the candidate that was asked last raised, if it is this one: published, it is the live one."""
        if self._candidate is None or not _same(self._candidate[0], head):
            self._candidate = head, {}
        return self._candidate[1]

    def _raise(self, messages: Sequence[Message], head: RedFlagClassifier | None) -> list[bool]:
        detector = self._detector.with_head(head) if head is not None else self._detector
        found = [False] * len(messages)
        for lean in {one[2] for one in messages}:
            places = [at for at, one in enumerate(messages) if one[2] == lean]
            for start in range(0, len(places), _AT_ONCE):
                few = places[start : start + _AT_ONCE]
                raised = detector.raised_by([messages[at][:2] for at in few], lean)
                for at, one in zip(few, raised, strict=True):
                    found[at] = one
        return found

    def warm(self) -> None:
        """Read every example, so that learning takes seconds."""
        self._detector.rows([text for card in self._lessons.cards for text in card.examples])


def _same(one: RedFlagClassifier, other: RedFlagClassifier) -> bool:
    numbers = (one.offset, one.threshold) == (other.offset, other.threshold)
    return numbers and np.array_equal(one.weights, other.weights) and np.array_equal(one.support, other.support)
