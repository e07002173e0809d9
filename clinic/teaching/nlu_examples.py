"""Reading what trainers wrote under ``data/nlu``, and the rules that keep every example worth having."""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

from clinic.problem import Problem
from clinic.teaching.model import DuplicateKind, Example, Repetition, TooFewExamples
from language.data_file import DataFileError, load

JACCARD_LIMIT = 0.8
ONE_WORD_FROM = 5

SUFFIXES = (".yml", ".yaml")  # what training reads, and so do we

ANNOTATION = re.compile(r"\[(?P<said>[^\]]+)\](?P<told>\([^)]*\)|\{[^}]*\})")
_JOINERS = re.compile("['\u2018\u2019\u00b4`-]")
_WORD_OR_SIGN = re.compile(r"\w+|[^\w\s]")


class UnreadableExamples(Problem, ValueError):
    """A file of utterances that cannot be read; the message names the file, the line and what to mend."""


def plain(text: str) -> str:
    """The words a visitor typed: ``text`` without its entity annotation."""
    return ANNOTATION.sub(lambda match: match["said"], text)


def words(text: str) -> tuple[str, ...]:
    """The words of ``text`` in order, folded: no annotation, case, accents or punctuation.

    An emoji counts as a word: a thumb up says something, a question mark alone does not.
    """
    decomposed = unicodedata.normalize("NFKD", _JOINERS.sub("", plain(text)).casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return tuple(word for word in _WORD_OR_SIGN.findall(letters) if _tells(word))


def _tells(word: str) -> bool:
    return len(word) > 1 or word.isalnum() or unicodedata.category(word) == "So"


def read_examples(folder: Path) -> list[Example]:
    """Every example of every ``*.yml`` and ``*.yaml`` in ``folder``, in the order of the files' names and lines.

    Lookups and synonyms are no examples and are left out. Raises ``UnreadableExamples``.
    """
    files = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    return [example for path in files for example in read_file(path)]


def read_file(path: Path) -> list[Example]:
    """The examples of one file in Rasa's format, each with the line it stands on; parsed again only when it changed."""
    return list(_examples_of(path, hash_of(path)))


def hash_of(path: Path) -> str:
    """The hash of a file's content; empty where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@lru_cache(maxsize=64)
def _examples_of(path: Path, _hash: str) -> tuple[Example, ...]:
    try:
        found = load(path)
        document, source = found.marked, found.text
    except DataFileError as error:
        raise UnreadableExamples(str(error)) from error
    blocks = document.get("nlu") if isinstance(document, dict) else None
    if not isinstance(blocks, list):
        raise UnreadableExamples(f"{path.name}:1: there is no list called 'nlu' in this file")
    return tuple(
        example
        for block in blocks
        if isinstance(block, dict) and "intent" in block
        for example in _block(path, source, block)
    )


def _block(path: Path, source: str, block: Any) -> Iterator[Example]:
    intent = str(block["intent"])
    examples = block.get("examples")
    if not isinstance(examples, str):
        line = block.lc.line + 1
        raise UnreadableExamples(f"{path.name}:{line}: {intent} needs 'examples: |', then lines with '- '")
    start = int(block.lc.key("examples")[0]) + 2
    for line, written in enumerate(source.split("\n")[start - 1 :][: examples.count("\n")], start):
        text = written.strip()
        if text and not text.startswith("- "):
            raise UnreadableExamples(f"{path.name}:{line}: an utterance begins with '- ', this is {text!r}")
        if text:
            yield Example(text[2:].strip(), intent, path.name, line)


def find_shortages(examples: Iterable[Example], intents: Iterable[str], needed: int) -> list[TooFewExamples]:
    """The ``intents`` with fewer than ``needed`` examples, in the order given."""
    counts = Counter(example.intent for example in examples)
    return [TooFewExamples(intent, counts[intent], needed) for intent in intents if counts[intent] < needed]


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
