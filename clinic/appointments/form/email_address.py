"""E-mail addresses in a visitor's message."""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, validate_email

from clinic.appointments.model import Found

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
_ENDING = re.compile(r"(?<![\w@])\.(?P<ending>[a-z]{2,12}(?:\.[a-z]{2,6})?)\b", re.IGNORECASE)
_DOMAIN = re.compile(r"(?<!\S)@(?P<domain>[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_CUED_DOMAIN = re.compile(
    r"(?:should be|it'?s|its|meant|actually|make it)\s+@?(?P<domain>[\w-]+(?:\.[a-z-]{2,})+)(?![\w@])", re.IGNORECASE
)
_DOMAIN_ALONE = re.compile(
    r"^(?:no|nope|sorry|oops|it'?s|\W)*(?P<domain>[\w-]+(?:\.[a-z-]{2,})+)[.!\s]*$", re.IGNORECASE
)
_OUT = re.compile(r"\b(?:not|instead of|rather than|isn't)\s*$", re.IGNORECASE)
_OR = re.compile(r"^\W*or\W*$", re.IGNORECASE)
_RATHER = re.compile(
    r"(?P<new>[\w.+-]{2,})\W{0,3}\s*(?:,\s*)?(?:and\s+)?not\s+(?:an?\s+)?(?P<old>[\w.+-]+)", re.IGNORECASE
)


def find_email(text: str, known: str = "", *, asked: bool = False) -> Found | None:
    """The last e-mail address written in `text`, "x at y dot com" and corrections of `known` included.

    Of two that are offered ("this or that") it is the first; one that is ruled out ("not that one") is none.
    Where an address was `asked` for, "x at y.com" is one too.
    """
    text = unspace(text)
    found = [_checked(match) for match in _EMAIL.finditer(text) if match.group().strip("@.,!?'")]
    found = [one for one in found if not (known and one.value.startswith("@"))]
    found = [one for one in found if not _OUT.search(text[: one.span[0]])]
    usable = [one for one in found if one.usable]
    if len(usable) > 1 and _OR.match(text[usable[-2].span[1] : usable[-1].span[0]]):
        return usable[-2]
    if usable:
        return usable[-1]
    if spoken := _spoken(text, sure=asked or "mail" in text.lower()):
        return spoken
    if known and (mended := mend_email(text, known)):
        return Found(mended, (0, len(text)))
    return found[-1] if found else None


def unspace(text: str) -> str:
    """The text with addresses such as "nina @ example.org" closed up."""
    return _SPACED_DOT.sub(lambda match: _closed(match.group()), _AT_SIGN.sub("@", text))


def find_address_like(text: str) -> Found | None:
    """Something that was meant as an e-mail address and holds no @: `yusufdemir.example.net`."""
    match = _ADDRESS_LIKE.search(text)
    return Found(match.group(), match.span(), usable=False) if match else None


def mend_email(text: str, known: str) -> str:
    """`known` as `text` corrects it ("no, it's .org", "@example.net", "gmail not hotmail"); empty if it does not."""
    local, _, domain = known.partition("@")
    mended = ""
    if match := _DOMAIN.search(text) or _CUED_DOMAIN.search(text) or _DOMAIN_ALONE.search(text):
        mended = f"{local}@{match['domain']}"
    elif match := _ENDING.search(text):
        first = domain.split(".")[0] if domain.count(".") == 1 or ".co." in domain else domain.rsplit(".", 1)[0]
        mended = f"{local}@{first}.{match['ending']}"
    elif (match := _RATHER.search(text)) and match["old"].lower() in known.lower():
        mended = re.sub(re.escape(match["old"]), match["new"], known, count=1, flags=re.IGNORECASE)
    return mended if mended and is_email(mended) else ""


def is_email(written: str) -> bool:
    """Whether it can be an address that every mail server takes; nothing is looked up."""
    try:
        validate_email(written, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return False
    return True


def _checked(match: re.Match[str]) -> Found:
    written = match.group().strip(".,!?'’")
    written = written.removeprefix("mailto:")
    start = match.group().find(written) + match.start()
    cut, _, _after = written.partition(",")
    if is_email(cut):
        return Found(cut, (start, start + len(cut)))
    return Found(written, (start, start + len(written)), usable=False)


def _spoken(text: str, *, sure: bool) -> Found | None:
    for match in _SPOKEN.finditer(text):
        marked = _DOT_WORD.search(match["domain"]) or "(" in match.group() or "[" in match.group()
        if not marked and not sure:
            continue
        address = f"{_closed(match['local'])}@{_closed(match['domain'])}"
        if is_email(address):
            return Found(address, match.span())
    return None


def _closed(part: str) -> str:
    return re.sub(r"\s+", "", re.sub(_DOT, ".", part, flags=re.IGNORECASE))
