"""The pages of `data/reading/` as the importer makes articles of them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from clinic.knowledge.articles.files import parse_article, read_text
from clinic.knowledge.importer.importer import import_articles, read_path
from clinic.knowledge.model import Article, ArticleError

ROOT = Path(__file__).resolve().parents[2]
READING = ROOT / "data/reading"


def import_page(page: Path) -> Article:
    """The one article that importing `page` writes; raises ArticleError with the reason where it is refused."""
    with TemporaryDirectory() as folder:
        done = import_articles(read_path(page), Path(folder), publish=True)[0]
        if done.outcome == "refused":
            raise ArticleError(f"{page.name}: {done.reason}")
        return parse_article(read_text(Path(folder, f"{done.slug}.md")), page.name)
