"""`python -m bench.reader.prepare OUT`: data/reading/ and the shipped article's questions as chunks to learn from.

A chunk is a question, a section, and which of its sentences answer (none, where the section does not). For a question
that the page answers these are its own section and the likeliest wrong one; otherwise its two likeliest.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bench.reader.pages import READING, ROOT, import_page
from clinic.knowledge.articles.files import read_with_questions
from clinic.knowledge.model import Article
from language.encoder import Encoder

SHIPPED = 300  # questions taken of the shipped article's, so that it does not drown the others


@dataclass(frozen=True)
class Chunk:
    """A question beside one section."""

    id: str
    article: str
    kind: str
    question: str
    title: str
    heading: str
    sentences: tuple[str, ...]
    positive: tuple[int, ...]


@dataclass(frozen=True)
class Asked:
    """A question, and the sentences (by section and place) that answer it; none where the page does not."""

    id: str
    text: str
    kind: str
    answers: frozenset[tuple[int, int]]


def read_page(path: Path) -> tuple[Article, list[Asked]]:
    """A page as an import makes it, and its questions."""
    article = import_page(path)
    lines = path.with_suffix(".questions.jsonl").read_text("utf-8").splitlines()
    return article, [_asked(article, json.loads(line)) for line in lines if line.strip()]


def _asked(article: Article, row: dict[str, object]) -> Asked:
    evidence = [_flat(str(one)) for one in row.get("evidence") or ()]  # type: ignore[attr-defined]
    answers = {
        (at, place)
        for at, section in enumerate(article.sections)
        for place, one in enumerate(section.sentences)
        if any(words in _flat(one.text) for words in evidence)
    }
    return Asked(str(row["id"]), str(row["text"]), str(row.get("kind") or "answered"), frozenset(answers))


def _flat(text: str) -> str:
    return " ".join(text.replace("*", "").replace("\n- ", " ").split()).casefold()


def read_shipped() -> tuple[Article, list[Asked]]:
    """The shipped article with some of its own questions."""
    article, _ = read_with_questions(ROOT / "data/articles/posterior-ankle-impingement.md")
    asked = [
        Asked(f"shipped-{at}-{place}-{number}", text, "answered", frozenset({(at, place)}))
        for at, section in enumerate(article.sections)
        for place, one in enumerate(section.sentences)
        for number, text in enumerate(one.asked)
    ]
    open_ones = [
        Asked(f"shipped-open-{at}", text, "near_miss", frozenset()) for at, text in enumerate(article.unanswered)
    ]
    chosen = random.Random(13)
    return article, chosen.sample(asked, SHIPPED) + chosen.sample(open_ones, min(SHIPPED // 2, len(open_ones)))


def chunks_of(article: Article, questions: Sequence[Asked], encoder: Encoder, whole: bool) -> Iterator[Chunk]:
    """The chunks of a page: those worth learning from, or with `whole` every section beside every question."""
    sentences = [(at, one.text) for at, section in enumerate(article.sections) for one in section.sentences]
    rows, owners = encoder.encode([text for _, text in sentences]), np.array([at for at, _ in sentences])
    for asked in questions:
        near = rows @ encoder.encode([asked.text])[0]
        likely = sorted(range(len(article.sections)), key=lambda at: -float(near[owners == at].max()))
        own = [at for at in likely if any(section == at for section, _ in asked.answers)]
        wrong = [at for at in likely if at not in own]
        picked = likely if whole else own + wrong[: 1 if own else 2]
        if asked.kind == "answered" and not asked.answers:
            continue
        for at in picked:
            section = article.sections[at]
            yield Chunk(
                asked.id, article.slug, asked.kind, asked.text, article.title, section.heading,
                tuple(one.text for one in section.sentences),
                tuple(sorted(place for where, place in asked.answers if where == at)),
            )  # fmt: skip


def main() -> None:
    """Writes learn.jsonl and choose.jsonl into OUT."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    encoder = Encoder.load(ROOT / "models/encoder")
    learn, choose = (out / "learn.jsonl").open("w"), (out / "choose.jsonl").open("w")
    pages = [(path, *read_page(path)) for path in sorted(READING.glob("*/*.md"))]
    for path, article, questions in [*pages, (Path("shipped"), *read_shipped())]:
        stem, whole = path.stem, path.parent.name == "choosing"
        lost = sum(1 for one in questions if one.kind == "answered" and not one.answers)
        print(f"{stem}: {len(questions)} questions, {lost} without their sentence", flush=True)
        to = choose if whole else learn
        for chunk in chunks_of(article, questions, encoder, whole):
            to.write(json.dumps(asdict(chunk) | {"page": stem}) + "\n")


if __name__ == "__main__":
    main()
