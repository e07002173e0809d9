"""A text rewritten for reading, whose characters know where they stood."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text, and for each of its characters the first and the last place it came from."""

    text: str
    first: tuple[int, ...]
    last: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Rewritten:
        """The text as it is."""
        places = tuple(range(len(text)))
        return cls(text, places, places)

    def replace(self, pattern: re.Pattern[str], write: Callable[[re.Match[str]], str]) -> Rewritten:
        """The text with every match of `pattern` written anew; what is new stands for the whole of its match."""
        text, first, last, at = "", list[int](), list[int](), 0
        for match in pattern.finditer(self.text):
            new = write(match)
            if new == match.group() or match.end() == match.start():
                continue
            kept = slice(at, match.start())
            text += self.text[kept] + new
            first += [*self.first[kept], *[self.first[match.start()]] * len(new)]
            last += [*self.last[kept], *[self.last[match.end() - 1]] * len(new)]
            at = match.end()
        rest = slice(at, None)
        return Rewritten(text + self.text[rest], (*first, *self.first[rest]), (*last, *self.last[rest]))

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of this text stood in the text as typed."""
        return self.first[start], self.last[end - 1] + 1
