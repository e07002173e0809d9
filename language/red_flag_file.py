"""`data/red_flags.yml` by its lines alone: what is taught by example, and everything else in it."""

from __future__ import annotations

import re

_LIST = re.compile(r"^(?P<indent>\s*)(?:- )?(?:examples|look_alikes):\s*\|[+-]?\s*$")


def split_examples(text: str) -> tuple[str, str]:
    """The file without the lines of `examples` and `look_alikes`, and those lines under a count of their lists.

    Where the first part of two files is the same, the same lists, rules and cards are taught, by other examples.
    """
    others: list[str] = []
    examples: list[str] = []
    indent, lists = -1, 0
    for line in text.split("\n"):
        if indent >= 0 and (not line.strip() or len(line) - len(line.lstrip(" ")) > indent):
            if line.strip():
                examples.append(f"{lists} {line.strip()}")
            continue
        indent = -1
        others.append(line)
        if found := _LIST.match(line):
            indent, lists = len(found["indent"]), lists + 1
    return "\n".join(others), "\n".join(examples)
