"""Hides email addresses, phone, card, NHS and National Insurance numbers in a text; no input, no output."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from clinic.privacy.checksums import is_card_number, is_nhs_number
from clinic.privacy.phones import is_phone_number


class Kind(StrEnum):
    """What was hidden; the value is what stands in the brackets."""

    EMAIL = "email"
    PHONE = "phone"
    CARD = "card"
    NHS_NUMBER = "NHS number"
    NI_NUMBER = "NI number"


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with `[email]`, `[phone]`, ... in place of details, and the kinds hidden, each once, in `Kind`'s order."""

    text: str
    kinds: tuple[Kind, ...]


_LOCAL = r"[\w.!#$%&*+^~-]"
_AT = r"(?:@|[ \t]?[(\[]at[)\]][ \t]?|[ \t]?@[ \t]?(?=[^\W\d]))"
_DOT = r"(?:\.|[ \t]?[(\[]dot[)\]][ \t]?)"
_NAME = rf"(?<!{_LOCAL})(?<!\w')(?:{_LOCAL}|(?<=\w)'(?=\w))++"
_EMAIL = re.compile(rf"{_NAME}{_AT}(?:[\w-]++{_DOT})+(?:xn--[\w-]+|[^\W\d_]{{2,}})", re.IGNORECASE)

# The format is HMRC's (National Insurance Manual NIM39110); QQ is its own never-issued example.
_NI_NUMBER = re.compile(
    r"(?<![^\W_])(?P<prefix>QQ|(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])"
    r"[ .-]?\d\d[ .-]?\d\d[ .-]?\d\d[ .-]?[A-D](?![^\W_])",
    re.IGNORECASE,
)
_SHORT_WORDS = re.compile(r"a[hmnst]|be|by|cm|e[hr]|h[ae]|kg|lb|m[emy]|o[hknr]|pm|re|we", re.IGNORECASE)

# Never personal details, though long enough to be taken for one: kept as they are.
_KEPT = re.compile(
    r"""(
    \b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b                            # a UUID
    | \b(?=[0-9]*[a-f])[0-9a-f]{32,}\b                                         # a digest
    | (?<!\d)(?<!\d[-.])(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d|-\d)                 # 2026-11-22
    | (?<!\d)(?<!\d[-./])[0-3]?\d(?P<mark>[-./])[0-3]?\d(?P=mark)(?:(?:19|20)\d\d|\d\d)(?!\d|[-./]\d)  # 22/11/2026
    | (?<!\d)(?<!\d[.:])(?:[01]?\d|2[0-3])[.:][0-5]\d(?::[0-5]\d)?(?!\d|[.:]\d)  # 9.30, 18:45
    | (?<![\d.])\d\.\d{5,}(?!\d)                                               # 0.9434765
    | [£$€][ ]?\d[\d,]*(?:\.\d\d)?(?!\d)                                       # £1,250.00
    )""",
    re.VERBOSE | re.IGNORECASE,
)

_BETWEEN = "[ \t\u00a0\u2009\u202f().\u2010-\u2014/-]"
_NUMBERS = re.compile(rf"(?:(?<!\d)\+)?\(?\d+(?:{_BETWEEN}{{1,3}}\d+)*")
_DIGITS = re.compile(r"\d+")
_SIZES = range(8, 20)  # digits in the shortest and longest detail


def mask(text: str) -> Masked:
    """Return `text` with every detail it recognises replaced; masking twice changes nothing more."""
    found: set[Kind] = set()

    def hide(kind: Kind) -> str:
        found.add(kind)
        return f"[{kind}]"

    masked = _EMAIL.sub(lambda _: hide(Kind.EMAIL), text)
    masked = _NI_NUMBER.sub(lambda match: hide(Kind.NI_NUMBER) if _is_ni(match) else match[0], masked)
    pieces, end = [], 0
    for kept in _KEPT.finditer(masked):
        pieces += [_mask_numbers(masked[end : kept.start()], found), kept[0]]
        end = kept.end()
    pieces.append(_mask_numbers(masked[end:], found))
    return Masked("".join(pieces), tuple(kind for kind in Kind if kind in found))


def _is_ni(match: re.Match[str]) -> bool:
    """Leave "at 10 20 30 a day" alone: a short word before three spaced pairs."""
    prefix = match["prefix"]
    return prefix.isupper() or " " not in match[0] or not _SHORT_WORDS.fullmatch(prefix)


def _mask_numbers(text: str, found: set[Kind]) -> str:
    return _NUMBERS.sub(lambda run: _mask_run(run[0], found), text)


def _mask_run(run: str, found: set[Kind]) -> str:
    """Mask, from the left, the longest stretch of whole groups of digits that is a detail."""
    groups = list(_DIGITS.finditer(run))
    pieces, end, first = [], 0, 0
    while first < len(groups):
        last, kind = _longest_detail(run, groups, first)
        if kind is not None:
            pieces += [run[end : _opening(run, groups[first], end)], f"[{kind}]"]
            end = groups[last].end()
            found.add(kind)
        first = last + 1
    return "".join([*pieces, run[end:]])


def _longest_detail(run: str, groups: list[re.Match[str]], first: int) -> tuple[int, Kind | None]:
    best: tuple[int, Kind | None] = (first, None)
    size = 0
    for last in range(first, len(groups)):
        size += len(groups[last][0])
        if size >= _SIZES.stop:
            break
        if size < _SIZES.start:
            continue
        kind = _classify(run, groups[first : last + 1], international=first == 0 and run.startswith("+"))
        if kind is not None:
            best = (last, kind)
    return best


def _classify(run: str, groups: list[re.Match[str]], *, international: bool) -> Kind | None:
    parts = [_ascii(group[0]) for group in groups]
    digits = "".join(parts)
    between = _DIGITS.sub("", run[groups[0].start() : groups[-1].end()])
    if not international and all(len(part) >= 3 for part in parts):
        if is_nhs_number(digits):
            return Kind.NHS_NUMBER
        if is_card_number(digits):
            return Kind.CARD
    if is_phone_number(parts, international=international, separators=between):
        return Kind.PHONE
    return Kind.CARD if len(parts) == 1 and is_card_number(digits) else None


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)


def _opening(run: str, group: re.Match[str], floor: int) -> int:
    """Where the number begins, with the "+" or "(" that belongs to it."""
    start = group.start()
    while start > floor and run[start - 1] in "+(":
        start -= 1
    return start
