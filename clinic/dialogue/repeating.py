"""An answer said again: the same words, in fewer of them, or the one sentence of them that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from clinic.dialogue.answer_replies import quote_reply
from clinic.dialogue.reply import Reply, say
from clinic.dialogue.responses import Responses
from clinic.knowledge.answers import Quote
from clinic.knowledge.model import Article, Section

PEOPLE = re.compile(r"\b(?:physiotherapists?|doctors?|clinicians?|surgeons?|professionals?)\b", re.IGNORECASE)
_WHAT_FOR = re.compile(r"^(?:(?:and|so|but|ok|okay)\W+)*(?:what for|for what|to do what)\b", re.IGNORECASE)
_END = re.compile(
    r"\b(?:may|can|needed|used|performed|recommended|help|refer)\b.*\bto (?!(?:the|an?|be)\b)[a-z]+", re.IGNORECASE
)
STEM = 3  # letters by which a word is known in another form: "runners", "run"


def is_same(reply: Reply, last: Reply) -> bool:
    """Whether two answers quote the same words."""
    said, before = body(reply), body(last)
    same = said in before or before in said or said.split(". ")[0] == before.split(". ")[0]
    return reply.kind == "answer" and same


def speaks_of(reply: Reply, named: Iterable[str]) -> bool:
    """Whether the quoted words speak of everything that a question names: none of "hockey" where it is not there."""
    quoted = body(reply).casefold()
    words = [[word[:STEM] for word in one.casefold().split() if len(word) >= STEM] for one in named]
    return all(any(stem in quoted for stem in one) for one in words if one)


def body(reply: Reply) -> str:
    """The quoted words of an answer, without its lead-in."""
    return reply.text.split("\n", 1)[-1]


def simpler(last: Reply, articles: Iterable[Article], responses: Responses) -> Reply:
    """The last answer in fewer of its words; where it is one sentence already, another one of its section."""
    article, section = place_of(last, articles)
    if article is None or section is None:
        return say(responses.render("simpler_nothing"))
    quoted = [one for one in section.sentences if one.text in body(last)]
    shortest = (quoted or section.sentences)[0]
    text = f"{responses.render('lead_shorter', section=section.heading)}\n{shortest.text}"
    reply = quote_reply(Quote(article, section, (shortest,)))
    return replace(reply, text=f"{text}\n{responses.render('own_words_only')}")


def people_again(last: Reply, articles: Iterable[Article], responses: Responses) -> Reply | None:
    """The quoted sentence that says with whom, for "who is that with"; None where none of them does."""
    article, section = place_of(last, articles)
    if article is None or section is None:
        return None
    told = [one for one in section.sentences if one.text in body(last) and PEOPLE.search(one.text)]
    return again(quote_reply(Quote(article, section, (told[-1],))), responses) if told else None


def purpose_again(last: Reply, asked: str, articles: Iterable[Article], responses: Responses) -> Reply | None:
    """The quoted sentence that says to what end, for "what for"; None where something else is asked or none does."""
    article, section = place_of(last, articles)
    if article is None or section is None or not _WHAT_FOR.search(asked.strip()):
        return None
    told = [one for one in section.sentences if one.text in body(last) and _END.search(one.text)]
    return again(quote_reply(Quote(article, section, (told[0],))), responses) if told else None


def again(reply: Reply, responses: Responses) -> Reply:
    """An answer whose words were quoted just before: the lead-in says so."""
    heading = reply.sources[0].section if reply.sources else ""
    return replace(reply, text=f"{responses.render('lead_again', section=heading)}\n{body(reply)}")


def place_of(last: Reply, articles: Iterable[Article]) -> tuple[Article | None, Section | None]:
    """The article and the section that an answer quotes; None where they are there no more."""
    for source in last.sources:
        for article in articles:
            if article.slug == source.article:
                return article, next((one for one in article.sections if one.heading == source.section), None)
    return None, None
