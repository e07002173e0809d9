"""`bin/clinic articles import`: bring pages in, and say what was taken, lost and refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import typer

from clinic.knowledge.importer.importer import Imported, Raw, import_articles, read_path
from clinic.knowledge.importer.site_pages import fetch
from clinic.settings import Settings

_QUESTIONS = 4


def import_source(settings: Settings, source: str, publish: bool) -> list[Imported]:
    """Import a file, a folder, a page or a site, telling of each article as it goes."""
    counter = iter(range(1, 1_000_000))

    def reading(name: str) -> None:
        typer.echo(f"reading {next(counter)}: {name}", err=True)

    results = import_articles(_things(source), settings.data / "articles", publish, _tell, reading)
    counts = Counter(one.outcome for one in results)
    typer.echo("\n" + ", ".join(f"{counts[kind]} {kind}" for kind in ("new", "changed", "unchanged", "refused")) + ".")
    if any(one.draft for one in results if one.outcome in ("new", "changed")):
        typer.echo("Drafts are not served: set `state: published` in the file, or import with --publish.")
    if look := [one.slug for one in results if publish and one.draft and one.outcome in ("new", "changed")]:
        typer.echo(f"Left as drafts until somebody has looked at them: {', '.join(look)}.")
    return results


def _things(source: str) -> Iterable[Raw | Imported]:
    if re.match(r"https?://", source):
        return fetch(source)
    path = Path(source)
    if not path.exists():
        raise typer.BadParameter(f"{source} is neither a file, a folder nor a web address")
    return read_path(path)


def _tell(one: Imported) -> None:
    if one.outcome == "refused":
        typer.echo(f"refused    {one.name}: {one.reason}")
        return
    typer.echo(f"{one.outcome:9}  {one.slug}: {one.words:,} words{' (draft)' if one.draft else ''}")
    if lost := str(one.lost):
        typer.echo(f"           not taken: {lost}")
    for note in one.notes:
        typer.echo(f"           note: {note}")
    if one.review and one.outcome != "unchanged":
        _tell_review(one)


def _tell_review(one: Imported) -> None:
    assert one.review is not None
    told = (
        ("try", "; ".join(one.review.questions[:_QUESTIONS])),
        ("has nothing on", "; ".join(one.review.silent[:_QUESTIONS])),
        ("confirm the names", ", ".join(one.review.synonyms)),
        ("confirm what is about what", "; ".join(f"“{head}”: {aspect}" for head, aspect in one.review.aspects)),
    )
    for label, text in told:
        if text:
            typer.echo(f"           {label}: {text}")
