"""Haystack and LangChain with Chroma, installed into an environment of their own and asked there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.found import Found
from bench.installing import call, install
from clinic.knowledge.search.embedded_texts import Matrix, passage_text
from clinic.knowledge.search.index import Index

BENCH = Path(__file__).resolve().parent
PYTHON = BENCH / ".venv" / "bin" / "python"
LOCK = BENCH / "peers" / "requirements.lock"


def install_peers(python: str) -> None:
    """Make the peers' environment from its lock, unless it is there; raises BenchFailed."""
    install(BENCH / ".venv", LOCK, python, "Haystack and LangChain are installed into bench/.venv, once: about 450 MB.")


def ask_peers(index: Index, questions: Sequence[str], vectors: Matrix, folder: Path) -> dict[str, list[Found]]:
    """What each peer finds for the questions, given our passages (with their titles) and our vectors of both."""
    folder.mkdir(parents=True, exist_ok=True)
    passages = []
    for place in index.places:
        article, section = index.articles[place.article], index.section(place)
        text = passage_text(article, section, index.passage(place))
        passages.append({"article": article.slug, "section": section.anchor, "text": text})
    (folder / "passages.json").write_text(json.dumps(passages), "utf-8")
    (folder / "questions.json").write_text(json.dumps(list(questions)), "utf-8")
    np.savez(folder / "vectors.npz", passages=index.passages, questions=vectors)
    call([str(PYTHON), str(BENCH / "peers" / "retrieve.py"), str(folder)])
    found = json.loads((folder / "found.json").read_text("utf-8"))
    return {
        name: [Found(tuple(x["articles"]), x["section"], x["confidence"], x["milliseconds"]) for x in rows]
        for name, rows in found.items()
    }
