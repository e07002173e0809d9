"""E-mail addresses, also in words and with blanks in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from email_validator import EmailNotValidError, validate_email

from language.contacts.model import Contact, Manner
from language.contacts.rewriting import Rewritten

_AT_SIGN = re.compile(r"(?<=\w)\s+@\s*(?=\w)|(?<=\w)@\s+(?=\w+\s*\.)")
_SPACED_DOT = re.compile(r"(?<=@)[\w-]+(?:\s*(?:\(dot\)|\[dot\]|\bdot\b|\s\.\s)\s*[a-z][\w-]*)+", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s<>,;:\"()\[\]]*@[^\s<>;:\"()\[\]]*")
_DOT = r"\s*(?:\(dot\)|\[dot\]|\bdot\b|\.)\s*"
_SPOKEN = re.compile(
    rf"(?P<local>[\w+-]+(?:{_DOT}[\w+-]+)*)\s*(?:\(at\)|\[at\]|\bat\b)\s*(?P<domain>[\w-]+(?:{_DOT}[a-z][\w-]*)+)",
    re.IGNORECASE,
)
_DOT_WORD = re.compile(r"\(dot\)|\[dot\]|\bdot\b", re.IGNORECASE)
_ADDRESS_LIKE = re.compile(r"(?<![\w@/.])[\w+-]+(?:\.[\w-]+)*\.[a-z]{2,}(?![\w@])", re.IGNORECASE)


def close_up(text: Rewritten) -> Rewritten:
    """The text with addresses such as "nina @ example dot org" closed up."""
    return text.replace(_AT_SIGN, lambda _: "@").replace(_SPACED_DOT, lambda match: _closed(match.group()))


def find_emails(read: Rewritten) -> Iterator[Contact]:
    """Every address in the text, in order: those with an @ first, then those in words, then what lacks the @."""
    for match in _EMAIL.finditer(read.text):
        if match.group().strip("@.,!?'"):
            yield _checked(match, read)
    for match in _SPOKEN.finditer(read.text):
        address = f"{_closed(match['local'])}@{_closed(match['domain'])}"
        if is_email(address):
            marked = _DOT_WORD.search(match["domain"]) or "(" in match.group() or "[" in match.group()
            yield _contact(address, match.span(), read, manner="spelt" if marked else "said")
    if match_like := _ADDRESS_LIKE.search(read.text):
        yield _contact(match_like.group(), match_like.span(), read, usable=False, manner="like")


def is_email(written: str) -> bool:
    """Whether it can be an address that every mail server takes; nothing is looked up."""
    try:
        validate_email(written, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return False
    return True


def _checked(match: re.Match[str], read: Rewritten) -> Contact:
    written = match.group().strip(".,!?'’").removeprefix("mailto:")
    start = match.group().find(written) + match.start()
    cut, _, _after = written.partition(",")
    if is_email(cut):
        return _contact(cut, (start, start + len(cut)), read)
    manner: Manner = "part" if written.startswith("@") else "written"
    return _contact(written, (start, start + len(written)), read, usable=False, manner=manner)


def _contact(
    value: str, span: tuple[int, int], read: Rewritten, *, usable: bool = True, manner: Manner = "written"
) -> Contact:
    return Contact("email", value, *read.locate(*span), usable, manner)


def _closed(part: str) -> str:
    return re.sub(r"\s+", "", re.sub(_DOT, ".", part, flags=re.IGNORECASE))
