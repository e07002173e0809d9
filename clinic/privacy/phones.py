"""Telling a phone number from the other numbers people type, by its groups of digits."""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST = 15  # ITU-T E.164


def is_phone_number(groups: Sequence[str], *, international: bool, separators: str = "") -> bool:
    """Say whether these groups of ASCII digits, as they were typed, are a phone number.

    `international` means a leading "+"; `separators` holds the characters typed between the groups. National
    numbers are read as Ofcom's National Telephone Numbering Plan lays them out: a 0, then nine or ten digits.
    """
    digits = "".join(groups)
    if international:
        return _is_international(digits, groups)
    if digits.startswith("00"):
        return len(digits) >= 12 and _is_international(digits[2:], groups)
    if digits.startswith("0"):
        return _is_national(digits, groups)
    return _is_bare_uk(digits, groups, separators) or _is_american(groups, separators)


def _is_international(digits: str, groups: Sequence[str]) -> bool:
    if digits.startswith("44"):
        trunk = digits.startswith("440")
        return len(digits) - trunk in (11, 12) and not digits.startswith("4400")
    if digits.startswith("1"):
        return len(digits) == 11
    longest = _LONGEST if len(groups) <= 2 else 13
    return digits[:1] not in ("", "0") and 8 <= len(digits) <= longest and len(groups[-1]) > 1


def _is_national(digits: str, groups: Sequence[str]) -> bool:
    if len(digits) not in (10, 11):
        return False
    if len(groups) == 1:
        return True
    sizes = [len(group) for group in groups]
    if sizes[0] == 1 and sizes[1] > 1:
        sizes = [sizes[0] + sizes[1], *sizes[2:]]
    if sizes[0] >= 3 and (sizes[-1] >= 3 or (sizes[0] >= 5 and min(sizes) >= 2)):
        return True
    if len(digits) == 11 and digits.startswith("07") and digits[2] != "0":
        return min(sizes[:-1]) >= 2 or max(sizes) == 1
    # Five pairs, as in France; a list of days or hours holds no pair over 31.
    return sizes == [2] * 5 and any(int(pair) > 31 for pair in groups)


def _is_bare_uk(digits: str, groups: Sequence[str], separators: str) -> bool:
    """A UK number without its 0 or its "+": 7700 900123, 44 7700 900123."""
    if "." in separators or "/" in separators:
        return False
    tidy = len(groups) == 1 or len(groups[-1]) >= 3
    if len(digits) == 10 and digits[0] == "7" and digits[1] != "0":
        return tidy and len(groups[0]) in (4, 10)
    return len(digits) == 12 and digits.startswith("44") and digits[2] != "0" and tidy and len(groups[0]) in (2, 12)


def _is_american(groups: Sequence[str], separators: str) -> bool:
    local = groups[1:] if groups[0] == "1" else groups
    shaped = [len(group) for group in local] == [3, 3, 4] and local[0][0] in "23456789"
    return shaped and any(mark in separators for mark in "-).")
