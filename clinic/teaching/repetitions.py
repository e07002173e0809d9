"""Utterances that say the same."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from clinic.teaching.model import DuplicateKind, Example, Repetition
from clinic.teaching.nlu_examples import words

JACCARD_LIMIT = 0.8


ONE_WORD_FROM = 5


def find_repetitions(examples: Sequence[Example]) -> list[Repetition]:
    """Every pair of examples too much alike, within an intent or across two, in the order of the examples."""
    folded = [words(example.text) for example in examples]
    found = []
    for first, second in sorted(_candidates(folded)):
        likeness = compare(folded[first], folded[second])
        if likeness:
            found.append(Repetition(examples[first], examples[second], likeness))
    return found


def compare(first: tuple[str, ...], second: tuple[str, ...]) -> DuplicateKind | None:
    """How two utterances, as ``words`` gives them, are too much alike; ``None`` where they are not.

    Jaccard: words in both divided by words in either, each as often as it is said ("no" is not "no no no").
    """
    if first == second:
        return DuplicateKind.SAME
    if max(len(first), len(second)) >= ONE_WORD_FROM and _one_word_apart(first, second):
        return DuplicateKind.ONE_WORD
    one, other = Counter(first), Counter(second)
    if (one & other).total() >= JACCARD_LIMIT * (one | other).total():
        return DuplicateKind.SAME_WORDS
    return None


def _one_word_apart(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """One word exchanged, added or left out, all others in their places."""
    short, long = sorted((first, second), key=len)
    if len(long) - len(short) > 1:
        return False
    same = 0
    while same < len(short) and short[same] == long[same]:
        same += 1
    rest = short[same:] if len(long) > len(short) else short[same + 1 :]
    return rest == long[same + 1 :]


def _candidates(folded: Sequence[tuple[str, ...]]) -> set[tuple[int, int]]:
    """Pairs that could be alike: near in length, and sharing one of the few rarest words of each.

    Prefix filtering (Chaudhuri, Ganti and Kaushik 2006): when at most k words of each are not in the other, the k + 1
    rarest words of one share a word with those of the other.
    """
    said_by = Counter(word for said in folded for word in set(said))
    holders: dict[str, list[int]] = defaultdict(list)
    for index, said in enumerate(folded):
        rarest = sorted(set(said), key=lambda word: (said_by[word], word))
        unshared = max(1, int((1 - JACCARD_LIMIT) * len(said) + 1e-9))
        for word in rarest[: unshared + 1] or [""]:
            holders[word].append(index)
    pairs: set[tuple[int, int]] = set()
    for indexes in holders.values():
        pairs.update((a, b) for a, b in combinations(indexes, 2) if _near(folded[a], folded[b]))
    return pairs


def _near(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    short, long = sorted((len(first), len(second)))
    return long - short <= 2 or short >= JACCARD_LIMIT * long
