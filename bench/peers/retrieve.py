"""Haystack (BM25 and embedding, joined by reciprocal rank) and LangChain with Chroma over given passages.

Runs in an environment of its own: `python retrieve.py FOLDER` reads `passages.json`, `questions.json` and
`vectors.npz` there (rows `passages` and `questions`) and writes `found.json`: for each peer and question the
articles best first, the first section, a confidence and the milliseconds, encoding left out.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
os.environ["ANONYMIZED_TELEMETRY"] = "False"

import numpy as np

DEPTH = 50  # passages asked for; ten articles are made of them
Ask = Callable[[str, list[float]], list[tuple[dict[str, str], float]]]


def main(folder: Path) -> None:
    """Ask both peers every question."""
    passages = json.loads((folder / "passages.json").read_text("utf-8"))
    questions = json.loads((folder / "questions.json").read_text("utf-8"))
    with np.load(folder / "vectors.npz") as file:
        rows, asked = file["passages"].tolist(), file["questions"].tolist()
    found: dict[str, list[dict[str, Any]]] = {}
    for name, make in (("Haystack", make_haystack), ("LangChain + Chroma", make_chroma)):
        ask = make(passages, rows)
        ask(questions[0], asked[0])  # the first question pays for what is made on demand
        found[name] = [timed(ask, text, row) for text, row in zip(questions, asked, strict=True)]
    (folder / "found.json").write_text(json.dumps(found), "utf-8")


def timed(ask: Ask, text: str, row: list[float]) -> dict[str, Any]:
    """One question's answer with its time."""
    start = perf_counter()
    hits = ask(text, row)
    spent = (perf_counter() - start) * 1000
    articles = list(dict.fromkeys(meta["article"] for meta, _ in hits))[:10]
    return {"articles": articles, "section": hits[0][0]["section"], "confidence": hits[0][1], "milliseconds": spent}


def make_haystack(passages: list[dict[str, str]], rows: list[list[float]]) -> Ask:
    """A pipeline as its own guide to hybrid retrieval builds it."""
    from haystack import Document, Pipeline
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents(
        [
            Document(
                id=str(at),
                content=one["text"],
                meta={"article": one["article"], "section": one["section"]},
                embedding=rows[at],
            )
            for at, one in enumerate(passages)
        ]
    )
    pipeline = Pipeline()
    pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=DEPTH))
    pipeline.add_component("vectors", InMemoryEmbeddingRetriever(store, top_k=DEPTH))
    pipeline.add_component("joined", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=DEPTH))
    pipeline.connect("words", "joined")
    pipeline.connect("vectors", "joined")

    def ask(text: str, row: list[float]) -> list[tuple[dict[str, str], float]]:
        ran = pipeline.run({"words": {"query": text}, "vectors": {"query_embedding": row}})
        return [(one.meta, float(one.score)) for one in ran["joined"]["documents"]]

    return ask


def make_chroma(passages: list[dict[str, str]], rows: list[list[float]]) -> Ask:
    """A collection in memory, compared by cosine."""
    from langchain_chroma import Chroma

    store = Chroma(collection_name="passages", collection_metadata={"hnsw:space": "cosine"})
    for numbers in parts(len(passages), 2000):
        store._collection.add(
            ids=[str(at) for at in numbers],
            embeddings=[rows[at] for at in numbers],
            documents=[passages[at]["text"] for at in numbers],
            metadatas=[{key: passages[at][key] for key in ("article", "section")} for at in numbers],
        )

    def ask(text: str, row: list[float]) -> list[tuple[dict[str, str], float]]:
        hits = store.similarity_search_by_vector_with_relevance_scores(row, k=DEPTH)
        return [(one.metadata, 1.0 - float(distance)) for one, distance in hits]

    return ask


def parts(count: int, size: int) -> Iterator[range]:
    """Numbers up to `count`, `size` at a time."""
    for start in range(0, count, size):
        yield range(start, min(count, start + size))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
