"""Splits a message into the questions it holds, in their order. Pure; the engine and the product read it alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 5
FEWEST_WORDS = 2
FEW_WORDS = 8  # a list of things to tell, without a verb
_PLEASE = re.compile(r"[\s,]*\b(?:please|pls|plz|thanks|remind me(?: again)?)\W*$", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[?!.…;])\s+|\n+")
_WH = r"(?:what|what's|whats|how|hows|who|who's|whos|whom|when|whens|where|wheres|which|why)"
_ASK_WORDS = rf"(?:{_WH}|is|are|am|was|do|does|did|can|could|should|would|will|has|have|any|whether)"
_SUBJECT = (
    r"(?:i|you|we|they|he|she|it|this|that|these|those|there|the|an?|my|your|his|her|our|their|any\w*|some\w*|anyone)"
)
# "when it gets going", "and has never hurt": no question, unless its mark says so.
_STATES = rf"(?:when\s+{_SUBJECT}|(?:has|have)\s+(?!{_SUBJECT}\b)\w+)\b"
_TELLS = r"\s+(?:i|we)\s+(?:can|have|had|do|did)\b"  # "and what I have tried" asks nothing, "and should I have it" does
_JOINT = re.compile(
    r"(?:,\s*(?:and|also|plus|or|but)?\s*|\s*&\s*|\s+(?:and|also|plus|but)\s+(?:also\s+|then\s+)?)"
    rf"(?={_ASK_WORDS}\b)(?!{_WH}{_TELLS})(?!{_STATES})",
    re.IGNORECASE,
)
# "what are the causes, symptoms and cost": nouns that stand for a question of their own.
_NOUN = re.compile(
    r"(?:,\s*(?:and\s+)?|\s+and\s+)(?=(?:the |its |your )?(?:price|cost|causes?|symptoms?|signs?|treatment|"
    r"diagnosis|surgery|parking|opening "
    r"(?:hours|times)|address|recovery time)\b\s*[?,.]?(?:$|\s+and\b|,))",
    re.IGNORECASE,
)
_OPENS = re.compile(
    rf"^(?:(?:and|also|so|but|plus|then|oh|ok|okay|please|hi|hello|roughly|or)\W+)*(?:roughly "
    rf")?(?!{_STATES}){_ASK_WORDS}\b",
    re.IGNORECASE,
)
# "golfer's elbow - do injections work": what it is about stands before the question.
_AFTER_SUBJECT = re.compile(rf"^[^,;:]+?(?:\s[-–—]+\s|:\s+)(?={_ASK_WORDS}\b)", re.IGNORECASE)
_TOO = re.compile(r"^(?:and |or |what about |how about )?[\w' -]{3,40}(?: too| as well)?\?$", re.IGNORECASE)


_NUMBER = re.compile(r"(?:^|(?<=\s))\(?(?:[1-5]|[a-d])[).]\s+", re.IGNORECASE)


_LAST_AND = re.compile(r",?\s+(?:and|or|&)$", re.IGNORECASE)


def _numbered(text: str) -> list[str]:
    """The items of a numbered list, without what leads up to it; empty where there is none."""
    items = [_LAST_AND.sub("", one.strip(" ,;.")) for one in _NUMBER.split(text)[1:]]
    return [one for one in items if one] if len(items) > 1 else []


# "Three quick things, please: what brings it on, …": how many there are is no part of the first.
_LEAD = re.compile(
    r"^(?:[\w',!? ]+\s)?(?:things|questions|qs|bits|matters|points)\b[\w', ]*(?::|\s[-–—])\s*|^quick ?fire\W+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SubQuestion:
    """One question of a message: `text` is all that belongs to it and led up to it, `point` the question itself."""

    text: str
    point: str


def sub_questions(text: str) -> tuple[SubQuestion, ...]:
    """Every question of a message with what led up to it; empty where it holds none, one where it holds one."""
    if items := _numbered(_PLEASE.sub("", text.strip())):
        return tuple(SubQuestion(one, one) for one in items[:MOST])
    found: list[SubQuestion] = []
    led: list[str] = []
    for piece, asks in _pieces(_LEAD.sub("", _PLEASE.sub("", text.strip()))):
        led.append(piece)
        if asks:
            found.append(SubQuestion(" ".join(led), piece))
            led = []
    return tuple(found[:MOST])


def split_questions(text: str) -> tuple[str, ...]:
    """The questions of a message, two or more; empty where it holds one or none."""
    found = sub_questions(text)
    return tuple(one.point for one in found) if len(found) > 1 else ()


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """What stands between the joints of a message, and whether it asks."""
    for sentence in _SENTENCE.split(text):
        pieces = [one for part in _JOINT.split(sentence) for one in _NOUN.split(part)]
        asks = sentence.rstrip().endswith("?") or bool(_OPENS.match(sentence))
        asks = asks or (len(pieces) > 1 and len(sentence.split()) <= FEW_WORDS)
        for piece in pieces:
            clean = piece.strip(" ,;")
            if clean:
                whole = asks and _is_whole(clean, alone=len(pieces) == 1)
                yield clean, whole or (_asks(clean) and _is_whole(clean))


_INDIRECT = re.compile(
    rf"\b(?:to know|tell (?:me|us)|wonder(?:ing)?|to ask(?: you)?|find out|to learn)(?: about)?,?\s+(?={_WH}\b)",
    re.IGNORECASE,
)


def _asks(piece: str) -> bool:
    return bool(_OPENS.match(piece) or _AFTER_SUBJECT.match(piece) or _INDIRECT.search(piece))


LONGEST_LIST = 25  # words; whoever writes more tells a story
_LINKS = r"(?:and|also|plus|then|but)"
_LOOSE = re.compile(rf"\s*(?:[;/+&,]|\s-\s|(?<=\w)\s+{_LINKS}(?=\s))\s*(?:{_LINKS}\s+)*", re.IGNORECASE)


# "My knee clicks, what is that" asks one thing.
_OF_BEFORE = re.compile(r"(?:what|why|how come)(?:'?s| is| are)? (?:that|this|it|those)(?: then)?", re.IGNORECASE)


def loose_pieces(text: str) -> tuple[str, ...]:
    """What stands between the joining words and signs of a short message, two to five pieces; each may be a question.

    Whether they are is for whoever understands them: "signs, tests and price", "explain the injection; also the scan".
    """
    text = _LEAD.sub("", text.strip())
    sentences = sentences_of(text)
    marked = [one for one in sentences if one.endswith("?")]
    asked = marked[0] if len(marked) == 1 < len(sentences) else text  # "signs + cost?? typing with one thumb"
    pieces = [one.strip(" ,;.!?") for one in _LOOSE.split(_PLEASE.sub("", asked.strip()))]
    pieces = [one for one in pieces if one]
    if any(_OF_BEFORE.fullmatch(one) for one in pieces[1:]):
        return ()
    return tuple(pieces) if 1 < len(pieces) <= MOST and len(text.split()) <= LONGEST_LIST else ()


MOST_IN_PIECE = 4  # words of one that is not put as a question
_FOR_EXAMPLE = re.compile(r"^(?:like|such as|eg|e\.g\.?|say|if|when|in|on|at|by|for|from|to|of|than)\b", re.IGNORECASE)


def is_piece(text: str) -> bool:
    """Whether it may be an item of a list: put as a question, "when a scan is needed", or a few words that are no
    example and no condition.

    "A stress fracture of the second metatarsal, how long in the boot?" is one question and what it is about.
    """
    few = len(text.split()) <= MOST_IN_PIECE
    return _asks(text) or (few and not _FOR_EXAMPLE.match(text)) or (not few and bool(_WHEN.match(text)))


_WHEN = re.compile(r"when\s+(?!(?:i|we|you|he|she|they|it)\b)", re.IGNORECASE)
_BARE = re.compile(r"how (?:much|long|many|often|old|soon|dear)|who with|with whom|what for", re.IGNORECASE)


def _is_whole(piece: str, *, alone: bool = False) -> bool:
    words = piece.split()
    if _BARE.fullmatch(piece.strip(" ?.!")):
        return True
    if _asks(piece):
        return len(words) > FEWEST_WORDS or (alone and len(words) >= FEWEST_WORDS)
    return bool(_TOO.match(piece)) or (alone and piece.endswith("?")) or bool(_NOUN.match(f", {piece}"))


def sentences_of(text: str) -> list[str]:
    """The sentences of a message, each whole."""
    return [one.strip() for one in _SENTENCE.split(text) if one.strip()]


def asking_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a message that ask, each whole."""
    return tuple(one.strip() for one in _SENTENCE.split(text) if one.rstrip().endswith("?") or _OPENS.match(one))
