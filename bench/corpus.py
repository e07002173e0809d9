"""Sets in the form of `articles.jsonl` and `questions.jsonl`, read as our own articles and questions."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from clinic.knowledge.articles.segmentation import Block, join_blocks
from clinic.knowledge.model import Article, Section
from clinic.knowledge.search.embedded_texts import Matrix, Vectors, hash_text

TYPES = {
    "information": "overview", "symptoms": "symptoms", "causes": "causes", "treatment": "treatment",
    "exams and tests": "diagnosis", "outlook": "recovery", "prevention": "prevention",
    "susceptibility": "risk_groups", "frequency": "risk_groups", "inheritance": "causes",
    "genetic changes": "causes", "stages": "diagnosis", "research": "service", "considerations": "recovery",
    "complications": "recovery", "support groups": "service",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in two lengths with the articles and sections that answer it (none when nothing here does)."""

    line: str
    mail: str
    articles: frozenset[str]
    sections: frozenset[str]
    answerable: bool


def read_articles(folder: Path, synonyms: bool = False) -> list[Article]:
    """The articles of the corpus; held-out ones are left out. Synonyms only when asked for: some sets were
    labelled with their help, and a run that uses them is reported apart.
    """
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [_article(row, synonyms) for row in rows if row.get("in_corpus", True)]


def _article(row: dict[str, Any], synonyms: bool) -> Article:
    sections = []
    for part in row["sections"]:
        blocks = [Block(" ".join(line.split())) for line in part["text"].split("\n") if line.strip()]
        aspect = TYPES.get(part["type"], "overview")
        sections.append(Section(part["id"], part["heading"], aspect, *join_blocks(blocks)))
    names = tuple(row.get("synonyms") or ()) if synonyms else ()
    return Article(row["id"], row["title"], tuple(one for one in sections if one.passages), synonyms=names)


def read_questions(folder: Path) -> list[Asked]:
    """The questions, in the order of the file."""
    with (folder / "questions.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Asked(
            row["summary"],
            row["question"],
            frozenset(row["gold_articles"]),
            frozenset(row["gold_sections"]),
            bool(row["answerable"]),
        )
        for row in rows
    ]


class Kept:
    """Vectors kept in a file between runs, so that a corpus is encoded once."""

    def __init__(self, vectors: Vectors, path: Path) -> None:
        self._vectors, self._path = vectors, path
        self._known: dict[str, Any] = {}
        if path.exists():
            with np.load(path) as file:
                self._known = dict(zip(file["keys"].tolist(), file["rows"], strict=True))

    def encode(self, texts: list[str]) -> Matrix:
        """A row for each text; says how far it is when there is much to do."""
        missing = [text for text in dict.fromkeys(texts) if hash_text(text) not in self._known]
        for start in range(0, len(missing), 500):
            part = missing[start : start + 500]
            self._known |= dict(zip(map(hash_text, part), self._vectors.encode(part), strict=True))
            if len(missing) > 500:
                print(f"  encoded {start + len(part)} of {len(missing)} texts", flush=True)
        if missing:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            np.savez(self._path, keys=np.array(list(self._known)), rows=np.array(list(self._known.values())))
        rows: Matrix = np.array([self._known[hash_text(text)] for text in texts], dtype=np.float32)
        return rows


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Vectors from one function, for articles that nobody wrote questions beside."""

    encode: Callable[[Sequence[str]], Matrix]

    @property
    def encode_wording(self) -> Callable[[Sequence[str]], Matrix]:
        """The same: there are no questions to encode."""
        return self.encode
