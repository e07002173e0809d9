"""Learning to tag names: each annotated example as it stands, and with other names in the places of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite

from language.english import is_english
from language.person_names.features import features_of, words_of

BEGIN, INSIDE, OUTSIDE = "B", "I", "O"
_BARE = 800
_VARIANTS = 8  # other names put in the place of each
_OPTIONS = {"c1": 0.5, "c2": 0.05, "max_iterations": 100, "feature.possible_transitions": True}


@dataclass(frozen=True, slots=True)
class Annotated:
    """An example and the places of the names in it."""

    text: str
    names: tuple[tuple[int, int], ...] = ()


def train(examples: Iterable[Annotated], given: Sequence[str], family: Sequence[str], path: Path) -> None:
    """Learn from the examples, with the names of both lists for variety, and write the model to `path`."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_OPTIONS)
    for example in (*examples, *_bare(given, family)):
        for one in [example, *_varied(example, given, family)]:
            words = words_of(one.text)
            if words:
                trainer.append(features_of(words), [_label(word.start, one.names) for word in words])
    trainer.train(str(path))


def _label(start: int, names: Sequence[tuple[int, int]]) -> str:
    for begin, end in names:
        if begin <= start < end:
            return BEGIN if start == begin else INSIDE
    return OUTSIDE


def _varied(example: Annotated, given: Sequence[str], family: Sequence[str]) -> Iterator[Annotated]:
    if not example.names:
        words = example.text.split()
        titled = example.text.title()
        if (
            len(words) <= 4
            and titled != example.text
            and len(words) >= 2
            and all(is_english(one.strip("?!.,'")) for one in words)
        ):
            yield Annotated(titled)  # "Left Heel" is no name for its capitals.
        return
    if example.text[slice(*example.names[0])] == example.text:
        return
    for turn in range(_VARIANTS if given and family else 0):
        text, names, at = "", [], 0
        for number, (begin, end) in enumerate(example.names):
            text += example.text[at:begin]
            name = _other(example.text[begin:end], f"{example.text}/{turn}/{number}", given, family)
            names.append((len(text), len(text) + len(name)))
            text, at = text + name, end
        yield Annotated(text + example.text[at:], tuple(names))


def _bare(given: Sequence[str], family: Sequence[str]) -> Iterator[Annotated]:
    """Names alone, in full and by half, as forms get them."""
    for turn in range(_BARE if given and family else 0):
        name = _other(
            ("Jo", "Jo Roe", "Jo Roe", "Jo Ann Roe", "Jo Ann Roe Poe")[turn % 5], f"bare {turn}", given, family
        )
        yield Annotated(name, ((0, len(name)),))


def _other(name: str, seed: str, given: Sequence[str], family: Sequence[str]) -> str:
    """Another name of as many words, chosen by `seed`, mostly written as this one."""
    number = int(hashlib.sha256(seed.encode()).hexdigest()[:12], 16)
    first, last = given[number % len(given)], family[number // 1000 % len(family)]
    made = first if len(name.split()) == 1 else f"{first} {last}"
    if len(name.split()) > 2:
        made = f"{first} {given[number // 77 % len(given)]} {last}"
    if len(name.split()) > 3:
        made = f"{made} {family[number // 55 % len(family)]}"
    how = number // 13 % 6
    return made.lower() if how < 2 or name == name.lower() else made.upper() if how == 2 else made
