"""The articles, for whoever looks after them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import typer

from clinic.commands.article_import import import_source
from clinic.composition import here, sessions_of
from clinic.knowledge.articles.files import read_folder
from clinic.knowledge.model import Article
from clinic.knowledge.synchronisation import sync_folder
from clinic.knowledge.unanswered_store import load_gaps
from clinic.migrations.upgrade import upgrade
from clinic.privacy.masking import mask
from clinic.settings import Settings
from language.encoder import Encoder

app = typer.Typer(help="The articles the assistant answers from.", no_args_is_help=True)


@app.command("sync")
def sync(
    start: Annotated[bool, typer.Option(help="A broken file keeps its last good state and fails nothing.")] = False,
) -> None:
    """Bring `data/articles/` into the index; visitors are answered from it within two seconds."""
    if _sync(here()) and not start:
        raise typer.Exit(1)


@app.command("list")
def list_articles() -> None:
    """Every article with its state and review; overdue and never-reviewed ones are flagged."""
    articles, problems = read_folder(here().data / "articles")
    for one in sorted(articles, key=lambda article: article.title.casefold()):
        state = "published" if one.published else "draft    "
        typer.echo(f"{state}  {one.slug}  “{one.title}”  updated {one.updated or 'unknown'}  {_review(one)}")
    _complain(problems)


@app.command("import")
def import_(
    source: Annotated[str, typer.Argument(help="A file, a folder, a page's, a sitemap's or a site's address.")],
    publish: Annotated[bool, typer.Option("--publish", help="Serve them to visitors at once.")] = False,
) -> None:
    """Take in articles: Markdown, HTML, PDF, page text, a folder of these, a web page, a sitemap or a whole site."""
    settings = here()
    results = import_source(settings, source, publish)
    if any(one.outcome in ("new", "changed") for one in results):
        _sync(settings)
    if results and all(one.outcome == "refused" for one in results):
        raise typer.Exit(1)


@app.command("gaps")
def gaps(limit: Annotated[int, typer.Option(help="How many, the newest first.")] = 50) -> None:
    """What visitors asked and no article answered."""
    found = load_gaps(sessions_of(here()), limit)
    for one in found:
        nearest = f"nearest: {one.nearest}" if one.nearest else "nothing near"
        typer.echo(f"{one.at:%Y-%m-%d %H:%M}  {mask(one.question).text}  ({nearest}; {one.reason})")
    if not found:
        typer.echo("Nothing yet: every question was answered.")


def _sync(settings: Settings) -> bool:
    """Synchronise and say what happened; whether anything was wrong."""

    def tell(done: int, total: int) -> None:
        typer.echo(f"reading: {done} of {total} texts")

    upgrade(settings)  # on a clean install there are no tables yet
    encoder = Encoder.load(settings.encoder)
    synced = sync_folder(sessions_of(settings), settings.data / "articles", encoder, tell)
    done = synced.changes
    typer.echo(
        f"index: {len(done.new)} new, {len(done.changed)} changed, {len(done.unchanged)} unchanged, "
        f"{len(done.removed)} removed."
    )
    _complain(synced.problems)
    return bool(synced.problems)


def _complain(problems: Iterable[str]) -> None:
    for problem in problems:
        typer.echo(f"wrong: {problem}", err=True)


def _review(article: Article) -> str:
    if not article.reviewed_by:
        return "NEVER REVIEWED"
    if article.next_review and article.next_review < date.today().isoformat():
        return f"REVIEW OVERDUE since {article.next_review}"
    return f"reviewed by {article.reviewed_by}, next {article.next_review or 'not set'}"
