"""E-mail addresses and phone numbers in a visitor's message."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email

_AT_SIGN = re.compile(r"(?<=\w)\s+@\s*(?=\w)|(?<=\w)@\s+(?=\w+\.)")
_EMAIL = re.compile(r"[^\s<>,;:\"()\[\]]*@[^\s<>;:\"()\[\]]*")
_DOT = r"\s*(?:\(dot\)|\[dot\]|\bdot\b|\.)\s*"
_SPOKEN = re.compile(
    rf"(?P<local>[\w+-]+(?:{_DOT}[\w+-]+)*)\s*(?:\(at\)|\[at\]|\bat\b)\s*(?P<domain>[\w-]+(?:{_DOT}[a-z][\w-]*)+)",
    re.IGNORECASE,
)
_DOT_WORD = re.compile(r"\(dot\)|\[dot\]|\bdot\b", re.IGNORECASE)
_ADDRESS_LIKE = re.compile(r"(?<![\w@/.])[\w+-]+(?:\.[\w-]+)*\.[a-z]{2,}(?![\w@])", re.IGNORECASE)
_ENDING = re.compile(r"(?<![\w@])\.(?P<ending>[a-z]{2,12}(?:\.[a-z]{2,6})?)\b", re.IGNORECASE)
_DOMAIN = re.compile(r"(?<!\S)@(?P<domain>[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_CUED_DOMAIN = re.compile(
    r"(?:should be|it'?s|its|meant|actually|make it)\s+@?(?P<domain>[\w-]+(?:\.[a-z-]{2,})+)(?![\w@])", re.IGNORECASE
)
_RATHER = re.compile(
    r"(?P<new>[\w.+-]{2,})\W{0,3}\s*(?:,\s*)?(?:and\s+)?not\s+(?:an?\s+)?(?P<old>[\w.+-]+)", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w@.])\+?\(?\d[\d\s().-]{3,}\d(?![\w@])")
_LAST_DIGITS = re.compile(r"end(?:s|ing)? (?:in|with)\s+(?P<digits>\d{2,6})\b", re.IGNORECASE)
SHORTEST_PHONE = 9
SHORTEST_ATTEMPT = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A detail that was found, where it stood, and whether it can be used."""

    value: str
    span: tuple[int, int]
    usable: bool = True


def find_email(text: str, known: str = "") -> Found | None:
    """The last e-mail address written in `text`, "x at y dot com" and corrections of `known` included."""
    text = unspace(text)
    found = [_checked(match) for match in _EMAIL.finditer(text) if match.group().strip("@.,!?'")]
    found = [one for one in found if not (known and one.value.startswith("@"))]
    usable = [one for one in found if one.usable]
    if usable:
        return usable[-1]
    if spoken := _spoken(text):
        return spoken
    if known and (mended := mend_email(text, known)):
        return Found(mended, (0, len(text)))
    return found[-1] if found else None


def unspace(text: str) -> str:
    """The text with addresses such as "nina @ example.org" closed up."""
    return _AT_SIGN.sub("@", text)


def find_address_like(text: str) -> Found | None:
    """Something that was meant as an e-mail address and holds no @: `yusufdemir.example.net`."""
    match = _ADDRESS_LIKE.search(text)
    return Found(match.group(), match.span(), usable=False) if match else None


def mend_email(text: str, known: str) -> str:
    """`known` as `text` corrects it ("no, it's .org", "@example.net", "gmail not hotmail"); empty if it does not."""
    local, _, domain = known.partition("@")
    mended = ""
    if match := _DOMAIN.search(text) or _CUED_DOMAIN.search(text):
        mended = f"{local}@{match['domain']}"
    elif match := _ENDING.search(text):
        first = domain.split(".")[0] if domain.count(".") == 1 or ".co." in domain else domain.rsplit(".", 1)[0]
        mended = f"{local}@{first}.{match['ending']}"
    elif (match := _RATHER.search(text)) and match["old"].lower() in known.lower():
        mended = re.sub(re.escape(match["old"]), match["new"], known, count=1, flags=re.IGNORECASE)
    return mended if mended and is_email(mended) else ""


def is_email(written: str) -> bool:
    """Whether it can be an address; nothing is looked up."""
    try:
        validate_email(written, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def find_phone(text: str, known: str = "") -> Found | None:
    """The last phone number in `text`: British ones as dialled here, others with their country code."""
    if known and (match := _LAST_DIGITS.search(text)):
        kept = known.rstrip()[: -len(match["digits"])]
        return Found(kept + match["digits"], match.span())
    found = [_phone(match) for match in _NUMBER.finditer(text) if _digits(match.group()) >= SHORTEST_ATTEMPT]
    usable = [one for one in found if one.usable]
    return usable[-1] if usable else (found[-1] if found else None)


def _phone(match: re.Match[str]) -> Found:
    written = match.group().strip(" .-")
    span = match.span()
    try:
        number = phonenumbers.parse(written, "GB")
    except phonenumbers.NumberParseException:
        return Found(written, span, usable=False)
    # A number of the range kept free for drama is possible, though not valid.
    if not phonenumbers.is_possible_number(number) or _digits(written) < SHORTEST_PHONE:
        return Found(written, span, usable=False)
    british = number.country_code == 44
    form = phonenumbers.PhoneNumberFormat.NATIONAL if british else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return Found(phonenumbers.format_number(number, form), span)


def _checked(match: re.Match[str]) -> Found:
    written = match.group().strip(".,!?'’")
    written = written.removeprefix("mailto:")
    start = match.group().find(written) + match.start()
    cut, _, _after = written.partition(",")
    if is_email(cut):
        return Found(cut, (start, start + len(cut)))
    return Found(written, (start, start + len(written)), usable=False)


def _spoken(text: str) -> Found | None:
    for match in _SPOKEN.finditer(text):
        if not _DOT_WORD.search(match["domain"]) and "(" not in match.group() and "[" not in match.group():
            continue
        address = f"{_closed(match['local'])}@{_closed(match['domain'])}"
        if is_email(address):
            return Found(address, match.span())
    return None


def _closed(part: str) -> str:
    return re.sub(r"\s+", "", re.sub(_DOT, ".", part, flags=re.IGNORECASE))


def _digits(written: str) -> int:
    return sum(one.isdigit() for one in written)
