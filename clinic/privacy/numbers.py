"""Finds phone, card and NHS numbers among all the numbers people type."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from clinic.privacy.checksums import is_card_number, is_nhs_number
from clinic.privacy.model import Kind
from clinic.privacy.phones import is_phone_number

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

_BETWEEN = "[ \t\u00a0\u2009\u202f()._\u2010-\u2014/-]"
_NUMBERS = re.compile(rf"(?:(?<!\d)\+)?\(?\d+(?:{_BETWEEN}{{1,3}}\d+)*")
_DIGITS = re.compile(r"\d+")
_SIZES = range(8, 20)  # digits in the shortest and longest detail


@dataclass(frozen=True, slots=True)
class _Run:
    """Groups of digits with little between them: the text, where each group is, and its ASCII digits."""

    text: str
    spans: tuple[tuple[int, int], ...]
    groups: tuple[str, ...]


def replace_numbers(text: str, hide: Callable[[Kind], str]) -> str:
    """Return `text` with each phone, card or NHS number replaced by what `hide` gives for its kind."""
    pieces, end = [], 0
    for kept in _KEPT.finditer(text):
        pieces += [_replace_runs(text[end : kept.start()], hide), kept[0]]
        end = kept.end()
    return "".join([*pieces, _replace_runs(text[end:], hide)])


def _replace_runs(text: str, hide: Callable[[Kind], str]) -> str:
    return _NUMBERS.sub(lambda run: _replace_in_run(run[0], hide), text)


def _replace_in_run(text: str, hide: Callable[[Kind], str]) -> str:
    """Replace, from the left, the longest stretch of whole groups of digits that is a detail."""
    found = list(_DIGITS.finditer(text))
    run = _Run(text, tuple(group.span() for group in found), tuple(_ascii(group[0]) for group in found))
    pieces, end, first = [], 0, 0
    while first < len(found):
        last, kind = _longest_detail(run, first)
        if kind is not None:
            pieces += [text[end : _opening(run, first, end)], hide(kind)]
            end = run.spans[last][1]
        first = last + 1
    return "".join([*pieces, text[end:]])


def _longest_detail(run: _Run, first: int) -> tuple[int, Kind | None]:
    """The last group of the longest detail that begins with group `first`, and its kind, if there is one."""
    best: tuple[int, Kind | None] = (first, None)
    size = 0
    for last in range(first, len(run.groups)):
        size += len(run.groups[last])
        if size >= _SIZES.stop:
            break
        kind = _classify(run, first, last) if size >= _SIZES.start else None
        best = best if kind is None else (last, kind)
    return best


def _classify(run: _Run, first: int, last: int) -> Kind | None:
    groups = run.groups[first : last + 1]
    digits = "".join(groups)
    international = first == 0 and run.text.startswith("+")
    if not international and all(len(group) >= 3 for group in groups):
        if is_nhs_number(digits):
            return Kind.NHS_NUMBER
        if is_card_number(digits):
            return Kind.CARD
    between = _DIGITS.sub("", run.text[run.spans[first][0] : run.spans[last][1]])
    if is_phone_number(groups, international=international, separators=between):
        return Kind.PHONE
    return Kind.CARD if len(groups) == 1 and is_card_number(digits) else None


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)


def _opening(run: _Run, first: int, floor: int) -> int:
    """Where the number begins, with the "+" or "(" that belongs to it."""
    start = run.spans[first][0]
    while start > floor and run.text[start - 1] in "+(":
        start -= 1
    return start
