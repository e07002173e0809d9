"""From the blocks of a page to its parts: which heading opens a section, which stands within one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clinic.knowledge.articles.aspects import guess_aspects
from clinic.knowledge.importer.page import BlockKind, Page, PageBlock, PagePart

_DIAGNOSIS = re.compile(
    r"\bdiagnos\w*|\bexamination\b|\bMRI\b|\bx-?rays?\b|\bscan\b|\bassessment\b|\bclinician\b|\brefer\b", re.IGNORECASE
)

_FEW = 3


def add_blocks(page: Page, blocks: Sequence[PageBlock]) -> None:
    """Give the page its parts; every block becomes a heading or a line of one, in the order of the page."""
    top = _top_level(page, blocks)
    for place, block in enumerate(blocks):
        if not page.parts:
            page.parts.append(PagePart("Overview", "overview"))
        if block.kind is not BlockKind.HEADING:
            _add_line(page, blocks, place)
        elif not _is_title(page, block.text):
            _add_heading(page, block, top)
    _infer_diagnosis(page)
    page.parts = [part for part in _with_orphans(page.parts) if part.lines]


def _top_level(page: Page, blocks: Sequence[PageBlock]) -> int:
    """The level of the headings that open sections: the highest that is there beside the title."""
    levels = [one.level for one in blocks if one.kind is BlockKind.HEADING and not _is_title(page, one.text)]
    if sum(one.kind is BlockKind.HEADING and not one.guessed for one in blocks) < _FEW:
        return 6  # too few to order a page by: those in bold open sections too
    return min([level for level in levels if level > 1] or levels or [2])


def _is_title(page: Page, heading: str) -> bool:
    return heading.casefold() in (page.title.casefold(), page.category.casefold())


def _add_heading(page: Page, block: PageBlock, top: int) -> None:
    aspects = guess_aspects(_beside(block.text, page.title))
    above = page.parts[-1]
    promoted = aspects[0] not in ("overview", above.aspect) or block.text.endswith("?")
    if block.level <= top or promoted or above.heading == "Overview":
        page.parts.append(PagePart(block.text, aspects[0], aspects[1:]))
    else:
        above.lines.append(f"### {block.text}")


def _add_line(page: Page, blocks: Sequence[PageBlock], place: int) -> None:
    block = blocks[place]
    item = block.kind is BlockKind.ITEM
    after = place + 1 < len(blocks) and blocks[place + 1].kind is BlockKind.ITEM
    before = place > 0 and blocks[place - 1].kind is BlockKind.ITEM
    # "It is commonly seen in:" with a list below opens a section of its own, where the page gave it no heading.
    if not item and after and block.text.endswith(":") and guess_aspects(block.text)[0] == "risk_groups":
        page.parts.append(PagePart("Commonly seen in", "risk_groups", inferred=True))
    if not item and before and page.parts[-1].inferred:
        page.parts.append(PagePart("More", "overview", inferred=True))
    page.parts[-1].lines.append(f"- {block.text}" if item else block.text)


def _with_orphans(parts: list[PagePart]) -> list[PagePart]:
    """A heading with no text of its own is kept as a line of the section before it, so that nothing is lost."""
    kept: list[PagePart] = []
    for part in parts:
        bare = all(line.startswith("### ") for line in part.lines)
        if not bare:
            kept.append(part)
        elif kept and part.heading not in ("Overview", "More", "Commonly seen in"):
            kept[-1].lines += [part.heading, *(line.removeprefix("### ") for line in part.lines)]
    return kept


def _beside(heading: str, title: str) -> str:
    """A heading without the title in it, so that its aspect is not guessed from the title."""
    return re.sub(re.escape(title), "", heading, flags=re.IGNORECASE) if title else heading


def _infer_diagnosis(page: Page) -> None:
    """Paragraphs about diagnosis that follow a list without a heading get one of their own."""
    if any(part.aspect == "diagnosis" for part in page.parts):
        return
    for part in page.parts:
        if part.inferred and part.heading == "More" and len(_DIAGNOSIS.findall(" ".join(part.lines))) >= 2:
            part.heading, part.aspect = "Diagnosis", "diagnosis"
