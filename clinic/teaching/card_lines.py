"""The cards of `data/red_flags.yml` by their lines: words edited, places changed, signed; every other byte is kept.

A flag's head is its lines from `title` to its signature; a second card has lines of its own, and the flag's signature.
A change puts a whole head in the place of the old one, so that undoing it never leaves a signature under other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clinic.teaching.change_model import Change, ChangeRefused, Draft, Hunk
from clinic.teaching.cures import FLAGS
from clinic.teaching.list_files import lines_of
from clinic.teaching.taught_list import meant, written

LONGEST = {"title": 80, "message": 600, "meaning": 600, "waiting": 600, "avoid": 600}
"""The words of a card, each with how many letters it may have."""
SIGNATURE = ("signed_off_by", "signed_off_on", "signed_off_words")
_FIELDS = (*LONGEST, "destination", *SIGNATURE)
_ENTRY = re.compile(r"^(?P<indent>| {2})- name: (?P<name>\w+)\s*$")
_FIELD = re.compile(rf"^(?P<lead>(?P<indent> {{2}}| {{4}})(?P<name>{'|'.join(_FIELDS)}): )(?P<rest>.*)$")
_SCALAR = re.compile(
    r"""(?P<said>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'>|&*!%@`#{[](?:(?!\s#).)*?)(?P<note>\s*(?:\s#.*)?)$"""
)
_BLOCK = re.compile(r"^(?P<indent> *)(?:- )?\w+:\s*[|>]\S*\s*$")
_CLAIM = re.compile(r"\byou have (a|an|had)\b|\byou may have\b|\bprobab|\blikely\b|\brisk of\b|diagnos", re.I)


@dataclass(frozen=True, slots=True)
class CardLines:
    """One card: `key` as everywhere, its flag's name, and the place of each of its own fields, from 0."""

    key: str
    flag: str
    at: Mapping[str, int]

    def says(self, lines: Sequence[str], field: str) -> str:
        """What a field says; empty where the card has none of its own. Raises ChangeRefused."""
        return meant(_parts(lines[self.at[field]])[1]) if field in self.at else ""


def read_cards(lines: Sequence[str]) -> dict[str, CardLines]:
    """Every card by its key, in the order of the file."""
    found: dict[str, CardLines] = {}
    flag = key = ""
    for at, line in _outside_blocks(lines):
        if entry := _ENTRY.match(line):
            flag = flag if entry["indent"] else entry["name"]
            key = f"{flag}.{entry['name']}" if entry["indent"] else flag
            found[key] = CardLines(key, flag, {})
        elif key and (field := _FIELD.match(line)):
            owner = found[key if len(field["indent"]) > 2 else flag]
            found[owner.key] = CardLines(owner.key, flag, {**owner.at, field["name"]: at})
    return found


def edit_card(root: Path, key: str, wanted: Mapping[str, str]) -> Draft:
    """Other words, or another place, on a card; a signature of its flag falls. Raises ChangeRefused.

    `wanted` holds what is to stand in some of the fields; those it leaves out stay as they are.
    """
    lines = lines_of(root, FLAGS)
    card, head = _found(lines, key)
    fresh = {field: _tidy(field, text) for field, text in wanted.items() if field in card.at}
    changed = {field: text for field, text in fresh.items() if text != card.says(lines, field)}
    if not changed:
        raise ChangeRefused("Nothing was changed on this card.")
    put = {card.at[field]: _line(lines[card.at[field]], text, field) for field, text in changed.items()}
    falls = any(head.says(lines, field) for field in SIGNATURE)
    hunks = _hunks(lines, (card, head), put, _signature(lines, head) if falls else {})
    told = f"the card {key} has other words" if "destination" not in changed else f"the card {key} sends elsewhere"
    fallen = f"; the signature of {head.says(lines, 'signed_off_by')} falls" if falls else ""
    return Draft("card edited", f"{told}: {', '.join(changed)}{fallen}", hunks)


def sign_card(root: Path, flag: str, signed: tuple[str, str, str]) -> Draft:
    """Put a name, a day and the hash of the words under a flag and its second cards; raises ChangeRefused."""
    lines = lines_of(root, FLAGS)
    _, head = _found(lines, flag)
    by = _tidy("title", signed[0])
    hunks = _hunks(lines, (head, head), {}, _signature(lines, head, (by, *signed[1:])))
    return Draft("card signed", f"the card {flag} is signed off by {by}", hunks)


