"""The text one copies from a clinic's page, without any marks, turned into parts in the author's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clinic.knowledge.articles.aspects import guess_aspects
from clinic.knowledge.importer.html import finish
from clinic.knowledge.importer.page import BlockKind, Page, PageBlock
from clinic.knowledge.importer.page_facts import take_facts

_BULLET = re.compile(r"^\s*(?:[•●▪◦*·–-]|\d{1,2}[.)])\s+(.*)$")
_LONG = 12  # a line of so many words is no heading


def read_text_page(text: str) -> Page:
    """The article of a page's plain text: short lines with text below them are its headings.

    Raises ArticleError when there is no title or hardly any text.
    """
    page = Page("")
    lines = [line.strip() for line in text.splitlines()]
    every = [PageBlock(BlockKind.PARAGRAPH, " ".join(line.split())) for line in lines if line]
    kept = [one.text for one in take_facts(page, every)]
    page.title, start = _find_title(page, kept)
    blocks = [_to_block(kept, place) for place in range(start, len(kept))]
    above = [PageBlock(BlockKind.PARAGRAPH, line) for line in kept[:start]]
    finish(page, blocks, [*above, *blocks])
    return page


def _find_title(page: Page, lines: Sequence[str]) -> tuple[str, int]:
    """The line above the text that the page repeats most, and where the text begins.

    What stands above it is a menu, a logo or the category: the short line right before it is taken for the latter
    where there are few.
    """
    first = next((place for place, line in enumerate(lines) if not _is_short(line)), len(lines))
    top = [place for place in range(first) if not _BULLET.match(lines[place])]
    if not top:
        return "", 0
    rest = " ".join(lines).casefold()
    title = max(top, key=lambda place: (_repeats(lines[place], rest), place if len(top) > 8 else -place))
    before = [place for place in top if place < title]
    page.category = lines[before[-1]] if before and len(before) <= 3 else ""
    return lines[title], title + 1


def _repeats(line: str, text: str) -> int:
    """How often the text says this; a word that stands for itself in a menu is no title."""
    return text.count(line.casefold()) * min(len(line.split()), 3) if guess_aspects(line) == ("overview",) else 0


def _to_block(lines: Sequence[str], place: int) -> PageBlock:
    if bullet := _BULLET.match(lines[place]):
        return PageBlock(BlockKind.ITEM, bullet.group(1))
    heading = _is_heading(lines, place)
    return PageBlock(BlockKind.HEADING if heading else BlockKind.PARAGRAPH, lines[place], 2 if heading else 0)


def _is_short(line: str) -> bool:
    return len(line.split()) <= _LONG and not re.search(r"[.!;,:]$", line)


def _is_heading(lines: Sequence[str], place: int) -> bool:
    """A short line without a stop at its end, with text below it; one above another only where it names an aspect."""
    if not _is_short(lines[place]) or place + 1 >= len(lines):
        return False
    return not _is_short(lines[place + 1]) or guess_aspects(lines[place]) != ("overview",)
