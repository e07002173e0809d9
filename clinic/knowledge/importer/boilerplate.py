"""What many pages of one site share: the clinic's own blurb, opening hours, "book with us". It is no article's text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from clinic.knowledge.importer.page import Page

_PAGES = 5  # fewer pages share a paragraph by chance, or because they are about one thing
_SHARE = 0.3


def remove_shared(pages: Sequence[Page]) -> None:
    """Take out of every page the lines that stand in 30% of five or more pages, headings left bare with them."""
    if len(pages) < _PAGES:
        return
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_key(line) for part in page.parts for line in part.lines})
    least = max(_PAGES - 1, _SHARE * len(pages))
    for page in pages:
        removed = 0
        for part in page.parts:
            kept = [line for line in part.lines if counts[_key(line)] < least or len(line.split()) < 4]
            removed += sum(len(line.split()) for line in part.lines) - sum(len(line.split()) for line in kept)
            part.lines = [] if all(_is_furniture(line, counts, least) for line in kept) else kept
        page.parts = [part for part in page.parts if part.lines]
        if removed:
            page.notes.append(f"{removed} words that many of these pages share were left out")


def _is_furniture(line: str, counts: Counter[str], least: float) -> bool:
    return counts[_key(line)] >= least or line.startswith("### ")


def _key(line: str) -> str:
    return " ".join(line.casefold().split())
