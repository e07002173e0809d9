"""What the detector learns from `data/red_flags.yml`: words, scopes, and each flag's phrases and examples."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from engine.components.red_flags.negation import Cues
from engine.components.red_flags.patterns import PhraseError, Rule, list_words, parse_rule
from language.red_flag_file import split_examples

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
URGENCY = ("999", "A&E", "maternity unit", "111", "urgent GP", "helpline")


class RedFlagFileError(ValueError):
    """The file cannot be learned from; the message names the flag and the phrase."""


@dataclass(frozen=True)
class CardTraining:
    """What raises one card. `key` is the flag's name, with `.variant` for a card of its own kind."""

    key: str
    urgency: int
    rules: tuple[Rule, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class CardTrainings:
    """Everything the detector learns from."""

    cards: tuple[CardTraining, ...]
    look_alikes: tuple[str, ...]
    lists: dict[str, tuple[str, ...]]
    background: frozenset[str]
    scopes: dict[str, Cues]
    beside: str = ""
    """The hash of all that is taught but the examples and look-alikes."""


def read_card_trainings(path: Path) -> CardTrainings:
    """The lessons in the file. Raises RedFlagFileError."""
    try:
        return parse_card_trainings(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise RedFlagFileError(f"{path.name} cannot be read: {error}") from error


def parse_card_trainings(text: str, name: str = "red_flags.yml") -> CardTrainings:
    """The lessons in such a text. Raises RedFlagFileError."""
    try:
        content = YAML(typ="safe", pure=True).load(text)
        cards = tuple(lesson for flag in content["flags"] for lesson in _lessons(flag))
        apart = [line for flag in content["flags"] for line in lines(flag.get("look_alikes"))]
        return CardTrainings(
            cards=cards,
            look_alikes=tuple(apart + list(lines(content.get("look_alikes")))),
            lists={name: list_words(block) for name, block in content["words"].items()},
            background=frozenset(content.get("background") or ()),
            scopes={name: _cues(raw) for name, raw in content["scopes"].items()},
            beside=_hash(text),
        )
    except (YAMLError, KeyError, TypeError, AttributeError) as error:
        raise RedFlagFileError(f"{name} cannot be read: {error}") from error


def with_examples(lessons: CardTrainings, text: str) -> CardTrainings:
    """The same lessons with the examples and look-alikes of a text that holds all else alike, read fast.

    Raises RedFlagFileError where more than these differs.
    """
    if _hash(text) != lessons.beside:
        raise RedFlagFileError("more than examples changed in red_flags.yml: that takes a whole training")
    try:
        content = yaml.load(text, Loader=_LOADER)
        parts = [part for flag in content["flags"] for part in (flag, *(flag.get("cards") or ()))]
        told = zip(lessons.cards, parts, strict=True)
        cards = tuple(replace(card, examples=lines(part.get("examples"))) for card, part in told)
        apart = [line for flag in content["flags"] for line in lines(flag.get("look_alikes"))]
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise RedFlagFileError(f"red_flags.yml cannot be read: {error}") from error
    return replace(lessons, cards=cards, look_alikes=(*apart, *lines(content.get("look_alikes"))))


def _hash(text: str) -> str:
    return hashlib.sha256(split_examples(text)[0].encode()).hexdigest()


def lines(block: str | None) -> tuple[str, ...]:
    """The lines of a block, without blank ones."""
    return tuple(line.strip() for line in (block or "").splitlines() if line.strip())


def _lessons(flag: dict[str, Any]) -> list[CardTraining]:
    found = []
    for part in (flag, *(flag.get("cards") or ())):
        key = flag["name"] if part is flag else f"{flag['name']}.{part['name']}"
        try:
            rules = tuple(parse_rule(line) for line in lines(part.get("phrases")))
        except PhraseError as error:
            raise RedFlagFileError(f"red flag {key}: {error}") from error
        urgency = URGENCY.index(part["destination"])
        found.append(CardTraining(key, urgency, rules, lines(part.get("examples"))))
    return found


def _cues(raw: dict[str, Any]) -> Cues:
    values: dict[str, Any] = {name: tuple(cues) if isinstance(cues, list) else cues for name, cues in raw.items()}
    return Cues(**values)
