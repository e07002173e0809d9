"""Bytes of a page to text in the encoding it was saved in, as a browser would: mark, declaration, then what fits."""

from __future__ import annotations

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,100}encoding=["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# What says Latin-1 is written with Windows' letters: https://encoding.spec.whatwg.org/#names-and-labels
_LATIN = frozenset({"iso-8859-1", "latin-1", "latin1", "iso8859-1", "ascii", "us-ascii", "x-cp1252", "cp1252"})


def decode_page(data: bytes, declared: str = "") -> str:
    """The text; `declared` is the encoding a web server named. Never fails: an odd byte becomes a mark in the text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    match = _DECLARED.search(data[:4096])
    within = next(filter(None, match.groups()), b"").decode("ascii") if match else ""
    for told in (declared, within, "utf-8"):
        if text := _try(data, told):
            return text
    return data.decode("cp1252", "replace")


def _try(data: bytes, name: str) -> str:
    try:
        encoding = codecs.lookup("cp1252" if name.lower() in _LATIN else name).name if name else ""
        return data.decode(encoding) if encoding and encoding not in ("utf-16", "utf-32") else ""
    except (LookupError, UnicodeDecodeError, TypeError):
        return ""
