"""Vectors in the database, by the hash of their text and of the encoder: each text is encoded once."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from sqlalchemy import delete, select

from clinic.db import Sessions
from clinic.knowledge.model import Article
from clinic.knowledge.schema_store import VectorRow
from clinic.knowledge.vectors import Matrix, Vectors, hash_text, texts_of

CHUNK = 500


def load_vectors(sessions: Sessions, encoder: str) -> dict[str, bytes]:
    """All vectors made by the encoder with this hash, by the hash of their text."""
    with sessions() as session:
        wanted = select(VectorRow.text_hash, VectorRow.values).where(VectorRow.encoder == encoder)
        return {key: values for key, values in session.execute(wanted)}  # noqa: C416


def fill_vectors(
    sessions: Sessions, articles: Sequence[Article], vectors: Vectors, tell: Callable[[int, int], None]
) -> None:
    """Make the vectors that are missing, CHUNK at a time and on every core; `tell` hears how many of how many are
    done. Each chunk is kept at once, so that an import that was stopped goes on where it was.
    """
    wanted = {hash_text(text): text for article in articles for text in texts_of(article)}
    with sessions() as session:
        known = set(session.scalars(select(VectorRow.text_hash).where(VectorRow.encoder == vectors.hash)))
    missing = [key for key in wanted if key not in known]
    cores = os.cpu_count() or 1
    with ThreadPoolExecutor(cores) as pool:
        for start in range(0, len(missing), CHUNK):
            keys = missing[start : start + CHUNK]
            rows = _encode(pool, cores, vectors, [wanted[key] for key in keys]).astype("<f4")
            with sessions.begin() as session:
                for key, row in zip(keys, rows, strict=True):
                    session.merge(VectorRow(text_hash=key, encoder=vectors.hash, values=row.tobytes()))
            tell(start + len(keys), len(missing))


def _encode(pool: ThreadPoolExecutor, cores: int, vectors: Vectors, texts: Sequence[str]) -> Matrix:
    """Rows for the texts, each thread taking every so-many-th of them; a text's row never depends on the others."""
    cores = min(cores, len(texts))
    parts = list(pool.map(vectors.encode, [texts[first::cores] for first in range(cores)]))
    rows = np.empty((len(texts), parts[0].shape[1]), dtype=np.float32)
    for first, part in enumerate(parts):
        rows[first::cores] = part
    return rows


def keep_vectors(sessions: Sessions, encoder: str, articles: Sequence[Article]) -> None:
    """Forget vectors of texts that none of these articles holds, and those of other encoders."""
    needed = {hash_text(text) for one in articles for text in texts_of(one)}
    with sessions.begin() as session:
        session.execute(delete(VectorRow).where(VectorRow.encoder != encoder))
        stale = [key for key in session.scalars(select(VectorRow.text_hash)) if key not in needed]
        for start in range(0, len(stale), CHUNK):
            session.execute(delete(VectorRow).where(VectorRow.text_hash.in_(stale[start : start + CHUNK])))
