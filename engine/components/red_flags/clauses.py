"""A message in clauses, and the stretches of it in which a sign is looked for without what stands beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOST = 12  # clauses looked at one by one; a longer message is looked at by its sentences
_WIDEST = 3  # clauses in a stretch that reaches neither end of the message
_SUBJECT = r"(?:i|im|i'm|ive|i've|my|he|she|they|we|it|its|it's)\b"
_MARK = r"(?:(?<!\d),|,(?!\d)|[.!?;:]+(?=\s|$)|\n|[()\u2026\u2014]|\.{3}|\s[-\u2013]+(?=\s))+"
_WORD = rf"\s(?=(?:and|but)\s)|(?:(?<=\bno)|(?<=\bnope)|(?<=\bnah))\s(?={_SUBJECT})|\s(?=(?:it's|its)\s(?:my|the)\b)"
_ENDS = re.compile(rf"(?:\s*{_MARK}\s*|{_WORD})", re.I)
_OPENING = re.compile(r"^(?:and|but|so)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, and what stands between it and the next: a mark with its spaces, or a space."""

    text: str
    gap: str

    @property
    def mark(self) -> str:
        """The first mark that ends it, if any."""
        return self.gap.strip(" ")[:1]


def split(text: str) -> list[Clause]:
    """The clauses of the text, in its order; what is only marks is none."""
    found: list[Clause] = []
    start = 0
    for match in [*_ENDS.finditer(text), None]:
        words, gap = text[start : match.start() if match else len(text)], match.group() if match else ""
        if re.search(r"\w", words):
            found.append(Clause(words.strip(), gap))
        elif found:
            found[-1] = Clause(found[-1].text, found[-1].gap + words + gap)
        start = match.end() if match else start
    return found


def join(clauses: list[Clause]) -> str:
    """The clauses as one text again, without the word or the mark that tied them to their neighbours."""
    if not clauses:
        return ""
    last = clauses[-1].text + ("?" if "?" in clauses[-1].gap else "")
    text = "".join(f"{one.text}{one.gap}" for one in clauses[:-1]) + last
    return _OPENING.sub("", text.replace("\n", ". "), count=1)


def stretches(clauses: list[Clause]) -> list[list[Clause]]:
    """Every stretch of clauses but the whole: from either end of any length, in the middle of a few."""
    if len(clauses) > _MOST:
        clauses = _sentences(clauses)
    count = len(clauses)
    return [
        clauses[start:end]
        for start in range(count)
        for end in range(start + 1, count + 1)
        if end - start < count and (start == 0 or end == count or end - start <= _WIDEST)
    ]


def _sentences(clauses: list[Clause]) -> list[Clause]:
    found: list[Clause] = []
    for clause in clauses:
        if found and found[-1].mark not in (".", "!", "?", ";", "\n"):
            last = found.pop()
            clause = Clause(f"{last.text}{last.gap}{clause.text}", clause.gap)
        found.append(clause)
    return found
