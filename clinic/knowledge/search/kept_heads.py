"""What an index before this one learned of its articles, by the articles' places in this one."""

from __future__ import annotations

from collections.abc import Sequence

from clinic.knowledge.model import Article
from clinic.knowledge.search.index import Index
from clinic.knowledge.search.question_matcher import Heads


def unchanged_heads(articles: Sequence[Article], before: Index | None) -> Heads:
    """The heads of articles that are as they were."""
    if before is None:
        return {}
    had = {at: head for at, head in before.heads.items() if head.exact}
    kept = {article.digest: had[at] for at, article in enumerate(before.articles) if at in had}
    return {at: kept[article.digest] for at, article in enumerate(articles) if article.digest in kept}


def earlier_heads(articles: Sequence[Article], before: Index | None) -> Heads:
    """The heads of the same articles as they were before."""
    if before is None:
        return {}
    had = {article.slug: before.heads[at] for at, article in enumerate(before.articles) if at in before.heads}
    return {at: had[article.slug] for at, article in enumerate(articles) if article.slug in had}
