"""Lists to take away: CSV, Excel and JSON lines, words masked, each time noted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from clinic.conversations.log_model import Line
from clinic.privacy.masking import mask
from clinic.web.staff.access import NO_STORE, Admin, StaffProblem, services_of
from clinic.web.staff.desk import console_of, read_filter

router = APIRouter(include_in_schema=False)
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_000
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/staff/export/{kind}")
def export(request: Request, user: Admin, kind: str) -> Response:
    """The filtered list as `csv`, `xlsx` or `jsonl`; each export is noted in the audit log."""
    if kind not in MEDIA:
        raise StaffProblem(404, "Lists can be had as csv, as xlsx or as jsonl.")
    wanted = read_filter(request, user)
    services_of(request).audit.add(user.account.name, "list exported", kind)
    lines = console_of(request).log.every(wanted)
    headers = {**NO_STORE, "content-disposition": f'attachment; filename="conversations.{kind}"'}
    if kind == "xlsx":
        return Response(as_excel(lines), media_type=MEDIA[kind], headers=headers)
    written = as_csv(lines) if kind == "csv" else (json.dumps(as_json(one)) + "\n" for one in lines)
    return StreamingResponse(written, media_type=MEDIA[kind], headers=headers)


def as_json(line: Line) -> dict[str, object]:
    """A line of the list for other systems; contact details in its words are masked."""
    moments = {"started": line.started.isoformat(), "last": line.last.isoformat()}
    return {**asdict(line), **moments, "first_words": mask(line.first_words).text}


def as_csv(lines: Iterable[Line]) -> Iterator[str]:
    """Rows for a spreadsheet, in which nothing a visitor wrote is taken for a formula."""
    head = True
    for line in lines:
        out = io.StringIO()
        row = {name: _plain(_words(value)) for name, value in as_json(line).items()}
        writer = csv.DictWriter(out, list(row))
        if head:
            out.write("\ufeff")  # by which Excel knows the letters
            writer.writeheader()
            head = False
        writer.writerow(row)
        yield out.getvalue()


def as_excel(lines: Iterable[Line]) -> bytes:
    """A workbook with one sheet; every cell of words is words, never a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Conversations")
    head = False
    for line in lines:
        row = as_json(line)
        if not head:
            sheet.append(list(row))
            head = True
        sheet.append([_cell(value) for value in row.values()])
    if not head:
        sheet.append(["Nothing was found"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool | int | float):
        return value
    return _plain(ILLEGAL_CHARACTERS_RE.sub("", _words(value))[:LONGEST_CELL])


def _words(value: object) -> str:
    return "|".join(value) if isinstance(value, tuple) else str(value)


def _plain(words: str) -> str:
    return f"'{words}" if words.startswith(FORMULAS) else words
