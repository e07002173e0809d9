"""Visitors' words beside the articles' words, from a file that trainers edit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from language.data_file import DataFileError, load


class LayWordsInvalid(Exception):
    """The file cannot be used; the sentence says where and why."""


class LayWords:
    """Phrases, each with the clinical words that say the same."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self._meanings = {_key(phrase): meaning for phrase, meaning in meanings.items()}
        longest_first = sorted(self._meanings, key=lambda phrase: (-len(phrase), phrase))
        either = "|".join(re.escape(phrase).replace(r"\ ", r"[\s-]+") for phrase in longest_first)
        self._phrase = re.compile(rf"(?<![\w'-])(?:{either})(?=(?:e?s|'s)?(?![\w'-]))" if either else r"(?!)", re.I)

    @classmethod
    def load(cls, path: Path) -> LayWords:
        """The lay words of a file like data/lay_words.yml; raises LayWordsInvalid with what to mend."""
        try:
            content = load(path).plain
        except DataFileError as error:
            raise LayWordsInvalid(f"{path} cannot be read: {error}") from error
        entries = content.get("lay_words") if isinstance(content, dict) else None
        if not isinstance(entries, list):
            raise LayWordsInvalid(f"{path} needs a list called lay_words.")
        meanings: dict[str, str] = {}
        for place, entry in enumerate(entries, start=1):
            for phrase in _phrases(path, place, entry):
                if _key(phrase) in meanings:
                    raise LayWordsInvalid(f'{path}: "{phrase}" of entry {place} is there twice.')
                meanings[_key(phrase)] = entry["means"]
        return cls(meanings)

    def expand(self, text: str) -> str:
        """The normalised text, then the clinical words of its lay phrases: those it lacks, each once."""
        present = set(_words(text))
        added: list[str] = []
        for found in self._phrase.finditer(text):
            for word in self._meaning(found).split():
                if word.lower() not in present:
                    present.add(word.lower())
                    added.append(word)
        return " ".join([text, *added])

    def rename(self, text: str, is_name: Callable[[str], bool]) -> str:
        """The text with each phrase that means a name, and is none itself, said by that name."""

        def said(found: re.Match[str]) -> str:
            meaning = self._meaning(found)
            return meaning if is_name(meaning) and not is_name(found.group()) else found.group()

        return self._phrase.sub(said, text)

    def _meaning(self, found: re.Match[str]) -> str:
        """Empty for a letter that is another's only to the pattern: "ſ" is read as an s, and stays "ſ"."""
        return self._meanings.get(_key(found.group()), "")

    @property
    def clinical_words(self) -> frozenset[str]:
        """Every word this list may add, in lower case."""
        return frozenset(word for meaning in self._meanings.values() for word in _words(meaning))


def _phrases(path: Path, place: int, entry: object) -> Sequence[str]:
    phrases = entry.get("say") if isinstance(entry, dict) else None
    means = entry.get("means") if isinstance(entry, dict) else None
    whole = isinstance(phrases, list) and phrases and all(isinstance(p, str) and p.strip() for p in phrases)
    if not whole or not isinstance(means, str) or not means.strip():
        raise LayWordsInvalid(f"{path}: entry {place} needs say (a list of phrases) and means (words).")
    return list(phrases or ())


def _key(phrase: str) -> str:
    return " ".join(phrase.lower().replace("-", " ").split())


def _words(text: str) -> list[str]:
    return re.findall(r"[\w-]+", text.lower())
