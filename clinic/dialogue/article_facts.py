"""What is known of an article itself: whose it is and how old. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable

from clinic.dialogue.reply import Reply, say
from clinic.dialogue.responses import Responses
from clinic.knowledge.answers import Topic
from clinic.knowledge.model import Article


def article_reply(topic: Topic | None, articles: Iterable[Article], responses: Responses) -> Reply:
    """Author and date of the article that is spoken of, or of the only one, where its page gives them."""
    known = tuple(articles)
    spoken_of = (one for one in known if topic and one.slug == topic.article)
    article = next(spoken_of, known[0] if len(known) == 1 else None)
    if article is None:
        return say(responses.render("about_articles"))
    author = f", written by {article.author}" if article.author else ""
    updated = f", last updated on {article.updated}" if article.updated else ""
    return say(responses.render("about_article", title=article.title, author=author, updated=updated))
