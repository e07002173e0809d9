"""Lines about a page that are not of it: when it was updated, by whom, what is related, what only a screen needs."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Sequence
from datetime import date

from clinic.knowledge.importer.page import BlockKind, Page, PageBlock

_DROP = re.compile(
    r"^(?:.{0,40}\blogo|(?:(?:\d+|a|one)\s*)?min(?:ute)?s?[ -]read(?:ing time)?|reading time\b.{0,20}"
    r"|posted (?!by\b).{0,60}"
    r"|(?:published|updated|reviewed)\b.{0,20}\bago"
    r"|share this (?:page|article|post)"
    r"|share|print|back to top|cookie.{0,30}|skip to (?:main )?content|home|menu|search"
    r"|close|read more|learn more|book (?:now|online|an appointment)|all rights reserved\b.{0,40}"
    r"|(?:©|\(c\)|copyright)\s.{0,80})$",
    re.IGNORECASE,
)
_WHEN = r"(?:page |article |content )?(?:was )?(?:last |medically |next )?(?:updated|reviewed|modified|published)"
_UPDATED = re.compile(rf"^{_WHEN}(?:\s+on)?\s*:?\s*(.+)$", re.IGNORECASE)
_BYLINE = re.compile(
    r"^(?i:(?:written|posted|authored) by:?|by:?|author:)\s+"
    r"((?:Dr\.?\s+)?[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){1,3})"
    r"(?:,\s.{2,40})?$"
)
_RELATED = re.compile(
    r"^(?:related (?:article|page|post|reading)s?|see also|you may also like):\s*(.+)$", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s+[-\u2013\u2014|·•]\s+|\s*[;|]\s*")
_MONTHS = {name[:3].lower(): at for at, name in enumerate(month_name) if at}


def take_facts(page: Page, blocks: Sequence[PageBlock]) -> list[PageBlock]:
    """The blocks without the lines about the page; what those tell is kept in the page."""
    return [one for one in blocks if one.kind is BlockKind.HEADING or not _take_fact(page, one.text)]


def _take_fact(page: Page, line: str) -> bool:
    if len(line.split()) > 20:
        return False
    if match := _RELATED.match(line):
        page.related += [one.strip() for one in _BETWEEN.split(match.group(1)) if one.strip()]
    elif match := _BYLINE.match(line):
        page.author = page.author or match.group(1)
    elif _DROP.match(line) or not re.search(r"\w", line):
        return True
    elif match := _UPDATED.match(line):
        return _take_date(page, line, match.group(1))
    else:
        return False
    return True


def _take_date(page: Page, line: str, told: str) -> bool:
    """Whether the line tells when; a month or a year alone is no date, and its owner is told so."""
    if line.lower().startswith("next"):
        return bool(read_date(told))
    if day := read_date(told):
        page.updated = max(page.updated, day)
        return True
    if re.fullmatch(r"(?:[A-Za-z]{3,9}\.?,?\s+)?(?:19|20)\d\d\.?", told.strip()):
        page.notes.append(f"“{line}” names no day: `updated` was left empty")
        return True
    return False


def read_date(text: str) -> str:
    """An ISO date from `03/10/2022` (day first, as in Britain), `2022-10-03`, `3 October 2022`, `October 3, 2022`."""
    if match := re.search(r"\b(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", text):
        year, month, day = map(int, match.groups())
    elif match := re.search(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b", text):
        day, month, year = map(int, match.groups())
    elif match := re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})\b", text):
        day, month, year = int(match.group(1)), _month(match.group(2)), int(match.group(3))
    elif match := re.search(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b", text):
        month, day, year = _month(match.group(1)), int(match.group(2)), int(match.group(3))
    else:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _month(name: str) -> int:
    at = _MONTHS.get(name[:3].lower(), 0)
    return at if (at and month_name[at].lower().startswith(name.lower().rstrip("."))) or name.lower() == "sept" else 0
