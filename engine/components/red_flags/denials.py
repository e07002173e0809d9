"""Signs that are said not to be there: "no fever", "chest pain? no", "I can't say I've had any swelling"."""

from __future__ import annotations

import re

from engine.components.red_flags.clauses import Clause

# An answer to what stands before it, and what makes that a sign: "feeling in my toes: none" is one.
_ANSWER = re.compile(
    r"(?:(?:and|but)\s+)?(?:definitely |absolutely |certainly |thankfully |luckily |still )?"
    r"(?:no|none|nope|nah|naw|nil|never|negative|not at all|not me|nothing|absent|"
    r"not present|ruled out|excluded|zero|not so far|not that i know of|not that i(?:'ve| have) noticed|n/a|"
    r"(?:i|we|he|she)\s+(?:do|have|has|did|does)(?:n't|nt|\s+not)(?:\s+(?:have|had|got)\s+(?:that|any|it|those|one))?)"
    r"(?:[ ,]+(?:no|none|nothing|never|thanks|thank you|thankfully|at all|nope|luckily|of that|"
    r"either|whatsoever|so far))*",
    re.I,
)
_ABILITY = re.compile(
    r"\b(?:can|able|feel|feeling|move|moving|movement|walk\w*|wee|pee|breathe|breathing|pulse|sensation|respon\w+|awake|"
    r"conscious|stand|speak|appetite|strength|power|better|help\w*)\b",
    re.I,
)
_TROUBLE = re.compile(
    r"\b(?:trouble|difficult\w*|problem\w*|loss|lost|losing|short\w*|pain\w*|numb\w*|cant|can't|cannot|unable|struggl\w+|"
    r"worse|tight\w*|weak\w*|hard|change\w*|lack|reduced|burning)\b",
    re.I,
)
# "I have no chest pain", "no fever", "can't say I've had any swelling": what is said not to be there.
_DENIAL = re.compile(
    r"(?:(?:and|but|so|also|well|honestly|luckily|thankfully|definitely)\s+)*"
    r"(?:(?:i|we|he|she|they|there)\s*(?:'ve|'s|'m|have|has|had|is|was|were|get|got|feel|am|do|did|would)?\s+)?"
    r"(?:(?:really|definitely|certainly|currently|still|never|not)\s+)?"
    r"(?:no|zero|nothing like|no sign of|no signs of|not any|not a hint of|not a trace of|nothing in the way of|"
    r"without|free of|free from|denies|negative for|neither|nor|"
    r"never had|not had|not got|not having|"
    r"(?:have|has|had|did|do|does|is|was|are|were|would)"
    r"(?:n't|nt|\s+not)\s+(?:really\s+)?(?:had|got|have|having|any|experienced|noticed|been|"
    r"suffered|suffering|suffer from|seen|a)|"
    r"(?:can't|cant|cannot|couldn't|wouldn't)\s+say\s+(?:that\s+)?"
    r"(?:i've|ive|i|there's|i have)\s*(?:had|have|got|been|ever had|any)?)"
    r"\s+(?:(?:any|a|an|the|had|have|got|sign of|signs of|trace of|hint of|such|real|actual|experienced)\s+)*"
    r"(?P<sign>.+)",
    re.I,
)
_OVER = re.compile(
    r"(?P<sign>.+?)\s+(?:(?:has|have|had|is|are|was|were|got|been)\s+)*(?:ruled out|excluded|absent|not present|"
    r"not there|(?:is|are|was|were)(?:n't|nt)\s+(?:there|present|a problem|an issue))(?:\s+by\s.+)?",
    re.I,
)
# After "no", these say that something is missing that ought to be there, or that more is to come.
_MISSING = re.compile(
    r"(?:\w+\s+)?(?:feeling|sensation|power|pulse|strength|movement|response|reaction|control|colou?r|warmth|air|breath|"
    r"breathing|wee|pee|urine|appetite|energy|life|reason|point|hope|future|idea|doubt|wonder|appointments?|gp|doctor|"
    r"money|choice|better|relief|grip|push|lift|spring|circulation|supply|flow|periods?|food|sleep|slept|eaten|peep|"
    r"sound|matter)\b|(?:injury|accident|warning|body|way|use|good|longer|will|one(?!\s(?:leg|calf|side|foot)))\b|"
    r".*\b(?:to live|living|like this|like it|since|until|before|worse|so bad|so much)\b",
    re.I,
)
# "Without ballet I don't want to live": what is lacking ends where somebody is spoken of.
_LACKS = re.compile(
    r"(?:(?:and|but|so)\s+)?without\s+(?:(?!when\b|if\b|that\b|while\b|after\b)\S+\s+){1,5}?"
    r"(?:i|i'm|im|i've|ive|he|she|they|we|it|it's|its|there|there's|theres|my|life)\b",
    re.I,
)
_PERSON = re.compile(r"\b(?:i|i'm|im|i've|ive|he|she|we|they|it|it's|its|is|are|was|cant|can't|wont|won't)\b", re.I)


def without_denied(clauses: list[Clause]) -> list[Clause]:
    """The clauses without signs that the next words deny: "chest pain? no", "fever: none"."""
    kept: list[Clause] = []
    for clause in clauses:
        if _answers(clause) and kept and _is_denied(kept[-1], clause):
            first = kept.pop()
            while first.mark != "?" and kept and kept[-1].mark == "," and _is_item(kept[-1]):
                kept.pop()
        elif not (_answers(clause) and not kept) and not _denies(clause):
            kept.append(clause)
    return kept


def _denies(clause: Clause) -> bool:
    """Whether the clause says of itself that its sign is not there."""
    told = _DENIAL.fullmatch(clause.text) or _OVER.fullmatch(clause.text)
    if told is None or "?" in clause.gap or _LACKS.match(clause.text):
        return False
    sign = told["sign"]
    lost = _TROUBLE.search(sign.split(" of ")[0]) if " of " in sign else None
    return len(sign.split()) <= 9 and (lost is not None or not _MISSING.match(sign))


def _answers(clause: Clause) -> bool:
    """Whether it is a bare no to what stands before it."""
    return bool(_ANSWER.fullmatch(clause.text))


def _is_denied(sign: Clause, answer: Clause) -> bool:
    if _answers(sign) or (_ABILITY.search(sign.text) and not _TROUBLE.search(sign.text)):
        return False
    if sign.mark in ("?", ":", "-", "\u2013", "\u2014"):
        return True
    return sign.mark == "," and _is_item(sign) and answer.text.lower() in ("no", "none", "nope")


def _is_item(clause: Clause) -> bool:
    return len(clause.text.split()) <= 5 and not _PERSON.search(clause.text)
