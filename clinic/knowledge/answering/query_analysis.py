"""A visitor's message made ready: spelling, lay words, several questions in one, and what "it" is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clinic.knowledge.articles.markdown import asked_aspects
from clinic.knowledge.search.text import split_words, stem_words

_OPENERS_TEXT = """
what whats who whom whose which where when why how is are am was were do does did can could should
would will shall may might has have had any if
"""
_OPENERS = frozenset(_OPENERS_TEXT.split())
_LEANING_TEXT = """
it its it's they them their that this those these he she his her him one there
"""
_LEANING = frozenset(_LEANING_TEXT.split())
_STARTS = re.compile(r"(?:and|or|but|so|also|then|what about|how about|same|why|plus)\b", re.IGNORECASE)
_LINKS = frozenset(["and", "or", "but", "so", "also", "then", "plus", "oh", "ok", "okay"])
_PARTS = re.compile(r"(?<=[?!.…])\s+|\n+")
_PLAIN = _OPENERS - {"if", "had", "has", "have", "might", "may", "any"}  # the others open statements too
_ASKS = rf"(?:{'|'.join(sorted(_PLAIN))})"
_JOINTS = re.compile(
    rf"(?:\s*,\s*(?:and|also|plus|or|but)?|\s+(?:and|also|plus|but))\s+(?:also\s+|then\s+)?(?={_ASKS}\s+\w+\s+\w)",
    re.IGNORECASE,
)
_LATE = re.compile(rf"(?:\s[-–—]\s|[:,;]\s)\s*{_ASKS}\b", re.IGNORECASE)
SHORT = 5  # words; a shorter question leans on what was said before
MANY = 25  # words; in a longer message the question itself counts beside the story


@dataclass(frozen=True, slots=True)
class SubQuestion:
    """One question of a message: `text` is all that belongs to it, `point` the question itself."""

    text: str
    point: str


def join_initials(text: str) -> str:
    """`m.r.i.` as `mri`; nothing else changes."""
    return re.sub(r"\b(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?|\b[A-Za-z]\.(?:[A-Za-z]\.)*[A-Za-z]\b", _undot, text)


def _undot(match: re.Match[str]) -> str:
    word = match.group().replace(".", "")
    return word if len(word) > 2 else match.group()


def split_questions(text: str) -> tuple[SubQuestion, ...]:
    """The message's questions with what led up to each; one reading for a message with one question or none."""
    sentences = [part.strip() for part in _PARTS.split(text) if part.strip()]
    parts = [piece.strip() for sentence in sentences for piece in _JOINTS.split(sentence) if piece.strip()]
    full = [at for at, part in enumerate(parts) if is_question(part, _PLAIN) and stands_alone(part)]
    if len(full) < 2:
        parts, full = sentences, [at for at, part in enumerate(sentences) if is_question(part) and stands_alone(part)]
    questions = [at for at, part in enumerate(parts) if is_question(part)]
    if len(full) < 2:
        point = parts[questions[-1]] if questions else text
        return (SubQuestion(text, point if len(split_words(point)) >= SHORT else text),)
    readings, start = [], 0
    for at in full:
        readings.append(SubQuestion(" ".join(parts[start : at + 1]), parts[at]))
        start = at + 1
    return tuple(readings)


def is_question(part: str, openers: frozenset[str] = _OPENERS) -> bool:
    """Whether a sentence asks, by its mark or by how it opens, be it after "and" or "my knee:"."""
    words = split_words(part)
    opens = next((word for word in words if word not in _LINKS), "") in openers
    return part.rstrip().endswith("?") or (len(words) > 2 and opens) or bool(_LATE.search(part))


def stands_alone(part: str) -> bool:
    """Whether a question can be answered by itself: "and why?" or "is that so?" cannot."""
    return bool(asked_aspects(part)) or (bool(stem_words(part)) and len(split_words(part)) >= 4)


def needs_context(text: str) -> bool:
    """Whether a message is likely to mean something said before: short, or with a word that points back."""
    words = split_words(text)
    return len(words) <= SHORT or bool(_STARTS.match(text)) or bool(_LEANING & set(words[:12]))
