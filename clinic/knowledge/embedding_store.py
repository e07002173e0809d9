"""Vectors in the database, by the hash of their text and of the encoder: each text is encoded once."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from clinic.db import Sessions
from clinic.knowledge.model import Article
from clinic.knowledge.schema_store import VectorRow
from clinic.knowledge.search.embedded_texts import Matrix, Vectors, hash_question, hash_text, questions_of, texts_of

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
    with sessions() as session:
        known = set(session.scalars(select(VectorRow.text_hash).where(VectorRow.encoder == vectors.hash)))
    kinds = ((_texts(articles), vectors.encode), (_questions(articles), vectors.encode_wording))
    left = [({key: text for key, text in kind.items() if key not in known}, encode) for kind, encode in kinds]
    done, all_of_them = 0, sum(len(kind) for kind, _ in left)
    for kind, encode in left:
        keys = list(kind)
        for start in range(0, len(keys), CHUNK):
            some = keys[start : start + CHUNK]
            _keep(sessions, vectors.hash, some, _encode(encode, [kind[key] for key in some]))
            done += len(some)
            tell(done, all_of_them)


def _texts(articles: Sequence[Article]) -> dict[str, str]:
    return {hash_text(text): text for one in articles for text in texts_of(one)}


def _questions(articles: Sequence[Article]) -> dict[str, str]:
    return {hash_question(text): text for one in articles for text in questions_of(one)}


def _keep(sessions: Sessions, encoder: str, keys: Sequence[str], rows: Matrix) -> None:
    """All rows in one statement; one that another process made meanwhile stays as it is."""
    made = [
        {"text_hash": key, "encoder": encoder, "values": row.tobytes()}
        for key, row in zip(keys, rows.astype("<f4"), strict=True)
    ]
    with sessions.begin() as session:
        insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        session.execute(insert(VectorRow).on_conflict_do_nothing(), made)


def _encode(encode: Callable[[Sequence[str]], Matrix], texts: Sequence[str]) -> Matrix:
    """Rows for the texts, each core taking every so-many-th of them; a text's row never depends on the others."""
    cores = min(os.cpu_count() or 1, len(texts))
    with ThreadPoolExecutor(cores) as pool:
        parts = list(pool.map(encode, [texts[first::cores] for first in range(cores)]))
    rows = np.empty((len(texts), parts[0].shape[1]), dtype=np.float32)
    for first, part in enumerate(parts):
        rows[first::cores] = part
    return rows


def keep_vectors(sessions: Sessions, encoder: str, articles: Sequence[Article]) -> None:
    """Forget vectors of texts that none of these articles holds, and those of other encoders."""
    needed = _texts(articles).keys() | _questions(articles).keys()
    with sessions.begin() as session:
        session.execute(delete(VectorRow).where(VectorRow.encoder != encoder))
        stale = [key for key in session.scalars(select(VectorRow.text_hash)) if key not in needed]
        for start in range(0, len(stale), CHUNK):
            session.execute(delete(VectorRow).where(VectorRow.text_hash.in_(stale[start : start + CHUNK])))
