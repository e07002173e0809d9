"""What the readers of pages hand on: blocks as they stand on the page, and the page that is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of a page is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class PageBlock:
    """One heading, paragraph, item of a list or row of a table, its white space made single.

    `level` is that of a heading, 1 to 6; `guessed` marks one that is a heading by its looks alone.
    """

    kind: BlockKind
    text: str
    level: int = 0
    guessed: bool = False

    @property
    def words(self) -> int:
        """How many words stand in it."""
        return len(self.text.split())


@dataclass(slots=True)
class PagePart:
    """A heading of the page, or one that was inferred, and its lines.

    Items begin with `- `, sub-headings with `### `; `also` names aspects beside the first.
    """

    heading: str
    aspect: str
    also: tuple[str, ...] = ()
    lines: list[str] = field(default_factory=list)
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Loss:
    """What of a page was not taken: words and headings of how many, and what they say, the largest first."""

    words: int = 0
    of_words: int = 0
    headings: tuple[str, ...] = ()
    of_headings: int = 0
    samples: tuple[str, ...] = ()

    @property
    def much(self) -> bool:
        """Whether somebody should look at the page before visitors are answered from it."""
        return self.words > 0.1 * self.of_words or len(self.headings) > 0.2 * self.of_headings

    def __str__(self) -> str:
        if not self.words and not self.headings:
            return ""
        named = ", ".join(f"“{one}”" for one in (*self.headings, *self.samples)[:6])
        more = len(self.headings) + len(self.samples) - 6
        counted = f"{self.words:,} of {self.of_words:,} words were not taken"
        if self.headings:
            counted = f"{len(self.headings)} of {self.of_headings} headings and {counted}"
        return f"{counted}: {named}{f' and {more} more' if more > 0 else ''}" if named else counted


@dataclass(slots=True)
class Page:
    """What a page says, in its author's words; `updated` is an ISO date or empty. `notes` are for its owner."""

    title: str
    parts: list[PagePart] = field(default_factory=list)
    category: str = ""
    author: str = ""
    updated: str = ""
    url: str = ""
    related: list[str] = field(default_factory=list)
    synonyms: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    loss: Loss = field(default_factory=Loss)

    @property
    def words(self) -> int:
        """How many words the parts hold, headings aside."""
        return sum(len(line.removeprefix("- ").split()) for part in self.parts for line in part.lines)
