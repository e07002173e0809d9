"""What the detector learns from `data/red_flags.yml`: words, scopes, and each flag's phrases and examples."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from engine.components.red_flags.negation import Cues
from engine.components.red_flags.patterns import PhraseError, Rule, list_words, parse_rule

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


def read_card_trainings(path: Path) -> CardTrainings:
    """The lessons in the file. Raises RedFlagFileError."""
    try:
        content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        cards = tuple(lesson for flag in content["flags"] for lesson in _lessons(flag))
        apart = [line for flag in content["flags"] for line in lines(flag.get("look_alikes"))]
        return CardTrainings(
            cards=cards,
            look_alikes=tuple(apart + list(lines(content.get("look_alikes")))),
            lists={name: list_words(block) for name, block in content["words"].items()},
            background=frozenset(content.get("background") or ()),
            scopes={name: _cues(raw) for name, raw in content["scopes"].items()},
        )
    except (OSError, YAMLError, KeyError, TypeError, AttributeError) as error:
        raise RedFlagFileError(f"{path.name} cannot be read: {error}") from error


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
