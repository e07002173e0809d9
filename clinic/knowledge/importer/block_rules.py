"""What is a heading, what runs on in a line, and which lists are navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clinic.knowledge.importer.html_tree import Element, words_in
from clinic.knowledge.importer.page import BlockKind, PageBlock
from clinic.knowledge.importer.panels import is_toggle

INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "img", "picture", "source", "output", "meter", "progress",
})  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LONGEST_HEADING = 14


def settle_headings(blocks: list[PageBlock]) -> list[PageBlock]:
    """A heading by its looks alone needs text below it; without, it is a paragraph, but for the page's first line."""
    settled = []
    for place, block in enumerate(blocks):
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        if block.guessed and (after is None or after.kind is BlockKind.HEADING):
            opens = place == 0 and after is not None and after.guessed
            block = PageBlock(BlockKind.HEADING, block.text, 1) if opens else PageBlock(BlockKind.PARAGRAPH, block.text)
        settled.append(block)
    return settled


def heading_level(element: Element) -> int:
    """The level of a heading, 1 to 6, an accordion's button among them; 0 for anything else."""
    if element.get("role") == "heading":
        level = str(element.get("aria-level", "2"))
        return int(level) if level in "123456" and len(level) == 1 else 2
    if element.tag in ("summary", "dt", "caption", "legend") or is_toggle(element):
        return 6
    return HEADINGS.get(element.tag, 0)


def heading_texts(element: Element) -> Iterator[str]:
    """A heading's texts; words on each side of a tag stay as they stand, a line break is a space."""
    text = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            text += " " if child.tag == "br" else "".join(heading_texts(child))
        text += child.tail or ""
    yield text


def has_blocks(element: Element) -> bool:
    """Whether paragraphs, lists or the like stand in it."""
    inner = (one for one in element.iterdescendants() if isinstance(one.tag, str))
    return any(not is_inline(one) and one.tag != "br" for one in inner)


def is_inline(element: Element) -> bool:
    """Whether it runs on in a line, as Word's own tags do (`o:p`, `st1:place`)."""
    return element.tag in INLINE or ":" in str(element.tag)


def looks_like_heading(text: str) -> bool:
    """Whether a bold line is short and ends like a heading."""
    return len(text.split()) <= _LONGEST_HEADING and not re.search(r"[.!;,]$", text)


def join_wrapped(lines: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Lines that a `<br>` broke in mid-sentence are one again."""
    joined: list[tuple[str, bool]] = []
    for line, bold in lines:
        before = joined[-1] if joined else None
        if (
            before
            and before[1] == bold
            and re.match(r"[a-z(]", line.strip())
            and not re.search(r"[.!?:]\s*$", before[0])
        ):
            joined[-1] = (f"{before[0]} {line}", bold)
        else:
            joined.append((line, bold))
    return joined


def is_link_list(element: Element) -> bool:
    """A list of nothing but links, three or more: navigation, a table of contents, related pages."""
    if element.tag not in ("ul", "ol"):
        return False
    links = list(element.iter("a"))
    every, linked = words_in(element), sum(words_in(one) for one in links)
    return len(links) >= 3 and linked >= 0.9 * every and every < 12 * len(links)
