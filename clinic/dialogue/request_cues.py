"""Words by which a message shows that a detail of a sent request is wrong, or is to be another."""

from __future__ import annotations

from clinic.dialogue.cues import any_of

_THING = r"e-?mail|address|phone|number|(?:sur|fore)?name"
_WRONG = r"(?:wrong(?:ly)?|incorrect(?:ly)?|not right|misspel\w+|with a typo)"
_WRONG_DETAIL = any_of(
    rf"\bwrong (?P<a>{_THING})\b",
    rf"\b(?P<b>{_THING})\b(?: \w+)?(?: is| was|'s) {_WRONG}\b",
    rf"\b(?P<g>{_THING})\b(?: \w+){{0,2}} needs? (?:to be )?(?:fix|chang|correct|mend|updat|amend|sort)\w*\b",
    rf"\b(?:spel[tl]\w*|typed?|put|wrote|given|gave) (?:you )?(?:my|the) (?P<f>{_THING})\b(?: \w+)? {_WRONG}\b",
    rf"\b(?:change|correct|update|fix) (?:my|the) (?P<c>{_THING})\b(?! to)",
    r"^(?:it'?s )?(?:the |my )?(?P<e>e-?mail|phone|number|name)(?: address| number)?\W*$",
    r"\b(?:gave|put|typed|left|used) (?:you |in |down )?(?:my|an?|the) old (?P<d>e-?mail|address|phone|number|name)\b",
)
_CHANGES = any_of(
    r"\b(?:wrong|incorrect|instead|sorry|mistake|typo|change|correct(?:ion)?|should (?:be|read)|spel[tl]|actually|"
    r"meant)\b",
    r"\bmy (?:e-?mail|phone|number|mobile|name)\b", r"@", r"\d{5}", r"\bnot \w+", r"\b(?:please )?(?:add|tell them)\b",
)  # fmt: skip


def wrong_detail(text: str) -> str:
    """`name`, `email` or `phone` where a detail is said to be wrong and no better one is given; else ""."""
    match = _WRONG_DETAIL.search(text.replace("’", "'"))
    named = next((one.lower() for one in match.groups() if one), "") if match else ""
    if not named:
        return ""
    return "name" if named.endswith("name") else "phone" if named in ("phone", "number") else "email"


_AGREES = any_of(r"^\s*(?:yes|yeah|yep|yup|aye)\b(?!.*\b(?:leave|keep|back|was|before)\b)")


def agrees(text: str) -> bool:
    """Whether it says yes to what was just changed: "yes change it" takes nothing back."""
    return bool(_AGREES.search(text))


def may_change(text: str) -> bool:
    """Whether a message after the request may correct it."""
    return bool(_CHANGES.search(text.replace("’", "'")))
