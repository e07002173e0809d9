"""A walk over an HTML tree that gives its headings, paragraphs, list items and table rows, every word once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from clinic.knowledge.importer.html_tree import Element, words_in
from clinic.knowledge.importer.page import BlockKind, PageBlock
from clinic.knowledge.importer.panels import Panels, find_panels, is_toggle
from clinic.knowledge.importer.tables import is_data_table, read_rows

_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "img", "picture", "source", "output", "meter", "progress",
})  # fmt: skip
_BOLD = frozenset({"b", "strong"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BULLET = re.compile(r"^\s*(?:[•●▪◦·∙‣⁃*§]|[–—-](?=\s)|\(?\d{1,2}[.)](?=\s)|o(?=\s{2,}))\s*(.+)$", re.DOTALL)
_LONGEST_HEADING = 14


@dataclass(slots=True)
class _Run:
    """Text in a row, without a block between: pieces, each with whether it is bold."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    item: bool = False

    def lines(self) -> Iterator[tuple[str, bool]]:
        """The run cut at its line breaks, each line with whether all of it is bold."""
        line: list[tuple[str, bool]] = []
        for text, bold in [*self.pieces, ("\n", False)]:
            if text == "\n":
                whole = "".join(one for one, _ in line)
                if whole.split():
                    yield whole.replace("\xa0", " "), all(is_bold for one, is_bold in line if one.split())
                line = []
            else:
                line.append((text, bold))


class BlockWalk:
    """Walks elements and gathers their blocks."""

    def __init__(self, panels: Panels) -> None:
        self.blocks: list[PageBlock] = []
        self._panels = panels
        self._run = _Run()
        self._level = 1

    def walk(self, element: Element, bold: bool = False) -> None:
        """Take in what stands in the element; what follows it is its parent's."""
        if heading := self._panels.headings.get(element):
            self._heading(heading, min(self._level + 1, 6))
        self._add(element.text, bold)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, bold)
            self._add(child.tail, bold)

    def flush(self) -> None:
        """End the run of text: its lines become blocks."""
        lines = list(self._run.lines())
        item, self._run = self._run.item, _Run()
        for place, (line, bold) in enumerate(_join_wrapped(lines)):
            text = " ".join(line.split())
            bullet = _BULLET.match(line.strip())
            if bullet and not item:
                self.blocks.append(PageBlock(BlockKind.ITEM, " ".join(bullet.group(1).split())))
            elif item and place == 0:
                self.blocks.append(PageBlock(BlockKind.ITEM, text))
            elif bold and _looks_like_heading(text):
                self._heading(text, min(self._level + 1, 6), guessed=True)
            else:
                self.blocks.append(PageBlock(BlockKind.PARAGRAPH, text))

    def _child(self, child: Element, bold: bool) -> None:
        tag = child.tag
        if child in self._panels.triggers or (tag == "button" and not is_toggle(child)):
            return
        if tag == "br":
            self._run.pieces.append(("\n", False))
        elif level := _heading_level(child):
            self._take_heading(child, level)
        elif tag in _INLINE and not _has_blocks(child):
            self.walk(child, bold or tag in _BOLD or "bold" in str(child.get("style", "")))
        elif tag == "li":
            self._item(child)
        elif tag == "table" and is_data_table(child):
            self.flush()
            self.blocks += [PageBlock(BlockKind.ITEM, row) for row in read_rows(child)]
        elif not _is_link_list(child):
            self.flush()
            self.walk(child, bold and tag in _INLINE)
            self.flush()

    def _item(self, child: Element) -> None:
        self.flush()
        inner = any(_heading_level(one) for one in child.iterdescendants() if isinstance(one.tag, str))
        self._run.item = not inner
        for one in list(child):  # `<li><p>text</p></li>` is an item as `<li>text</li>` is
            if one.tag in ("p", "div") and not inner and not (child.text or "").strip() and not _has_blocks(one):
                one.tag = "span"
                one.tail = f" {one.tail or ''}"
            break
        self.walk(child)
        self.flush()

    def _take_heading(self, child: Element, level: int) -> None:
        self.flush()
        real = child.tag in _HEADINGS or child.get("role") == "heading"
        text = " ".join(" ".join(str(one) for one in _heading_texts(child)).split())
        if not real:
            level = min(self._level + 1, 6)
        if len(text.split()) > 30:  # a paragraph set in a heading's type
            self.walk(child)
            self.flush()
        elif text:
            self._heading(text, level)
            if real:
                self._level = max(level, 2)

    def _heading(self, text: str, level: int, guessed: bool = False) -> None:
        if text := text.strip().removesuffix(":").strip():
            self.blocks.append(PageBlock(BlockKind.HEADING, text, level, guessed))

    def _add(self, text: str | None, bold: bool) -> None:
        if text:
            self._run.pieces.append((re.sub(r"[\n\r\t ]+", " ", text), bold))


def read_blocks(elements: list[Element], root: Element) -> list[PageBlock]:
    """The blocks of the elements, in order; `root` is the whole page, where panels find their buttons."""
    walk = BlockWalk(find_panels(root))
    for element in elements:
        walk.walk(element)
        walk.flush()
    return _settle_headings(walk.blocks)


def _settle_headings(blocks: list[PageBlock]) -> list[PageBlock]:
    """A heading by its looks alone needs text below it; without, it is a paragraph."""
    settled = []
    for place, block in enumerate(blocks):
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        if block.guessed and (after is None or after.kind is BlockKind.HEADING):
            block = PageBlock(BlockKind.PARAGRAPH, block.text)
        settled.append(block)
    return settled


def _heading_level(element: Element) -> int:
    if element.get("role") == "heading":
        level = str(element.get("aria-level", "2"))
        return int(level) if level in "123456" and len(level) == 1 else 2
    if element.tag in ("summary", "dt", "caption", "legend") or is_toggle(element):
        return 6
    return _HEADINGS.get(element.tag, 0)


def _heading_texts(element: Element) -> Iterator[str]:
    """A heading's texts; words on each side of a tag stay as they stand, a line break is a space."""
    text = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            text += " " if child.tag == "br" else "".join(_heading_texts(child))
        text += child.tail or ""
    yield text


def _has_blocks(element: Element) -> bool:
    inner = (one for one in element.iterdescendants() if isinstance(one.tag, str))
    return any(one.tag not in _INLINE and one.tag != "br" for one in inner)


def _looks_like_heading(text: str) -> bool:
    return len(text.split()) <= _LONGEST_HEADING and not re.search(r"[.!;,]$", text)


def _join_wrapped(lines: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Lines that a `<br>` broke in mid-sentence are one again."""
    joined: list[tuple[str, bool]] = []
    for line, bold in lines:
        before = joined[-1] if joined else None
        if before and before[1] == bold and re.match(r"[a-z(]", line.strip()) and not re.search(r"[.!?:]\s*$", before[0]):
            joined[-1] = (f"{before[0]} {line}", bold)
        else:
            joined.append((line, bold))
    return joined


def _is_link_list(element: Element) -> bool:
    """A list of nothing but links, three or more: navigation, a table of contents, related pages."""
    if element.tag not in ("ul", "ol"):
        return False
    links = list(element.iter("a"))
    every, linked = words_in(element), sum(words_in(one) for one in links)
    return len(links) >= 3 and linked >= 0.9 * every and every < 12 * len(links)
