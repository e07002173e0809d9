"""The names articles go by, and which of them a question holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from clinic.knowledge.model import Article
from clinic.knowledge.search.text import canonical, stem_words

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.intp]
_SHORT_FORM = re.compile(r"\(([A-Z][A-Za-z0-9-]{1,8})\)")
_BRACKETED = re.compile(r"(.+?)\s*\(([^()]+)\)\s*\Z")
_AFTERTHOUGHT = re.compile(r",|;| [-–—|] ")
_OF = re.compile(r"([\w ]+?) (?:of|in)(?: the)? ([\w ]+)\Z", re.IGNORECASE)
_AT = re.compile(r"([\w ]+?) (?:at|in|of|on) the \w+ of(?: the)? ([\w ]+)\Z", re.IGNORECASE)
_BOTH = re.compile(r"(.+?) (?:and|or|&) (.+)")
_KIND = re.compile(r"(.+) (?:syndrome|disease|disorder)", re.IGNORECASE)
_LONG_WORD = re.compile(r"[a-z]{4,}")
# Words that many names share: two articles are twins when the rest of a name of theirs is the same.
_GENERAL = frozenset(stem_words("disease disorder syndrome condition problem injury pain"))


def names_of(article: Article) -> tuple[str, ...]:
    """What the title says, synonyms, and the short forms the text gives it, as in "complex regional pain syndrome
    (CRPS)".
    """
    return tuple(dict.fromkeys([*titles_of(article), *article.synonyms, *_short_forms(article)]))


def is_name_of(article: Article, text: str) -> bool:
    """Whether the text is one of the article's names and nothing else, its apostrophes aside."""
    said = canonical(text)
    return any(canonical(name) == said for name in names_of(article))


def titles_of(article: Article) -> tuple[str, ...]:
    """The title, the parts of one with a bracket, a colon, a comma or an "and"; "hip osteoarthritis" for
    "osteoarthritis of the hip"; "carpal tunnel" for "carpal tunnel syndrome".
    """
    names = [article.title]
    if bracketed := _BRACKETED.match(article.title):
        names += bracketed.groups()
    if ":" in article.title:
        names += [part.strip() for part in article.title.split(":")]
    names += [_AFTERTHOUGHT.split(article.title)[0].strip()]
    names += [f"{of.group(2)} {of.group(1)}" for name in names if (of := _at(name) or _OF.match(name))]
    names += [part for name in names if (both := _BOTH.fullmatch(name)) for part in both.groups() if _is_telling(part)]
    names += [kind.group(1) for name in names if (kind := _KIND.fullmatch(name)) and _is_telling(kind.group(1))]
    return tuple(dict.fromkeys(names))


def _at(name: str) -> re.Match[str] | None:
    """ "Arthritis at the base of the thumb"; pain at the front of a knee is no pain of the knee."""
    match = _AT.match(name)
    return match if match and not _GENERAL.issuperset(stem_words(match.group(1))) else None


def _is_telling(part: str) -> bool:
    """Whether a part of a title is a name by itself: two words, an abbreviation, somebody's; not "back"."""
    return len(part.split()) > 1 or "-" in part or "'" in part or "’" in part or (part.isupper() and len(part) > 1)


def _short_forms(article: Article) -> Iterable[str]:
    words = _LONG_WORD.findall(article.title.casefold())
    reach = len(article.title) + 12
    for section in article.sections if words else ():
        for match in _SHORT_FORM.finditer(section.text):
            before = section.text[max(0, match.start() - reach) : match.start()].casefold()
            if all(word in before for word in words):
                yield match.group(1)


class TitleMatcher:
    """The names of every article, found by their stems; `weight` says how telling a stem is."""

    def __init__(self, articles: Sequence[Article], weight: Callable[[str], float]) -> None:
        self._weight = weight
        self._size = len(articles)
        owners: list[int] = []
        masses: list[float] = []
        found: dict[str, list[int]] = {}
        self._keys: list[set[frozenset[str]]] = []
        self._named: dict[frozenset[str], set[int]] = {}
        for place, article in enumerate(articles):
            stemmed = {frozenset(stem_words(name)) for name in names_of(article)} - {frozenset()}
            self._keys.append({stems - _GENERAL or stems for stems in stemmed})
            for key in self._keys[-1]:
                self._named.setdefault(key, set()).add(place)
            for stems in stemmed:
                for stem in stems:
                    found.setdefault(stem, []).append(len(owners))
                owners.append(place)
                masses.append(sum(map(weight, sorted(stems))))
        self._owners: Rows = np.array(owners, dtype=np.intp)
        self._masses = np.array(masses, dtype=np.float64)
        self._found: dict[str, Rows] = {stem: np.array(rows, dtype=np.intp) for stem, rows in found.items()}

    def match(self, stems: Sequence[str]) -> tuple[Scores, Scores]:
        """For each article: the weighted share of its best name that the question holds, squared; and the
        share of the question that a name of its explains. Both between 0 and 1.
        """
        asked = list(dict.fromkeys(stems))
        cover = np.zeros(self._size, dtype=np.float32)
        share = np.zeros(self._size, dtype=np.float32)
        hits = [stem for stem in asked if stem in self._found]
        if hits:
            mass = np.zeros(len(self._owners))
            for stem in hits:
                mass[self._found[stem]] += self._weight(stem)
            touched = np.flatnonzero(mass)
            total = sum(map(self._weight, asked))
            owners = self._owners[touched]
            np.maximum.at(cover, owners, ((mass[touched] / self._masses[touched]) ** 2).astype(np.float32))
            np.maximum.at(share, owners, (mass[touched] / total).astype(np.float32))
        return cover, share

    def twins(self, article: int) -> frozenset[int]:
        """The places of the articles that share a name with this one, itself among them."""
        return frozenset({article}.union(*(self._named[key] for key in self._keys[article])))
