"""Measures how well a folder of pages is answered from, on a scratch database and without a running assistant."""

from __future__ import annotations

import shutil
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from clinic.db import Base, open_sessions
from clinic.engine.events import FALLBACK
from clinic.engine.parser_process import ParserProcess
from clinic.evaluation.article_sets import (
    ArticleSets,
    PageConversation,
    PageQuestion,
    load_article_sets,
    pages_in,
    withhold,
)
from clinic.evaluation.articles import ArticleReport, ArticleRun
from clinic.evaluation.model import Rate
from clinic.evaluation.sets import load_sets
from clinic.knowledge.answers import Entity
from clinic.knowledge.importer.importer import import_articles, read_path
from clinic.knowledge.service import KnowledgeBase, QueryLexicon, load_reading
from clinic.knowledge.synchronisation import sync_folder
from clinic.settings import Settings
from clinic.settings_file import here
from clinic.teaching.releases import checked_model
from language.encoder import Encoder


def evaluate_articles(
    folder: Annotated[Path, typer.Argument(help="Pages, and questions.jsonl about them.")],
    beside: Annotated[list[Path] | None, typer.Option(help="Articles put beside them; may be given again.")] = None,
    misses: Annotated[bool, typer.Option(help="Print every miss too.")] = False,
    on_page: Annotated[bool, typer.Option(help="Ask all of it as a visitor who has its page open.")] = False,
    withheld: Annotated[int, typer.Option(help="Leave out so many pages in a hundred; their questions stay.")] = 0,
) -> None:
    """Import the pages of FOLDER into a scratch database, ask its questions, print tables by style, page and kind."""
    settings = here()
    sets, gone = withhold(_load(folder), withheld / 100)
    with TemporaryDirectory() as scratch, ParserProcess(settings.root, checked_model(settings.root)) as parser:
        articles = Path(scratch, "articles")
        articles.mkdir()
        slugs = _import(folder, beside or [], articles, gone)
        library = _open(settings, Path(scratch), articles, parser)
        report = ArticleRun(library, lambda text: _understood(parser, text), slugs, on_page).ask_all(sets)
    _print(report, misses)


def _load(folder: Path) -> ArticleSets:
    if not (folder / "answers.jsonl").exists():
        return load_article_sets(folder)
    names = [name for name in ("answers", "uncovered", "followups") if (folder / f"{name}.jsonl").exists()]
    old = load_sets(folder, names)
    asked = [PageQuestion(one.id, one.text, "", one.style, facts=one.facts) for one in old.answers]
    left = [PageQuestion(one.id, one.text, "", "", one.kind) for one in old.uncovered]
    talks = tuple(PageConversation(one.id, "", one.turns) for one in old.followups)
    return ArticleSets((*asked, *left), talks, ())


def _import(folder: Path, beside: list[Path], articles: Path, gone: frozenset[str]) -> dict[str, str]:
    slugs = {}
    for page in (one for one in pages_in(folder) if one.name not in gone):
        for one in import_articles(read_path(page), articles, publish=True):
            slugs[one.name] = one.slug
            if one.outcome == "refused":
                typer.echo(f"{one.name}: refused: {one.reason}")
    for more in beside:
        import_articles((one for page in pages_in(more) for one in read_path(page)), articles, publish=True)
        for asked in more.glob("*.asked.yml"):
            shutil.copy(asked, articles)
    return slugs


def _open(settings: Settings, scratch: Path, articles: Path, parser: ParserProcess) -> KnowledgeBase:
    sessions = open_sessions(f"sqlite:///{scratch / 'scratch.db'}")
    Base.metadata.create_all(sessions.kw["bind"])
    encoder = Encoder.load(settings.encoder)
    for problem in sync_folder(sessions, articles, encoder).problems:
        typer.echo(problem)
    reading = load_reading(settings.root / "models" / "reader", settings.encoder / "tokenizer.json")
    return KnowledgeBase(sessions, encoder, QueryLexicon.load(settings.data), parser.intents, reading)


def _understood(parser: ParserProcess, text: str) -> tuple[tuple[tuple[str, float], ...], tuple[Entity, ...]]:
    parsed = parser.understand(text)
    ranking = tuple((str(one["name"]), float(one["confidence"])) for one in parsed["intent_ranking"])
    entities = tuple(Entity(str(one.get("entity")), str(one.get("value"))) for one in parsed["entities"])
    return tuple(one for one in ranking if one[0] != FALLBACK), entities


def _print(report: ArticleReport, misses: bool) -> None:
    for measure in dict.fromkeys(one.measure for one in report.outcomes):
        of_measure = [one for one in report.outcomes if one.measure == measure]
        _line(Rate(measure, sum(one.passed for one in of_measure), len(of_measure)))
        groups = sorted({one.group for one in of_measure} - {""})
        for group in groups if measure not in ("no other page quoted", "answered at all") else ():
            mine = [one for one in of_measure if one.group == group]
            _line(Rate(f"  {group}", sum(one.passed for one in mine), len(mine)))
    _line(report.answered)
    _line(_from_right_page(report))
    typer.echo(f"milliseconds a question: median {median(report.milliseconds):.1f}")
    for one in (one for one in report.outcomes if misses and not one.passed):
        typer.echo(f"{one.measure} {one.id}: {one.why}")


def _from_right_page(report: ArticleReport) -> Rate:
    """Of all that is quoted, what stands on the page that was asked about."""
    of = {
        measure: [one for one in report.outcomes if one.measure == measure]
        for measure in ("answered at all", "no other page quoted", "uncovered left alone")
    }
    asked = sum(one.passed for one in of["answered at all"])
    wrong = sum(not one.passed for one in of["no other page quoted"])
    without = sum(not one.passed for one in of["uncovered left alone"])
    return Rate("of what is quoted, its page", asked - wrong, asked + without)


def _line(rate: Rate) -> None:
    typer.echo(f"{rate.group:40} {rate.passed:4}/{rate.total:<4} {rate.share:6.1%}")
