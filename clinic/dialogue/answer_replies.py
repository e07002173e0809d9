"""Answers as replies of the visitor contract: quoted words, where they come from, and what else there is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from clinic.dialogue.reply import Button, Reply, Source
from clinic.dialogue.text_fragment import fragment
from clinic.knowledge.answers import Answer, Question, Quote, Topic, Verdict
from clinic.knowledge.model import Article, Section, Sentence
from clinic.knowledge.service import KnowledgeBase

MOST_BUTTONS = 4
REST = Button("Show the rest of this section", say="Show me the rest of that section")
BETWEEN = "between"  # the further field of a reply that asks which article is meant: their slugs
# aspect: the words on the button, and what it says for the visitor
_ASKS = {
    "symptoms": ("What are the symptoms?", "What are the symptoms of {title}?"),
    "causes": ("What causes it?", "What causes {title}?"),
    "diagnosis": ("How is it diagnosed?", "How is {title} diagnosed?"),
    "treatment": ("How is it treated?", "How is {title} treated?"),
    "risk_groups": ("Who gets it?", "Who gets {title}?"),
    "exercises": ("Which exercises help?", "Which exercises help with {title}?"),
    "recovery": ("How long does it take?", "How long does recovery from {title} take?"),
    "prevention": ("Can it be prevented?", "How can {title} be prevented?"),
    "anatomy": ("Which part is affected?", "Which part of the body does {title} affect?"),
    "overview": ("What is it?", "What is {title}?"),
}
_HEADINGS = 3  # named of an article without such sections
_NOUNS = {
    "symptoms": "symptoms", "causes": "causes", "diagnosis": "diagnosis", "treatment": "treatment",
    "risk_groups": "who gets it", "anatomy": "anatomy", "exercises": "exercises", "recovery": "recovery",
    "prevention": "prevention",
}  # fmt: skip


def reply_to(knowledge: KnowledgeBase, question: Question) -> tuple[list[Reply], Topic | None]:
    """The replies to a question, one or more, and the topic to pass with the next one."""
    answers, topic = knowledge.ask(question)
    described = question.intent == "describe_symptom"
    return [to_reply(one, described) for one in answers], topic


def to_reply(answer: Answer, described: bool = False) -> Reply:
    """The reply to one answer; `described` when the visitor told of a symptom and asked nothing."""
    if answer.verdict is Verdict.FOUND and answer.quote:
        reply = quote_reply(answer.quote, described)
        return replace(reply, extra={**reply.extra, "confidence": round(answer.confidence, 3)})
    return which_reply(answer) if answer.between else _not_covered_reply(answer)


def quote_reply(quote: Quote, described: bool = False) -> Reply:
    """A quote with its lead-in, where it comes from, and what else its article covers."""
    lead = f"From our article, under {quote.section.heading}:"
    if described:
        lead = f"I cannot examine you. This is what our article says under {quote.section.heading}:"
    extra = {"rest": quote.rest} if quote.rest else {}
    more = (REST,) if quote.rest else ()
    return Reply(
        "answer",
        f"{lead}\n{quote.text}",
        sources=tuple(_sources(quote)),
        buttons=(*more, *_buttons(quote.article, quote.section.aspect)),
        extra=extra,
    )


def whole_section(reply: Reply) -> Reply:
    """An answer's reply with the whole of its section in place of the sentences first quoted."""
    lead = reply.text.split("\n", 1)[0]
    rest = reply.extra.get("rest")
    extra = {name: value for name, value in reply.extra.items() if name != "rest"}
    buttons = tuple(one for one in reply.buttons if one != REST)
    return replace(reply, text=f"{lead}\n{rest}" if rest else reply.text, extra=extra, buttons=buttons)


def _sources(quote: Quote) -> list[Source]:
    article = quote.article
    sources = []
    for passage in quote.section.passages:
        quoted = [one for one in quote.sentences if one in passage.sentences]
        if quoted:
            sources.append(_source(article, quote.section, quoted))
    return sources


def _source(article: Article, section: Section, quoted: list[Sentence]) -> Source:
    page = article.url or f"/articles/{article.slug}"
    return Source(
        article=article.slug,
        title=article.title,
        section=section.heading,
        aspect=section.aspect,
        url=f"{page}#:~:{'&'.join(fragment(one.text) for one in quoted)}",
        updated=article.updated,
        author=article.author,
    )


def _buttons(article: Article, told: str = "") -> tuple[Button, ...]:
    """What else the article covers, in the order of _ASKS."""
    here = {section.aspect for section in article.sections} - {told}
    return tuple(
        Button(label, say=words.format(title=_inside(article.title)))
        for aspect, (label, words) in _ASKS.items()
        if aspect in here
    )[:MOST_BUTTONS]


def topic_buttons_of(articles: Iterable[Article], topic: Topic | None) -> tuple[Button, ...]:
    """What the article that is spoken of covers; without one, what the only article covers."""
    shown = list(articles)
    spoken = [one for one in shown if topic and one.slug == topic.article] or (shown if len(shown) == 1 else [])
    return _buttons(spoken[0]) if spoken else ()


def _inside(title: str) -> str:
    """A title inside a sentence: small letters, but for abbreviations."""
    return " ".join(word if word.isupper() else word.lower() for word in title.split())


def which_reply(answer: Answer) -> Reply:
    """Asks back which article is meant; a button asks the question again with that article's name before it."""
    titles = [one.title for one in answer.between]
    buttons = tuple(Button(title, say=f"{title}: {answer.question}") for title in titles)
    return Reply("say", list_of(titles, "or"), buttons=buttons, extra={BETWEEN: [one.slug for one in answer.between]})


def _not_covered_reply(answer: Answer) -> Reply:
    lines = ["Our articles do not answer that, and I would rather not guess."]
    article = answer.nearest
    if article:
        lines.append(f"What I can answer from is “{article.title}”: {covered_by(article)}.")
    extra = {"nearest": article.slug} if article else {}
    return Reply("not_covered", " ".join(lines), buttons=_buttons(article) if article else (), extra=extra)


def covered_by(article: Article) -> str:
    """What an article covers, in a list: "symptoms, causes and treatment"; its first headings where they are none of
    these.
    """
    nouns = [_NOUNS[one] for one in dict.fromkeys(s.aspect for s in article.sections) if one in _NOUNS]
    return list_of(nouns or [f"“{one.heading}”" for one in article.sections[:_HEADINGS]])


def list_of(nouns: list[str], link: str = "and") -> str:
    """The nouns in a row, `link` before the last."""
    return f"{', '.join(nouns[:-1])} {link} {nouns[-1]}" if len(nouns) > 1 else "".join(nouns)
