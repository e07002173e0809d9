"""The red-flag detector learned on from its support vectors: another example, or one less, in seconds.

Only rows on the border carry weight in a kernel machine, so what is added is fitted beside those alone. Threshold,
terms and the everyday messages stay as the last whole training found them.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.components.red_flags.classifier import RedFlagClassifier
from engine.components.red_flags.detector import Detector
from engine.components.red_flags.head_training import fit_cards
from engine.components.red_flags.kernel_machine import EVERYDAY, EXAMPLE, LOOK_ALIKE, WORDS, TaughtRows, fit_machine
from engine.components.red_flags.ngrams import Matrix, Wording
from engine.components.red_flags.training_file import CardTrainings

HEAD, LESSONS, SUPPORT = "head.npz", "red_flags.yml", "support.json"


@dataclass(frozen=True)
class Basis:
    """What a detector was learned from: the text and group of each support row, and the emergencies of no card."""

    support: tuple[tuple[str, int], ...]
    reported: tuple[str, ...]


def files_of(head: RedFlagClassifier, lessons: str, reported: Sequence[str]) -> dict[str, bytes]:
    """The files in which a model keeps a detector, so that it can be learned on from."""
    kept = io.BytesIO()
    np.savez(kept, **head.arrays())  # type: ignore[arg-type]
    support = json.dumps({"support": head.learned_from, "reported": list(reported)}, ensure_ascii=False)
    return {HEAD: kept.getvalue(), LESSONS: lessons.encode(), SUPPORT: support.encode()}


def head_of(files: Mapping[str, bytes]) -> RedFlagClassifier:
    """The head that `files_of` kept."""
    return RedFlagClassifier.from_arrays(dict(np.load(io.BytesIO(files[HEAD]), allow_pickle=False)))


def basis_of(files: Mapping[str, bytes]) -> Basis:
    """What it was learned from; raises KeyError for a model that did not keep it."""
    told = json.loads(files[SUPPORT])
    return Basis(tuple((text, group) for text, group in told["support"]), tuple(told["reported"]))


def taught_of(lessons: CardTrainings, reported: Sequence[str]) -> dict[tuple[str, int], int]:
    """Everything taught by example, with its card; -1 for look-alikes and emergencies of no card."""
    taught = {(text, LOOK_ALIKE): -1 for text in lessons.look_alikes}
    taught |= {(text, EXAMPLE): -1 for text in reported}
    return taught | {(text, EXAMPLE): at for at, card in enumerate(lessons.cards) for text in card.examples}


def refit(
    detector: Detector, basis: Basis, before: CardTrainings, now: tuple[CardTrainings, Sequence[str]]
) -> RedFlagClassifier:
    """The detector's head, learned on: `now` are the lessons and emergencies of no card as they are taught now."""
    assert detector.head is not None
    head, taught = detector.head, taught_of(*now)
    known = taught_of(before, basis.reported)
    added = [one for one in taught if one not in known]
    texts = {text for text, _ in taught}
    stays = [
        at for at, one in enumerate(basis.support) if one in taught or (one[1] == EVERYDAY and one[0] not in texts)
    ]
    told = [*(basis.support[at] for at in stays), *added]
    rows = (
        np.vstack([head.support[stays], detector.rows([text for text, _ in added])]) if added else head.support[stays]
    )
    cards = [(text, card) for (text, _), card in taught.items() if card >= 0]
    weights = fit_cards(
        detector.rows([text for text, _ in cards]),
        np.array([card for _, card in cards]),
        len(detector.cards),
        (head.card_weights, head.card_offsets),
    )
    return _fitted(head, rows, told, weights)


def _fitted(
    head: RedFlagClassifier, rows: Matrix, told: Sequence[tuple[str, int]], cards: tuple[Matrix, Matrix]
) -> RedFlagClassifier:
    terms = head.wording.rows([text for text, _ in told])
    every = np.arange(len(rows))
    machine = fit_machine(TaughtRows(rows, terms, np.array([group for _, group in told])), every, every)
    summed = (terms[machine.support].T @ (WORDS * machine.weights)).tolist()
    return RedFlagClassifier(
        support=rows[machine.support],
        weights=machine.weights,
        offset=machine.offset,
        threshold=head.threshold,
        card_weights=cards[0],
        card_offsets=cards[1],
        wording=Wording(dict(zip(head.wording.rarity, summed, strict=True)), head.wording.rarity),
        learned_from=tuple(told[place] for place in machine.support),
    )