def moves_a_place(change: Change) -> bool:
    """Whether a change, or undoing it, sends visitors of a card elsewhere."""
    return any(_places(one.before) != _places(one.after) for one in change.hunks if one.path == FLAGS)


def _found(lines: Sequence[str], key: str) -> tuple[CardLines, CardLines]:
    """The card, and the one that holds its signature."""
    cards = read_cards(lines)
    card = cards.get(key)
    if card is None:
        raise ChangeRefused(f"There is no card called {key} any more.")
    own = any(field in card.at for field in SIGNATURE)
    head = card if own else cards[card.flag]
    if not {"signed_off_by", "signed_off_on"} <= head.at.keys():
        raise ChangeRefused(f"The card {head.key} has no lines for a signature: add them in the file, empty.")
    return card, head


def _hunks(
    lines: Sequence[str], of: tuple[CardLines, CardLines], put: Mapping[int, str], sign: Mapping[int, Sequence[str]]
) -> tuple[Hunk, ...]:
    """The heads that change, as a whole, the last of the file first."""
    fresh = {**{at: (line,) for at, line in put.items()}, **sign}
    hunks = []
    for card in sorted({one.key: one for one in of}.values(), key=lambda one: -min(one.at.values())):
        first, last = min(card.at.values()), max(card.at.values())
        before = tuple(lines[first : last + 1])
        after = tuple(line for at in range(first, last + 1) for line in fresh.get(at, (lines[at],)))
        if after != before:
            hunks.append(Hunk(FLAGS, first + 1, before, after))
    return tuple(hunks)


def _signature(
    lines: Sequence[str], head: CardLines, signed: tuple[str, ...] = ("", "", "")
) -> dict[int, tuple[str, ...]]:
    """The lines of a signature in the place of those that are there; the hash follows the day where it has no line."""
    by, on, words = (head.at.get(field, -1) for field in SIGNATURE)
    indent = _parts(lines[on])[0].removesuffix("signed_off_on: ")
    last = (f'{indent}signed_off_words: "{signed[2]}"',) if signed[2] else ()
    put = {by: (_line(lines[by], signed[0], "signed_off_by"),), on: (_line(lines[on], signed[1], "signed_off_on"),)}
    return {**put, words: last} if words >= 0 else {**put, on: (*put[on], *last)}


def _line(raw: str, text: str, field: str) -> str:
    """A line with another text, the note behind it kept."""
    lead, _, note = _parts(raw)
    bare = field == "title" and written(text, quoted=True) == text
    return f"{lead}{text if bare else _quoted(text)}{note}"


def _quoted(text: str) -> str:
    said = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{said}"'


def _parts(raw: str) -> tuple[str, str, str]:
    """What stands before a text, the text as it is written, and what stands behind it."""
    field = _FIELD.match(raw)
    found = _SCALAR.match(field["rest"]) if field else None
    if field is None or found is None:
        raise ChangeRefused(f"“{raw.strip()[:40]}” stands on several lines: it is edited in the file.")
    return field["lead"], found["said"], found["note"]


def _tidy(field: str, typed: str) -> str:
    text, longest = " ".join(typed.split()), LONGEST.get(field, LONGEST["title"])
    if not text:
        raise ChangeRefused(f"There are no words in “{field}”.")
    if len(text) > longest:
        raise ChangeRefused(f"“{field}” has {longest} letters at most, this has {len(text)}.")
    if hidden := next((one for one in text if not one.isprintable()), ""):
        raise ChangeRefused(f"“{field}” holds the invisible sign U+{ord(hidden):04X}: take it out.")
    if claim := _CLAIM.search(text):
        raise ChangeRefused(f"“{claim[0]}” in “{field}”: a card names what can need care, never what somebody has.")
    return text


def _places(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.lstrip().startswith("destination:")]


def _outside_blocks(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines below `flags:` that are not inside a text of several lines, with their places."""
    begun, depth = False, -1
    for at, line in enumerate(lines):
        if not begun:
            begun = line.rstrip() == "flags:"
            continue
        if line and not line[0].isspace() and not line.startswith(("-", "#")):
            return
        if depth >= 0 and (not line.strip() or len(line) - len(line.lstrip(" ")) > depth):
            continue
        block = _BLOCK.match(line)
        depth = len(block["indent"]) if block else -1
        yield at, line
