"""Real SQLite, the real encoder where the words matter, and a small one made of words where they do not."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from clinic.db import Base, Sessions, open_sessions
from clinic.knowledge import store, unanswered_store  # noqa: F401  (their tables)
from clinic.knowledge.search.embedded_texts import Matrix
from clinic.knowledge.search.text import stem_words
from clinic.knowledge.service import KnowledgeBase, QueryLexicon
from clinic.knowledge.synchronisation import sync_folder
from clinic.privacy import erasure_store  # noqa: F401  (a gap looks whether its conversation is being erased)
from language.encoder import Encoder

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = ROOT / "data" / "articles" / "posterior-ankle-impingement.md"


class WordVectors:
    """Texts that share words are close: enough where the meaning of words does not matter."""

    hash = "w" * 64

    def encode(self, texts: Sequence[str]) -> Matrix:
        rows = np.zeros((len(texts), 384), dtype=np.float32)
        for place, text in enumerate(texts):
            for stem in stem_words(text) or ["nothing"]:
                rows[place, crc32(stem.encode()) % 384] += 1
            rows[place] /= np.linalg.norm(rows[place])
        return rows

    def encode_wording(self, texts: Sequence[str]) -> Matrix:
        rows = self.encode(texts)
        return np.hstack([rows, rows])


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder.load(Path(os.environ.get("POINTE_ENCODER") or ROOT / "models" / "encoder"))


@pytest.fixture(scope="session")
def words() -> QueryLexicon:
    return QueryLexicon.load(ROOT / "data")


def make_sessions(folder: Path) -> Sessions:
    sessions = open_sessions(f"sqlite:///{folder / 'clinic.db'}")
    Base.metadata.create_all(sessions.kw["bind"])
    return sessions


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    return make_sessions(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    return made


@pytest.fixture(scope="session")
def library(encoder: Encoder, words: QueryLexicon, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The shipped article, asked with the real encoder."""
    sessions = make_sessions(tmp_path_factory.mktemp("library"))
    sync_folder(sessions, ROOT / "data" / "articles", encoder)
    return KnowledgeBase(sessions, encoder, words)


def write_article(folder: Path, title: str, body: str, **fields: str) -> Path:
    slug = fields.pop("slug", title.lower().replace(" ", "-").replace("'", ""))
    front = {"title": f'"{title}"', "slug": slug, "state": "published", **fields}
    lines = "\n".join(f"{key}: {value}" for key, value in front.items())
    path = folder / f"{slug}.md"
    path.write_text(f"---\n{lines}\n---\n\n{body}\n", "utf-8")
    return path


FOOT = """## Symptoms {#symptoms aspect=symptoms}

A bunion is a bony bump beside the big toe. The bump can be red and sore.

## Treatment {#treatment aspect=treatment}

Wide shoes take pressure off a bunion. Surgery can straighten the toe."""

ELBOW = """## Symptoms {#symptoms aspect=symptoms}

Golfer's elbow hurts on the inside of the elbow. Gripping a club makes the inside of the elbow hurt more.

## Treatment {#treatment aspect=treatment}

A strap below the elbow can ease golfer's elbow. Exercises for the forearm help golfer's elbow to heal."""
