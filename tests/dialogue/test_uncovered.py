"""Where the articles are silent, the nearest thing is named so that somebody can do something with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from clinic.dialogue.answer_replies import covered_by
from clinic.dialogue.reply import Reply
from clinic.dialogue.responses import Responses
from clinic.dialogue.uncovered import WORDINGS, uncovered_reply
from clinic.knowledge.articles.files import read_folder
from clinic.knowledge.model import Article

ARTICLES = Path(__file__).parents[2] / "data" / "articles"


def plain_article() -> Article:
    """One whose headings name no aspect, as an import of a simple page makes it."""
    article = next(iter(read_folder(ARTICLES)[0]))
    plain = [replace(one, aspect="other", heading=f"Part {at}") for at, one in enumerate(article.sections, 1)]
    return replace(article, title="Gout", sections=tuple(plain))


def test_an_article_whose_headings_name_no_aspect_is_told_by_its_headings(responses: Responses) -> None:
    article = plain_article()
    assert covered_by(article) == "“Part 1”, “Part 2” and “Part 3”"
    silent = Reply("not_covered", "", extra={"nearest": article.slug})
    for before in range(WORDINGS + 1):
        text = uncovered_reply(silent, [article], before, responses).text
        assert "Part 1" in text or "Gout" not in text
