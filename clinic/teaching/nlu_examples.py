"""Reading what trainers wrote under ``data/nlu``, and the rules that keep every example worth having."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from clinic.problem import Problem
from clinic.teaching.model import Example, TooFewExamples
from language.data_file import DataFileError, load

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
