"""A clinic's web page, as HTML or as the text one copies from it, turned into sections in the author's words."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import trafilatura
from trafilatura.metadata import extract_metadata

from clinic.knowledge.articles.markdown import guess_aspect
from clinic.knowledge.model import ArticleError

FEWEST_WORDS = 40  # a page with less text is navigation, not an article
_DROP = re.compile(
    r"^(?:.{0,40}\blogo|(?:\d+\s*)?min(?:ute)?s?[ -]read|posted\b.*|published\b.{0,40}"
    r"|share this (?:page|article|post)"
    r"|share|print|back to top|cookie.*|skip to (?:main )?content|home|menu|search|book (?:now"
    r"|online|an appointment))$",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"^(?:last\s+)?(?:updated|reviewed)(?:\s+on)?\s*:?\s*(.+)$", re.IGNORECASE)
_BYLINE = re.compile(r"^(?:written |posted )?by:?\s+([A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){1,3})$")
_RELATED = re.compile(r"^related (?:article|page|post|reading)s?:\s*(.+)$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[•●▪◦*–-]|\d{1,2}[.)])\s+(.*)$")
_DIAGNOSIS = re.compile(
    r"\bdiagnos\w*|\bexamination\b|\bMRI\b|\bx-?rays?\b|\bscan\b|\bassessment\b|\bclinician\b|\brefer\b", re.IGNORECASE
)


@dataclass(slots=True)
class PagePart:
    """A heading of the page, or one that was inferred, and its lines; bullets begin with `- `."""

    heading: str
    aspect: str
    lines: list[str] = field(default_factory=list)
    inferred: bool = False


@dataclass(slots=True)
class Page:
    """What a page says, in its author's words; `updated` is an ISO date or empty."""

    title: str
    parts: list[PagePart] = field(default_factory=list)
    category: str = ""
    author: str = ""
    updated: str = ""
    url: str = ""
    related: list[str] = field(default_factory=list)


def read_html(html: str, url: str = "") -> Page:
    """The article of an HTML page, found by trafilatura: navigation, footers, scripts and forms are left out.

    Raises ArticleError when hardly any text remains.
    """
    body = trafilatura.extract(
        html, url=url or None, output_format="markdown", include_comments=False, include_links=False,
        include_images=False, include_tables=True, include_formatting=True, favor_recall=True, deduplicate=False,
    )  # fmt: skip
    if not body:
        raise ArticleError("no article text on the page: is it only navigation?")
    meta = extract_metadata(html, default_url=url or None)
    page = read_text_page(re.sub(r"(?<!\\)(\*\*|__)", "", body), meta.title or "")
    page.author = page.author or (meta.author or "")
    page.updated = page.updated or (meta.date or "")[:10]
    page.url = url or meta.url or ""
    return page


def read_text_page(text: str, title: str = "") -> Page:
    """The article of a page's plain text; `# ` marks headings where they are known, else short lines are.

    Raises ArticleError when there is no title or hardly any text.
    """
    lines = [line.strip() for line in text.splitlines()]
    page = Page(title)
    kept = [line for line in lines if line and not _take_fact(page, line)]
    marked = any(line.startswith("#") for line in kept)
    if not page.title:
        page.title, page.category = _find_title(kept, marked)
    for place in range(len(kept)):
        _add_line(page, kept, place, marked)
    _infer_diagnosis(page)
    page.parts = [part for part in page.parts if part.lines]
    words = sum(len(line.split()) for part in page.parts for line in part.lines)
    if not page.title:
        raise ArticleError("no title on the page")
    if words < FEWEST_WORDS:
        raise ArticleError(f"only {words} words of text on the page: is it only navigation?")
    return page


def _take_fact(page: Page, line: str) -> bool:
    """Whether the line is about the page and not of it; what it tells is kept."""
    bare = line.lstrip("#").strip()
    if match := _RELATED.match(bare):
        page.related.append(match.group(1).strip())
    elif (match := _UPDATED.match(bare)) and (day := read_date(match.group(1))):
        page.updated = day
    elif match := _BYLINE.match(bare):
        page.author = page.author or match.group(1)
    else:
        return bool(_DROP.match(bare)) or not bare
    return True


def read_date(text: str) -> str:
    """An ISO date from `03/10/2022` (day first, as in Britain), `2022-10-03` or `3 October 2022`; else ""."""
    if match := re.search(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", text):
        year, month, day = map(int, match.groups())
    elif match := re.search(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b", text):
        day, month, year = map(int, match.groups())
    elif match := re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?\s+(\d{4})\b", text):
        named = [at for at, name in enumerate(month_name) if at and name.lower().startswith(match.group(2).lower())]
        day, month, year = int(match.group(1)), named[0] if named else 0, int(match.group(3))
    else:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _find_title(lines: Sequence[str], marked: bool) -> tuple[str, str]:
    """The line at the top that the rest of the page repeats most, and the short line before it."""
    if marked:
        first = next(line for line in lines if line.startswith("#"))
        return first.lstrip("#").strip(), ""
    top = [line for line in lines[:6] if _is_short(line)]
    rest = " ".join(lines).casefold()
    if not top:
        return "", ""
    title = max(top, key=lambda line: (rest.count(line.casefold()), -top.index(line)))
    before = top[: top.index(title)]
    return title, before[-1] if before else ""


def _add_line(page: Page, lines: Sequence[str], place: int, marked: bool) -> None:
    line = lines[place]
    if not page.parts:
        page.parts.append(PagePart("Overview", "overview"))
    if line.startswith("#") or (not marked and _is_heading(lines, place)):
        heading = line.lstrip("#").strip()
        if heading.casefold() not in (page.title.casefold(), page.category.casefold()):
            page.parts.append(PagePart(heading, guess_aspect(_beside(heading, page.title))))
        return
    bullet = _BULLET.match(line)
    follows = place + 1 < len(lines) and bool(_BULLET.match(lines[place + 1]))
    if not bullet and follows and line.endswith(":") and guess_aspect(line) == "risk_groups":
        page.parts.append(PagePart("Commonly seen in", "risk_groups", inferred=True))
    if not bullet and place and _BULLET.match(lines[place - 1]) and page.parts[-1].inferred:
        page.parts.append(PagePart("More", "overview", inferred=True))
    page.parts[-1].lines.append(f"- {bullet.group(1)}" if bullet else line)


def _is_short(line: str) -> bool:
    return len(line.split()) <= 12 and not re.search(r"[.!;,:]$", line)


def _is_heading(lines: Sequence[str], place: int) -> bool:
    """A short line without a stop at its end, with text after it, that is no bullet."""
    line = lines[place]
    return _is_short(line) and not _BULLET.match(line) and place + 1 < len(lines)


def _beside(heading: str, title: str) -> str:
    """A heading without the title in it, so that its aspect is not guessed from the title."""
    return re.sub(re.escape(title), "", heading, flags=re.IGNORECASE) or heading


def _infer_diagnosis(page: Page) -> None:
    """Paragraphs about diagnosis that follow a list without a heading get one of their own."""
    if any(part.aspect == "diagnosis" for part in page.parts):
        return
    for part in page.parts:
        if part.inferred and part.heading == "More" and len(_DIAGNOSIS.findall(" ".join(part.lines))) >= 2:
            part.heading, part.aspect = "Diagnosis", "diagnosis"
