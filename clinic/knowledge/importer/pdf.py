"""The text of a PDF file, its lines joined to paragraphs again."""

from __future__ import annotations

import re
from io import BytesIO

from clinic.knowledge.model import ArticleError

_PAGES = 60


def read_pdf(data: bytes) -> str:
    """Paragraphs and headings as lines of their own; raises ArticleError where no text can be had."""
    from pypdf import PdfReader  # 28 MB in every process that could import an article, for the few that read a PDF
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        if len(reader.pages) > _PAGES:
            raise ArticleError(f"a PDF of {len(reader.pages)} pages: split it into articles")
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ArticleError(f"the PDF cannot be read: {error or type(error).__name__}") from None
    text = join_lines(_without_running_lines(pages))
    if len(text.split()) < 10:
        raise ArticleError("the PDF holds pictures of pages and no text: save it from the program that wrote it")
    return text


def join_lines(lines: list[str]) -> str:
    """Lines that were broken to fit the page joined; a short line before a capital, or a bullet, stays alone."""
    wide = sorted(len(line) for line in lines if line.strip())
    usual = wide[int(len(wide) * 0.75)] if wide else 0
    paragraphs: list[str] = []
    wide_before, item = False, False
    for line in (one.strip() for one in lines):
        starts = re.match(r"[•●▪◦*–]|-\s|\d{1,2}[.)]\s", line)
        if not line:
            wide_before = False
        elif paragraphs and wide_before and not starts and _runs_on(paragraphs[-1], line, item):
            before = paragraphs[-1]
            # A hyphen at the end of a line may be the word's own: it stays.
            paragraphs[-1] = f"{before}{'' if re.search(r'[a-z]-$', before) else ' '}{line}"
            wide_before = len(line) > 0.75 * usual
        else:
            paragraphs.append(line)
            item = bool(starts)
            wide_before = item or len(line) > 0.75 * usual
    return "\n\n".join(paragraphs)


def _runs_on(before: str, line: str, item: bool) -> bool:
    """Whether a line goes on with the one before: not where a sentence ended and a short line follows."""
    if line[0].islower():
        return True
    heading = bool(re.search(r"[.!?:]$", before)) and len(line.split()) <= 8 and not re.search(r"[.!?,;:]$", line)
    return not item and not heading


def _without_running_lines(pages: list[str]) -> list[str]:
    """The lines of all pages without page numbers and without what heads or foots every page."""
    split = [page.splitlines() for page in pages]
    edges = [line.strip() for lines in split for line in {*lines[:2], *lines[-2:]}]
    running = {line for line in edges if line and len(split) > 2 and edges.count(line) >= len(split) - 1}
    kept = []
    for lines in split:
        kept += [
            one
            for one in lines
            if one.strip() not in running
            and not re.fullmatch(r"\s*(?:page\s*)?\d+(?:\s*(?:/|of)\s*\d+)?\s*", one, re.IGNORECASE)
        ]
    return kept
