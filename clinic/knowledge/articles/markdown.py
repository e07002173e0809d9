"""From the Markdown of an article to its sections; headings may carry `{#anchor aspect=... facet=...}`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from clinic.knowledge.articles.aspects import guess_aspects
from clinic.knowledge.articles.segmentation import Block, join_blocks
from clinic.knowledge.model import ASPECTS, ArticleError, Section

_ATTRIBUTES = re.compile(r"\s*\{([^{}]*)\}\s*$")
# What a question asks for, by its words; a question may ask for several things.
_ASKED = (
    ("treatment", r"\btreat|\btherap|\bcur(?:e|ed|es|ing)\b|\bsurg(?:ery|ical)|\bmedic(?:ation|ine)|\bdrugs?\b"
                  r"|\bmanag(?:e|ing)|\breliev|\brelief\b|\bremed|\binject|\boperation|\btransplant|\bfix(?:ed)?\b"),
    ("causes", r"\bcaus|\bwhy\b|\btrigger|\binherit|\bgenetic|\bhereditary|\bruns? in|\breasons? for|\bdue to\b"
               r"|\bbring(?:s|ing)? (?:it|this) on|\bmakes? (?:it|this) worse|\bexacerbat"),
    ("symptoms", r"\bsymptom|\bsigns?\b|\bfeels? like"),
    ("diagnosis", r"\bdiagnos|\btest(?:s|ed|ing)?\b|\bscans?\b|\bx-?rays?\b|\bmri\b|\bdetect|\bstages?\b|\bscreening"),
    ("recovery", r"\bprogno|\boutlook|\blife expectancy|\bhow long\b|\brecover|\bsurviv|\blong[- ]term|\bheal\b"
                 r"|\bheals\b|\bhealing\b|\bcomplications?\b"),
    ("prevention", r"\bprevent|\bavoid"), ("exercises", r"\bexercises\b|\bstretch"),
    ("risk_groups", r"\bwho (?:gets|is|are)\b|\bat risk\b|\brisk factor|\bhow common|\brisk of (?:getting|developing)"),
)  # fmt: skip


@dataclass(slots=True)
class _Draft:
    heading: str = "Overview"
    anchor: str = "overview"
    aspects: tuple[str, ...] = ("overview",)
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """The row of a table that is being read, and the names of its columns."""

    cells: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)

    def begin(self, token: Token) -> None:
        if token.type == "table_open":
            self.head = []
        if token.type == "tr_open":
            self.cells = []

    def end_row(self) -> str:
        """The row in a line that can be read aloud; empty for the names of the columns."""
        if not self.head and any(self.cells):
            self.head = self.cells
            return ""
        return join_row(self.cells, self.head)


def join_row(row: list[str], head: list[str]) -> str:
    """The cells of a row in a line, each after its column's name where the columns have names."""
    if head and len(head) == len(row):
        named = ((name, cell) for name, cell in zip(head, row, strict=True) if cell)
        return "; ".join(f"{name}: {cell}" if name else cell for name, cell in named)
    told = [cell for cell in row if cell]
    return f"{told[0]}: {'; '.join(told[1:])}" if len(told) > 1 else "".join(told)


def read_sections(body: str, name: str, offset: int = 0) -> tuple[Section, ...]:
    """The sections of a Markdown body; `name` and `offset` (lines before it) are for messages.

    Text before the first heading becomes an overview. A heading without an aspect has it guessed from its words.
    Raises ArticleError for an unknown aspect and for an anchor used twice.
    """
    drafts, sub, item, table = [_Draft()], ("", ""), 0, _Table()
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    for index, token in enumerate(tokens):
        item += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type == "tr_close" and (row := table.end_row()):
            drafts[-1].blocks.append(Block(row, *sub, item=True))
        if token.type != "inline":
            table.begin(token)
            continue
        before = tokens[index - 1]
        if before.type in ("th_open", "td_open"):
            table.cells.append(_plain(token))
        elif before.type == "heading_open":
            heading, given = _read_heading(token, f"{name}:{offset + (token.map or [0])[0] + 1}")
            if before.tag in ("h1", "h2"):
                drafts.append(_Draft(heading, given.get("id", slugify(heading)), tuple(given["aspect"].split(","))))
                sub = ("", given.get("facet", ""))
            else:
                sub = (heading, given.get("facet", ""))
        elif text := _plain(token):
            drafts[-1].blocks.append(Block(text, *sub, item=item > 0))
    return _close(drafts, name)


def asked_aspects(question: str) -> frozenset[str]:
    """The aspects a question asks for, by its words; none when it does not say."""
    low = question.casefold()
    return frozenset(aspect for aspect, pattern in _ASKED if re.search(pattern, low))


def slugify(text: str) -> str:
    """Small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold().replace("'", "").replace("’", "")).strip("-") or "section"


def _close(drafts: list[_Draft], name: str) -> tuple[Section, ...]:
    sections: list[Section] = []
    anchors: set[str] = set()
    for draft in drafts:
        if not draft.blocks:
            continue
        if draft.anchor in anchors:
            draft.anchor = f"{draft.anchor}-{len(sections) + 1}"
        anchors.add(draft.anchor)
        first, *also = draft.aspects
        text, passages = join_blocks(draft.blocks)
        sections.append(Section(draft.anchor, draft.heading, first, text, passages, tuple(also)))
    return tuple(sections)


def _read_heading(token: Token, where: str) -> tuple[str, dict[str, str]]:
    text = _plain(token)
    given: dict[str, str] = {}
    if match := _ATTRIBUTES.search(text):
        text = text[: match.start()]
        for word in match.group(1).split():
            key, _, value = word.partition("=")
            given["id" if key.startswith("#") else key] = key[1:] if key.startswith("#") else value
    given.setdefault("aspect", ",".join(guess_aspects(text)))
    for aspect in given["aspect"].split(","):
        if aspect not in ASPECTS:
            raise ArticleError(f"{where}: unknown aspect `{aspect}`: use one of {', '.join(ASPECTS)}")
    return text, given


def _plain(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type in ("text", "code_inline"):
            parts.append(child.content)
    return " ".join("".join(parts).split())
