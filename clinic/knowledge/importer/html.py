"""A clinic's web page as HTML, of any make, turned into parts in the author's words."""

from __future__ import annotations

import re
from collections import Counter

from clinic.knowledge.importer.assembly import add_blocks
from clinic.knowledge.importer.html_blocks import read_blocks
from clinic.knowledge.importer.html_tree import main_elements, parse_html, remove_surroundings
from clinic.knowledge.importer.metadata import (
    find_address,
    find_author,
    find_browser_title,
    find_date,
    find_heading,
    find_site,
)
from clinic.knowledge.importer.page import BlockKind, Loss, Page, PageBlock
from clinic.knowledge.importer.page_facts import take_facts
from clinic.knowledge.model import ArticleError

_NO_TITLE = re.compile(
    r"(?:home(?:page| page)?|untitled.*|(?:new )?(?:page|document).*|index.*|welcome|)$", re.IGNORECASE
)
FEWEST_WORDS = 40  # a page with less text is navigation, not an article
_LINE = 12  # words of a line above the title: a menu's, a category
_BEARABLE = 0.1  # a page whose marked content leaves out more than this is read whole


def read_html(html: str, url: str = "") -> Page:
    """The page with everything its author wrote; navigation, footers, scripts and forms are left out.

    Where what the page marks as its content leaves much out, all of the page is walked. Raises ArticleError when
    hardly any text remains.
    """
    root = parse_html(html)
    page = Page("", author=find_author(root), updated=find_date(root), url=url or find_address(root))
    told, site = find_browser_title(root), find_site(root)
    body, left_out = remove_surroundings(root)
    if left_out:
        page.notes.append(f"left out as not the article's: {', '.join(f'“{one} …”' for one in left_out[:4])}")
    main = main_elements(body)
    page.title = find_heading(root, main, site)
    every = take_facts(Page(""), read_blocks([body], body))
    blocks = take_facts(page, read_blocks(main, body))
    if count_words(blocks) < (1 - _BEARABLE) * count_words(every):
        blocks = take_facts(page, read_blocks([body], body))
    page.title = page.title or _title_of(blocks, told)
    finish(page, _from_title(page, blocks), every)
    return page


def finish(page: Page, blocks: list[PageBlock], every: list[PageBlock]) -> None:
    """Give the page its parts and what was lost; raises ArticleError without a title or with hardly any text."""
    add_blocks(page, blocks)
    page.loss = find_loss(page, every)
    if not page.title:
        raise ArticleError("no title on the page")
    if page.words < FEWEST_WORDS:
        raise ArticleError(f"only {page.words} words of text on the page: is it only navigation?")


def count_words(blocks: list[PageBlock]) -> int:
    """How many words stand in the blocks."""
    return sum(one.words for one in blocks)


def find_loss(page: Page, every: list[PageBlock]) -> Loss:
    """What of all blocks is in none of the page's parts."""
    kept = Counter([page.title.casefold(), page.category.casefold()])
    for part in page.parts:
        kept.update([part.heading.casefold()])
        kept.update(line.removeprefix("### ").removeprefix("- ").casefold() for line in part.lines)
    lost = [one for one in every if not kept[one.text.casefold()]]
    headings = [one for one in every if one.kind is BlockKind.HEADING]
    gone = sorted((one for one in lost if one.kind is not BlockKind.HEADING), key=lambda one: -one.words)
    return Loss(
        count_words(lost),
        count_words(every),
        tuple(one.text for one in lost if one.kind is BlockKind.HEADING),
        len(headings),
        tuple(" ".join(one.text.split()[:8]) + (" …" if one.words > 8 else "") for one in gone),
    )


def _title_of(blocks: list[PageBlock], told: str) -> str:
    """The first heading where nothing but short lines stands above it, or the browser says the same, or something that
    the page does not speak of, as the clinic's name; else what the browser says.
    """
    at = next((place for place, one in enumerate(blocks) if one.kind is BlockKind.HEADING), None)
    if at is None:
        return told
    first = blocks[at].text
    same = bool(told) and (first.casefold() in told.casefold() or told.casefold() in first.casefold())
    opens = all(one.words <= _LINE for one in blocks[:at])
    return first if same or opens or _NO_TITLE.match(told) or not _speaks_of(blocks, told) else told


def _speaks_of(blocks: list[PageBlock], told: str) -> bool:
    """Whether every longer word of a title stands in the page's text."""
    text = " ".join(one.text for one in blocks).casefold()
    return all(word in text for word in re.findall(r"\w{4,}", told.casefold()))


def _from_title(page: Page, blocks: list[PageBlock]) -> list[PageBlock]:
    """Without the short lines above the title: the site's name, a category, a menu that nothing marked as one."""
    at = next((place for place, one in enumerate(blocks) if one.text == page.title), 0)
    above = [one for one in blocks[:at] if one.words > _LINE or one.text.endswith(".")]
    return [*above, *blocks[at:]]
