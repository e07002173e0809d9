"""A walk over an HTML tree that gives its headings, paragraphs, list items and table rows, every word once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from clinic.knowledge.importer.block_rules import (
    HEADINGS,
    has_blocks,
    heading_level,
    heading_texts,
    is_inline,
    is_link_list,
    join_wrapped,
    looks_like_heading,
    settle_headings,
)
from clinic.knowledge.importer.html_tree import Element
from clinic.knowledge.importer.page import BlockKind, PageBlock
from clinic.knowledge.importer.panels import Panels, find_panels, is_toggle
from clinic.knowledge.importer.tables import is_data_table, read_rows

_BOLD = frozenset({"b", "strong", "u", "big"})
_BOLD_STYLE = re.compile(r"font-weight:\s*(?:bold|[6-9]00)|text-decoration:\s*underline")
_BOLD_CLASS = re.compile(r"(?:^|\s)(?:bold|fw-bold|font-bold|font-weight-bold|MsoTitle)(?:\s|$)")
_CAPITALS = 4  # letters; a whole line of so many capitals is a heading as a bold one is
_BULLET = re.compile(r"^\s*(?:[•●▪◦·∙‣⁃*§]|[–—-](?=\s)|\(?\d{1,2}[.)](?=\s)|o(?=\s{2,}))\s*(.+)$", re.DOTALL)


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
        for place, (line, bold) in enumerate(join_wrapped(lines)):
            text = " ".join(line.split())
            bullet = _BULLET.match(line.strip())
            if bullet and not item:
                self.blocks.append(PageBlock(BlockKind.ITEM, " ".join(bullet.group(1).split())))
            elif item and place == 0:
                self.blocks.append(PageBlock(BlockKind.ITEM, text))
            elif (bold or _is_capitals(text)) and looks_like_heading(text):
                self._heading(text, min(self._level + 1, 6), guessed=True)
            else:
                self.blocks.append(PageBlock(BlockKind.PARAGRAPH, text))

    def _child(self, child: Element, bold: bool) -> None:
        tag = child.tag
        if child in self._panels.triggers or (tag == "button" and not is_toggle(child)):
            return
        if tag == "br":
            self._run.pieces.append(("\n", False))
        elif level := heading_level(child):
            self._take_heading(child, level)
        elif is_inline(child) and not has_blocks(child):
            self.walk(child, bold or _is_bold(child))
        elif tag == "li":
            self._item(child)
        elif tag == "table" and is_data_table(child):
            self.flush()
            self.blocks += [PageBlock(BlockKind.ITEM, row) for row in read_rows(child)]
        elif not is_link_list(child):
            self.flush()
            self.walk(child, (is_inline(child) and bold) or _is_bold(child))
            self.flush()

    def _item(self, child: Element) -> None:
        self.flush()
        inner = any(heading_level(one) for one in child.iterdescendants() if isinstance(one.tag, str))
        self._run.item = not inner
        for one in list(child):  # `<li><p>text</p></li>` is an item as `<li>text</li>` is
            if one.tag in ("p", "div") and not inner and not (child.text or "").strip() and not has_blocks(one):
                one.tag = "span"
                one.tail = f" {one.tail or ''}"
            break
        self.walk(child)
        self.flush()

    def _take_heading(self, child: Element, level: int) -> None:
        self.flush()
        real = child.tag in HEADINGS or child.get("role") == "heading"
        text = " ".join(" ".join(str(one) for one in heading_texts(child)).split())
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


def _is_capitals(text: str) -> bool:
    return text.isupper() and sum(one.isalpha() for one in text) >= _CAPITALS


def _is_bold(element: Element) -> bool:
    """Whether its text stands out, as headings do that are none: bold, underlined or in large letters."""
    style, names = str(element.get("style", "")), str(element.get("class", ""))
    large = element.tag == "font" and re.match(r"\+?[4-7]$|\+[1-3]$", str(element.get("size", "")))
    return element.tag in _BOLD or bool(large or _BOLD_STYLE.search(style) or _BOLD_CLASS.search(names))


def read_blocks(elements: list[Element], root: Element) -> list[PageBlock]:
    """The blocks of the elements, in order; `root` is the whole page, where panels find their buttons."""
    walk = BlockWalk(find_panels(root))
    for element in elements:
        walk.walk(element)
        walk.flush()
    return settle_headings(walk.blocks)
