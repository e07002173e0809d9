"""Messages that say the same put together, the most valuable first. Pure."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256

import Stemmer

from clinic.conversations.inbox.model import REASONS, Item, Reason, Said
from clinic.teaching.nlu_examples import words

MOST_PLACES = 200
KNOWN = 0.2
"""How much less a message is worth whose very words are an example already."""
UNHEARD = 0.5
"""How much more it is worth where no word of it stands in any example; in between by their share."""
_WEIGHTS: dict[Reason, float] = {"corrected": 4.0, "disliked": 2.0, "unsure": 1.0, "unanswered": 0.8}
_FILLERS = frozenset(
    ("please", "pls", "plz", "hi", "hello", "hey", "thanks", "thank", "ok", "okay", "so", "well", "um", "erm", "er")
)


def group(said: Iterable[Said], known: Mapping[tuple[str, ...], str] | None = None) -> list[Item]:
    """Items of messages with the same words in any order and form, the most valuable first.

    `known` holds the folded words of every example with its intent.
    """
    groups: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        if stems := signature(one.text):
            groups[key_of(stems)].append(one)
    heard = {word for folded in known or () for word in folded}
    items = [_item(key, members, known or {}, heard) for key, members in groups.items()]
    return sorted(items, key=lambda one: (-one.value, one.key))


def signature(text: str) -> tuple[str, ...]:
    """The stems of a text's words, in alphabetical order; greetings and thanks only where nothing else is said."""
    folded = words(text)
    telling = [word for word in folded if word not in _FILLERS] or list(folded)
    return tuple(sorted(_stemmer().stemWords(telling)))


def key_of(stems: tuple[str, ...]) -> str:
    """What names an item for good, whatever becomes of the log it was found in."""
    return sha256(" ".join(stems).encode()).hexdigest()[:24]


def _item(key: str, members: list[Said], known: Mapping[tuple[str, ...], str], heard: set[str]) -> Item:
    newest = sorted(members, key=lambda one: one.at, reverse=True)
    wordings = [text for text, _ in Counter(one.text for one in newest).most_common()]
    reasons = {reason for one in members for reason in one.reasons}
    right = next((one.right_intent for one in newest if one.right_intent), "")
    guesses = next((one.guesses for one in newest if one.guesses), ())
    return Item(
        key=key,
        text=wordings[0],
        wordings=tuple(wordings),
        places=tuple(one.place for one in newest[:MOST_PLACES]),
        reasons=tuple(reason for reason in REASONS if reason in reasons),
        guesses=guesses,
        right_intent=right,
        last=newest[0].at,
        right_answer=next((one.right_answer for one in newest if one.right_answer), ""),
        is_test=all(one.is_test for one in members),
        value=_value(members, reasons, guesses) * _newness(words(wordings[0]), known, heard),
    )


def _value(members: list[Said], reasons: set[Reason], guesses: tuple[tuple[str, float], ...]) -> float:
    """Weighed by why it is here, how often it was said and how undecided the two likeliest guesses are."""
    shares = [share for _, share in guesses[:2]] + [0.0, 0.0]
    undecided = 1.0 - (shares[0] - shares[1])
    visitors = len({one.place.conversation_id for one in members})
    return max(_WEIGHTS[one] for one in reasons) * (1.0 + math.log2(visitors)) * (0.5 + undecided)


def _newness(folded: tuple[str, ...], known: Mapping[tuple[str, ...], str], heard: set[str]) -> float:
    """What a message is worth beside others for being different from what is known."""
    if folded in known:
        return KNOWN
    unheard = [word for word in folded if word not in heard]
    return 1.0 + UNHEARD * len(unheard) / max(1, len(folded)) if heard else 1.0


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
