"""The check digits of payment cards and NHS numbers."""

from __future__ import annotations

import re

_ISSUER = re.compile(r"4|5[0-8]|6|3[0-9]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720")
_CARD_LENGTHS = range(13, 20)


def is_card_number(digits: str) -> bool:
    """Say whether `digits` (ASCII, no separators) can be a payment card number.

    13 to 19 digits, a first digit pair that payment networks use, and the Luhn check digit of ISO/IEC 7812-1.
    """
    return len(digits) in _CARD_LENGTHS and bool(_ISSUER.match(digits)) and _luhn_sum(digits) % 10 == 0


def is_nhs_number(digits: str) -> bool:
    """Say whether `digits` (ASCII, no separators) is an NHS number with a right check digit.

    Modulus 11 as the NHS Data Dictionary sets it out under NHS NUMBER: the first nine digits weighted 10 down
    to 2, summed; 11 minus the remainder on division by 11 is the tenth digit, 11 counts as 0 and 10 is never used.
    Scotland's CHI numbers share the check digit.
    """
    if len(digits) != 10:
        return False
    weighted = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - weighted % 11) % 11 == int(digits[9])


def _luhn_sum(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total
