"""What a question names (a condition, a structure, a body part, another thing) and whether an article speaks of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clinic.knowledge.model import ArticleError
from clinic.knowledge.search.text import canonical
from language.data_file import DataFileError, load

KINDS = ("conditions", "structures", "body_parts", "things")
CONDITIONS = frozenset({"conditions", "structures"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it was found; `key` is its canonical form, between spaces."""

    kind: str
    name: str
    key: str


class Gazetteer:
    """Names of four kinds, found in a text by their stems, the longest first."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._by_first: dict[str, list[Mention]] = {}
        for kind, several in names.items():
            for name in several:
                key = canonical(name)
                if key.strip():
                    self._by_first.setdefault(key.split()[0], []).append(Mention(kind, name, key))
        for found in self._by_first.values():
            found.sort(key=lambda one: -len(one.key))

    @classmethod
    def load(cls, path: Path) -> Gazetteer:
        """The names of a file like `data/conditions.yml`; raises ArticleError with what to mend."""
        try:
            data = load(path).plain or {}
        except DataFileError as error:
            raise ArticleError(str(error)) from None
        if not isinstance(data, dict) or set(data) - set(KINDS):
            raise ArticleError(f"{path.name}: only {', '.join(KINDS)} may stand here, each with a list of names")
        return cls({kind: [str(one) for one in names or ()] for kind, names in data.items()})

    def find(self, text: str, extra: Sequence[str] = ()) -> tuple[Mention, ...]:
        """The names in a text, none inside a longer one; `extra` are conditions that were seen in it otherwise."""
        line = canonical(text)
        words, at, found = line.split(), 0, []
        while at < len(words):
            rest = f" {' '.join(words[at:])} "
            match = next((one for one in self._by_first.get(words[at], ()) if rest.startswith(one.key)), None)
            if match:
                found.append(match)
            at += len(match.key.split()) if match else 1
        for name in extra:
            key = canonical(name)
            if key.strip() and key in line and not any(key in one.key for one in found):
                found.append(Mention("conditions", name, key))
        return tuple(found)


def speaks_of(article_stems: str, named: Mention) -> bool:
    """Whether the article's text, in its canonical form, holds the name."""
    return named.key in article_stems
