"""Which of a message's contact details is meant: the last, the first of two offered, or the known one put right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from clinic.appointments.model import Found
from language.contacts import Contact, is_email

_ENDING = re.compile(r"(?<![\w@])\.(?P<ending>[a-z]{2,12}(?:\.[a-z]{2,6})?)\b", re.IGNORECASE)
_DOMAIN = re.compile(r"(?<!\S)@(?P<domain>[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_CUED_DOMAIN = re.compile(
    r"(?:should be|it'?s|its|meant|actually|make it)\s+@?(?P<domain>[\w-]+(?:\.[a-z-]{2,})+)(?![\w@])", re.IGNORECASE
)
_DOMAIN_ALONE = re.compile(
    r"^(?:no|nope|sorry|oops|it'?s|\W)*(?P<domain>[\w-]+(?:\.[a-z-]{2,})+)[.!\s]*$", re.IGNORECASE
)
_RATHER = re.compile(
    r"(?P<new>[\w.+-]{2,})\W{0,3}\s*(?:,\s*)?(?:and\s+)?not\s+(?:an?\s+)?(?P<old>[\w.+-]+)", re.IGNORECASE
)
_OUT = re.compile(r"\b(?:not|instead of|rather than|isn't)\s*$", re.IGNORECASE)
_OR = re.compile(r"^\W*or\W*$", re.IGNORECASE)
_ALSO = re.compile(r"^\W*(?:or|and|also)\W*$", re.IGNORECASE)
_HALF = re.compile(r"^\s*[\w.+-]+ at [\w-]+\W*$", re.IGNORECASE)
_LAST_DIGITS = re.compile(r"end(?:s|ing)?(?: (?:in|with))?\s+(?P<digits>\d{2,6})\b", re.IGNORECASE)


def choose_email(text: str, contacts: Iterable[Contact], known: str, *, asked: bool) -> Found | None:
    """The address that is meant; one that is ruled out ("not that one") is none.

    Where an address was `asked` for, "x at y.com" is one too. The whole text is the place of a correction of `known`.
    """
    emails = [one for one in contacts if one.kind == "email"]
    written = [one for one in emails if one.manner in ("written", "part") and not _OUT.search(text[: one.start])]
    written = [one for one in written if not (known and one.manner == "part")]
    if found := _chosen(text, [one for one in written if one.usable], _OR):
        return found
    sure = asked or "mail" in text.lower()
    if spoken := [one for one in emails if one.manner == "spelt" or (one.manner == "said" and sure)]:
        return _found(spoken[0])
    if known and (mended := mend_email(text, known)):
        return Found(mended, (0, len(text)))
    return _found(written[-1]) if written else None


def choose_phone(text: str, contacts: Iterable[Contact], known: str) -> Found | None:
    """The number that is meant; one that is ruled out is none. "It ends in 119" puts `known` right."""
    if known and (match := _LAST_DIGITS.search(text)):
        kept = known.rstrip()[: -len(match["digits"])]
        return Found(kept + match["digits"], match.span())
    phones = [one for one in contacts if one.kind == "phone" and not _OUT.search(text[: one.start])]
    return _chosen(text, [one for one in phones if one.usable], _ALSO) or (_found(phones[-1]) if phones else None)


def address_like(text: str, contacts: Iterable[Contact]) -> Found | None:
    """Something that was meant as an e-mail address and holds no @: `yusufdemir.example.net`, "yusuf at example"."""
    half = Found(text.strip(), (0, len(text)), usable=False) if _HALF.match(text) else None
    return next((_found(one) for one in contacts if one.manner == "like"), half)


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


def _chosen(text: str, usable: Sequence[Contact], joined: re.Pattern[str]) -> Found | None:
    """The last, or the first of two that are `joined` by nothing but an "or"."""
    if len(usable) > 1 and joined.match(text[usable[-2].end : usable[-1].start]):
        return _found(usable[-2])
    return _found(usable[-1]) if usable else None


def _found(contact: Contact) -> Found:
    return Found(contact.value, (contact.start, contact.end), usable=contact.usable)
