"""Tables as rows that can be read aloud."""

from __future__ import annotations

from clinic.knowledge.articles.markdown import join_row
from clinic.knowledge.importer.html_tree import Element, words_in

_LONGEST_CELL = 60


def is_data_table(table: Element) -> bool:
    """Whether it holds data: cells side by side, and no tables, lists of paragraphs or headings set out with it."""
    if any(True for _ in table.iter("table", "h1", "h2", "h3", "h4", "h5", "h6") if _ is not table):
        return False
    rows = [_cells(row) for row in table.iter("tr")]
    return any(len(row) > 1 for row in rows) and all(words_in(one) <= _LONGEST_CELL for row in rows for one in row)


def read_rows(table: Element) -> list[str]:
    """A line a row, in the page's words: `Stage: Settling; Weeks: 2 to 3`, or `Settling: 2 to 3` without a head."""
    rows = [[_text(one) for one in _cells(row)] for row in table.iter("tr")]
    first = next(iter(table.iter("tr")), None)
    cells = _cells(first) if first is not None else []
    headed = (
        len(rows) > 1
        and bool(cells)
        and (all(one.tag == "th" for one in cells) or any(True for _ in table.iter("thead")))
    )
    head = rows.pop(0) if headed else []
    caption = next((_text(one) for one in table.iter("caption")), "")
    return [*([caption] if caption else []), *filter(None, (join_row(row, head) for row in rows))]


def _cells(row: Element) -> list[Element]:
    return [one for one in row if one.tag in ("td", "th")]


def _text(cell: Element) -> str:
    texts = [str(one) for one in cell.itertext()]
    blocks = any(one.tag in ("p", "li", "div", "br") for one in cell.iterdescendants())
    return " ".join((" " if blocks else "").join(texts).split())
