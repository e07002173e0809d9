"""`python -m bench.reader.page_gate PARSES`: how sure it is which page a question that names none is about.

Every question of the pages of `choosing/` is asked as it stands, of these pages and of all pages there are. Learned is
whether the page that was found is the asked one; what is printed leaves the asked page out when it learns. The
threshold is the lowest from which on MOST_ELSEWHERE of the questions are quoted from another page; it goes into
models/reader/gate.json.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.reader.asking import as_question, holds_evidence, make_reader
from bench.reader.gate import learn
from bench.reader.pages import READING, ROOT, import_page
from clinic.evaluation.article_sets import load_article_sets
from clinic.knowledge.answering import answer as answering
from clinic.knowledge.answering.page_certainty import PAGE_SIGNS, page_signs
from clinic.knowledge.answering.untaught import Gate
from clinic.knowledge.search.indexing import build_index
from clinic.knowledge.service import QueryLexicon
from language.encoder import Encoder

MOST_ELSEWHERE = 0.01  # of the questions that a page answers; the floor is 0.02
CUTS = (0.0, *(round(0.5 + step / 100, 2) for step in range(46)))
SHOWN = 5  # every so many of CUTS
ALL = len(PAGE_SIGNS)
UNDOUBTED = Gate(np.zeros(ALL), np.ones(ALL), np.zeros(ALL), 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Row:
    """A question and what would be quoted. `signs` are those of its page; none where the page is told."""

    page: str
    kind: str
    quoted: bool
    right: bool
    own_page: bool
    way: str
    signs: Any = None


def main() -> None:
    """Prints what each threshold would give, and writes the gate."""
    rows = list(ask_all(dict(json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines())))
    threshold = _table(rows, _left_out(rows))
    mean, scale, weights = _learn(rows)
    out = ROOT / "models/reader/gate.json"
    kept = json.loads(out.read_text())
    kept["page"] = {
        "mean": mean.tolist(), "scale": scale.tolist(), "weights": weights[:-1].tolist(), "bias": float(weights[-1]),
        "threshold": threshold,
    }  # fmt: skip
    out.write_text(json.dumps(kept, indent=1) + "\n")


def ask_all(parses: dict[str, Any]) -> Iterator[Row]:
    """What would be quoted for every question, were no page doubted; the signs of pages without an answer too. Of few
    pages, then of many.
    """
    encoder, lexicon = Encoder.load(ROOT / "models/encoder"), QueryLexicon.load(ROOT / "data")
    articles = {page.name: import_page(page) for page in sorted(READING.glob("*/*.md"))}
    chosen = [articles[page.name] for page in sorted((READING / "choosing").glob("*.md"))]
    gate = Gate.load(ROOT / "models/reader/gate.json", "with_reader")
    assert gate is not None
    reader = make_reader(build_index(chosen, encoder), encoder, lexicon)
    reading = replace(reader.reading, gate=replace(gate, threshold=0.0), page_gate=UNDOUBTED)
    noted: list[Any] = []
    answering.page_signs = lambda *given: noted.append(page_signs(*given)) or noted[-1]  # type: ignore[attr-defined,func-returns-value]
    asked = load_article_sets(READING / "choosing").questions
    few, many = build_index(chosen, encoder), build_index([*articles.values()], encoder)
    for item, index, way in [(one, index, way) for way, index in (("few", few), ("many", many)) for one in asked]:
        noted.clear()
        found = answering.answer(as_question(item, parses[item.text]), index, replace(reader, reading=reading))
        quotes = [one.quote for one in found if one.quote and one.confidence >= gate.threshold]
        own = any(one.nearest == articles[item.page] for one in found)
        right = any(one.article == articles[item.page] and holds_evidence(one, item) for one in quotes)
        elsewhere = bool(quotes) and all(one.article != articles[item.page] for one in quotes)
        yield Row(item.page, item.kind, bool(quotes), right, own and not elsewhere, way, noted[0] if noted else None)


def _learn(rows: Sequence[Row], without: str = "") -> tuple[Any, Any, Any]:
    known = [row for row in rows if row.signs is not None and not row.kind and row.page != without]
    return learn(known, [row.own_page for row in known])


def _left_out(rows: Sequence[Row]) -> list[float]:
    """How sure the gate is of each row when it has learned from the other pages; 1 where the page is told."""
    learned = {page: _learn(rows, page) for page in {row.page for row in rows}}
    sure = []
    for row in rows:
        mean, scale, weights = learned[row.page]
        signs = 1.0 if row.signs is None else (row.signs - mean) / scale @ weights[:-1] + weights[-1]
        sure.append(1.0 if row.signs is None else float(1 / (1 + np.exp(-signs))))
    return sure


def _table(rows: Sequence[Row], sure: Sequence[float]) -> float:
    """Prints what some thresholds give; gives the lowest from which on all are strict enough."""
    chosen = max(CUTS)
    for cut in reversed(CUTS):
        if _elsewhere(rows, sure, cut) > MOST_ELSEWHERE:
            break
        chosen = cut
    for way in ("few", "many"):
        print(way)
        mine = [row for row in rows if row.way == way]
        shares = [share for row, share in zip(rows, sure, strict=True) if row.way == way]
        for cut in sorted({*CUTS[::SHOWN], chosen}):
            print(_line(mine, shares, cut))
    print(f"chosen: {chosen}")
    return chosen


def _elsewhere(rows: Sequence[Row], sure: Sequence[float], cut: float) -> float:
    """The share of the covered questions that is quoted from another page."""
    given = [row for row, share in zip(rows, sure, strict=True) if row.quoted and share >= cut and not row.kind]
    return sum(not row.own_page for row in given) / sum(not row.kind for row in rows)


def _line(rows: Sequence[Row], sure: Sequence[float], cut: float) -> str:
    covered, near = [row for row in rows if not row.kind], [row for row in rows if row.kind == "near_miss"]
    given = [row for row, share in zip(rows, sure, strict=True) if row.quoted and share >= cut]
    said = [row for row in given if not row.kind]
    right, odd = sum(row.right for row in said), sum(row.kind == "near_miss" for row in given)
    return (
        f"at {cut:.2f}: right {right / len(covered):.3f} ({right}), of answered {right / max(1, len(given)):.3f}, "
        f"other page {_elsewhere(rows, sure, cut):.3f}, asked back {sum(row.quoted for row in covered) - len(said)}, "
        f"left alone {1 - (len(given) - len(said)) / (len(rows) - len(covered)):.3f}, near misses "
        f"{1 - odd / len(near):.3f}"
    )


if __name__ == "__main__":
    main()
