"""`python -m bench.reader.gate PARSES OUT`: the gate for articles without questions, learned from data/reading/learn.

Every question is asked of all pages together. A question counts as answered when the quote holds a sentence that
answers it; the gate learns to tell these from the rest. The threshold is set on data/reading/choosing.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from clinic.evaluation.article_sets import load_article_sets
from clinic.evaluation.matching import normalise
from clinic.knowledge.answering import answer as answering
from clinic.knowledge.answering.sentence_ranking import whole_if_short as whole
from clinic.knowledge.answering.untaught import Found, is_foreign, signs_of
from clinic.knowledge.articles.files import parse_article, read_with_questions
from clinic.knowledge.importer.importer import Raw, to_markdown
from clinic.knowledge.model import Article, Entity, Question
from clinic.knowledge.search.index import Index, build_index
from clinic.knowledge.service import QueryLexicon, words_of
from language.encoder import Encoder
from language.section_reader import SectionReader
from language.spelling import Speller

ROOT = Path(__file__).resolve().parents[2]
READING = ROOT / "data/reading"
ALONE = 0.75  # the share of uncovered questions that the threshold leaves alone


def main() -> None:
    """Writes the gate and prints how well it tells."""
    parses = dict(json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines())
    learn, choose = _signs("learn", parses), _signs("choosing", parses)
    mean, scale = learn[0].mean(0), np.where(learn[0].std(0) < 1e-6, 1.0, learn[0].std(0))
    weights = _fit((learn[0] - mean) / scale, learn[1])
    sure = 1 / (1 + np.exp(-((choose[0] - mean) / scale @ weights[:-1] + weights[-1])))
    threshold = float(np.quantile(sure[~choose[2]], ALONE))
    print(f"AUROC right or not {_auroc(choose[1], sure):.3f}, covered or not {_auroc(choose[2], sure):.3f}")
    print(f"all quotes right {choose[1][choose[2]].mean():.3f}")
    for alone in (0.75, 0.8, 0.85, 0.9, 0.95):
        cut = np.quantile(sure[~choose[2]], alone)
        given = sure >= cut
        right = choose[1] & given
        print(f"alone {alone}: threshold {cut:.3f} right of covered {right.sum() / choose[2].sum():.3f}, "
              f"of answered {right.sum() / given.sum():.3f}")  # fmt: skip
    gate = {"mean": mean.tolist(), "scale": scale.tolist(), "weights": weights[:-1].tolist(),
            "bias": float(weights[-1]), "threshold": threshold}  # fmt: skip
    out = Path(sys.argv[2])
    kept = json.loads(out.read_text()) if out.exists() else {}
    kept["with_reader" if _reader() else "without_reader"] = gate
    out.write_text(json.dumps(kept, indent=1) + "\n")


def _fit(signs: Any, right: Any, ridge: float = 3.0) -> Any:
    """Logistic regression by Newton's method, its bias last and not shrunk."""
    signs = np.hstack([signs, np.ones((len(signs), 1))])
    shrink = ridge * np.diag([1.0] * (signs.shape[1] - 1) + [0.0])
    weights = np.zeros(signs.shape[1])
    for _ in range(25):
        share = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (share - right) + shrink @ weights
        curve = (signs * (share * (1 - share))[:, None]).T @ signs + shrink
        weights -= np.linalg.solve(curve + 1e-6 * np.eye(len(curve)), slope)
    return weights


def _auroc(right: Any, sure: Any) -> float:
    above = sure[right][:, None] - sure[~right][None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


def _reader() -> SectionReader | None:
    return SectionReader.load(ROOT / "models/reader", ROOT / "models/encoder/tokenizer.json")


def _pages(kinds: tuple[str, ...]) -> list[Article]:
    pages = [path for kind in kinds for path in sorted((READING / kind).glob("*.md"))]
    made = [parse_article(to_markdown(Raw(p.name, p.read_text(), "markdown"), True), p.name) for p in pages]
    return [*made, read_with_questions(ROOT / "data/articles/posterior-ankle-impingement.md")[0]]


def _signs(kind: str, parses: dict[str, Any]) -> tuple[Any, Any, Any]:
    """For each question: its signs, whether the quote answers it, whether its page does."""
    encoder, lexicon = Encoder.load(ROOT / "models/encoder"), QueryLexicon.load(ROOT / "data")
    index = build_index(_pages(("learn", "choosing") if kind == "choosing" else ("learn",)), encoder)
    reader = _make_reader(index, encoder, lexicon, parses)
    found: list[Found] = []
    answering.judge_untaught = lambda part, one, *rest: found.append(one) or _NOTHING  # type: ignore[func-returns-value]
    rows, right, covered = [], [], []
    titles = {path.name: path for path in (READING / kind).glob("*.md")}
    slugs = {
        name: parse_article(to_markdown(Raw(name, p.read_text(), "markdown"), True), name).slug
        for name, p in titles.items()
    }
    for item in load_article_sets(READING / kind).questions:
        found.clear()
        parsed = parses[item.text]
        ranking = tuple((o["name"], o["confidence"]) for o in parsed["intent_ranking"] if o["name"] != "nlu_fallback")
        entities = tuple(Entity(o["entity"], o["value"]) for o in parsed["entities"])
        answering.answer(Question(item.text, "", ranking, entities), index, reader)
        if not found or is_foreign(found[-1]):
            continue
        one = found[-1]
        said = _flat(whole(one.quote).text)
        page = index.articles[one.article].slug == slugs[item.page]
        rows.append(signs_of(one))
        right.append(bool(item.evidence) and page and any(_flat(words) in said for words in item.evidence))
        covered.append(not item.kind)
    print(kind, len(rows), "of", len(load_article_sets(READING / kind).questions), "questions reach the gate")
    return np.array(rows), np.array(right), np.array(covered)


_NOTHING = answering.Answer("", answering.Verdict.NOTHING)


def _make_reader(index: Index, encoder: Encoder, lexicon: QueryLexicon, parses: dict[str, Any]) -> answering.Reader:
    speller = Speller([*words_of(index.articles), *sorted(lexicon.lay.clinical_words)])
    sections = _reader()
    read = (lambda text, above, said: sections.read(text, above, said).scores.tolist()) if sections else None
    return answering.Reader(
        encoder, lexicon.names, lambda text: speller.correct(text).text, lexicon.lay.expand,
        reading=answering.Reading(read),
    )  # fmt: skip


def _flat(text: str) -> str:
    return normalise(text.replace("*", "").replace("\n- ", " "))


if __name__ == "__main__":
    main()
