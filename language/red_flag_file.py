"""`data/red_flags.yml` by its lines alone: what is taught by example, what a card says, and everything else in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TEXT = re.compile(r"^(?P<indent>\s*)(?:- )?(?P<name>\w+):\s*\|[+-]?\s*$")
_LIST = re.compile(r"^(?P<indent>\s*)(?:- )?(?:examples|look_alikes):\s*\|[+-]?\s*$")
_CARD = ("title", "message", "meaning", "waiting", "avoid", "source")
_SAID = re.compile(rf"^(?: {{2}}| {{4}})(?:{'|'.join(_CARD)}|signed_off_\w+): ")


def split_examples(text: str) -> tuple[str, str]:
    """The file without the lines of `examples` and `look_alikes`, and those lines under a count of their lists.

    What a card says and who signed it is in neither: nothing is learned from it. Where the first part of two files is
    the same, the same lists, rules and places are taught, by other examples.
    """
    lines = text.split("\n")
    inside = examples_at(lines)
    others = [line for at, line in enumerate(lines) if at not in inside and not _SAID.match(line)]
    return "\n".join(others), "\n".join(
        f"{count} {lines[at].strip()}" for at, count in inside.items() if lines[at].strip()
    )


def without_lists(text: str) -> str:
    """The file with every list of lines (phrases, examples, words) left empty; all other lines keep their numbers."""
    depth, kept = -1, []
    for line in text.split("\n"):
        if depth >= 0 and (not line.strip() or len(line) - len(line.lstrip(" ")) > depth):
            kept.append("")
            continue
        begun = _TEXT.match(line)
        depth = len(begun["indent"]) if begun and begun["name"] not in _CARD else -1
        kept.append(line)
    return "\n".join(kept)


def examples_at(lines: Sequence[str]) -> dict[int, int]:
    """The places of the lines inside lists of `examples` and `look_alikes`, each with the number of its list."""
    found: dict[int, int] = {}
    indent, lists = -1, 0
    for at, line in enumerate(lines):
        if indent >= 0 and (not line.strip() or len(line) - len(line.lstrip(" ")) > indent):
            found[at] = lists
            continue
        indent = -1
        if begun := _LIST.match(line):
            indent, lists = len(begun["indent"]), lists + 1
    return found
