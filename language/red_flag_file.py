"""`data/red_flags.yml` by its lines alone: what is taught by example, and everything else in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LIST = re.compile(r"^(?P<indent>\s*)(?:- )?(?:examples|look_alikes):\s*\|[+-]?\s*$")


def split_examples(text: str) -> tuple[str, str]:
    """The file without the lines of `examples` and `look_alikes`, and those lines under a count of their lists.

    Where the first part of two files is the same, the same lists, rules and cards are taught, by other examples.
    """
    lines = text.split("\n")
    inside = examples_at(lines)
    others = [line for at, line in enumerate(lines) if at not in inside]
    return "\n".join(others), "\n".join(
        f"{count} {lines[at].strip()}" for at, count in inside.items() if lines[at].strip()
    )


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
