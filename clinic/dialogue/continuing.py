"""How an answer goes on: the next sentences of the article, or the same thing shorter. Never the same words twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from clinic.dialogue.answer_replies import quote_reply
from clinic.dialogue.remarks import FollowUp
from clinic.dialogue.reply import Reply, say
from clinic.dialogue.responses import Responses
from clinic.knowledge.model import Article, Quote, Section, Sentence

_PEOPLE = re.compile(r"\b(?:physiotherapists?|doctors?|clinicians?|surgeons?|professionals?)\b", re.IGNORECASE)
_WHAT_FOR = re.compile(r"^(?:(?:and|so|but|ok|okay)\W+)*(?:what for|for what|to do what)\b", re.IGNORECASE)
_END = re.compile(
    r"\b(?:may|can|needed|used|performed|recommended|help|refer)\b.*\bto (?!(?:the|an?|be)\b)[a-z]+", re.IGNORECASE
)
_REASON = re.compile(r"\b(?:caus\w+|because|due to|leads? to|results? in|so that)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|earlier|first|prior|previous)\b", re.IGNORECASE)
STEM = 3  # letters by which a word is known in another form: "runners", "run"
MOST = 2  # sentences in a continuation
ASKED = {
    FollowUp.WHY: ("what causes it", "ask_causes"),
    FollowUp.WHERE: ("where does it hurt", "ask_symptoms"),
    FollowUp.WHO: ("who treats it", "ask_diagnosis"),
}
"""The question that a bare "how come", "whereabouts" or "who does that" asks of an article, and its intent."""
_NEXT = {FollowUp.WHY: ("causes", "anatomy", "overview"), FollowUp.WHO: ("diagnosis", "treatment", "risk_groups")}
_AFTERWARDS = ("recovery", "prevention", "exercises")  # what can follow in time
_LATER = ("treatment", "recovery", "prevention", "exercises", "causes", "diagnosis")


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
    article, section = _place(last, articles)
    if article is None or section is None:
        return say(responses.render("simpler_nothing"))
    quoted = [one for one in section.sentences if one.text in body(last)]
    shortest = (quoted or section.sentences)[0]
    text = f"{responses.render('lead_shorter', section=section.heading)}\n{shortest.text}"
    reply = quote_reply(Quote(article, section, (shortest,)))
    return replace(reply, text=f"{text}\n{responses.render('own_words_only')}")


def people_again(last: Reply, articles: Iterable[Article], responses: Responses) -> Reply | None:
    """The quoted sentence that says with whom, for "who is that with"; None where none of them does."""
    article, section = _place(last, articles)
    if article is None or section is None:
        return None
    told = [one for one in section.sentences if one.text in body(last) and _PEOPLE.search(one.text)]
    return again(quote_reply(Quote(article, section, (told[-1],))), responses) if told else None


def purpose_again(last: Reply, asked: str, articles: Iterable[Article], responses: Responses) -> Reply | None:
    """The quoted sentence that says to what end, for "what for"; None where something else is asked or none does."""
    article, section = _place(last, articles)
    if article is None or section is None or not _WHAT_FOR.search(asked.strip()):
        return None
    told = [one for one in section.sentences if one.text in body(last) and _END.search(one.text)]
    return again(quote_reply(Quote(article, section, (told[-1],))), responses) if told else None


def continued(last: Reply, how: FollowUp, asked: str, articles: Iterable[Article], responses: Responses) -> Reply:
    """What the article says next, in the section or in the one that the follow-up `asked` points to."""
    article, section = _place(last, articles)
    if article is None or section is None:
        return say(responses.render("nothing_more"))
    found = _step_before(section, last) if how is FollowUp.THEN and _BEFORE.search(asked) else ()
    found = found or _next_sentences(article, section, last, how)
    if found:
        where = next(one for one in article.sections if found[0] in one.sentences)
        reply = quote_reply(Quote(article, where, found))
        lead = responses.render("lead_more", section=where.heading)
        return replace(reply, text=f"{lead}\n{body(reply)}")
    steps = [one for one in section.sentences if one.text in body(last)]
    if how is FollowUp.THEN and len(steps) > 1:  # what comes afterwards was quoted with it
        return again(quote_reply(Quote(article, section, (steps[-1],))), responses)
    return say(responses.render("nothing_more"))


def _next_sentences(article: Article, section: Section, last: Reply, how: FollowUp) -> tuple[Sentence, ...]:
    told = _who(section) if how is FollowUp.WHO else _reasons(article, section, last) if how is FollowUp.WHY else ()
    rest = told or _after(section, last, how)
    rest = rest or _of_other(article, section, _NEXT.get(how, ()), last)
    return rest or _of_other(article, section, _AFTERWARDS if how is FollowUp.THEN else _LATER, last)


def _step_before(section: Section, last: Reply) -> tuple[Sentence, ...]:
    """The passage before the first sentence that was quoted, or what of its own passage stands before it."""
    quoted = [at for at, one in enumerate(section.sentences) if one.text in body(last)]
    if not quoted or not quoted[0]:
        return ()
    before = section.sentences[quoted[0] - 1]
    passage = next((one.sentences for one in section.passages if before in one.sentences), (before,))
    return tuple(one for one in section.sentences[: quoted[0]] if one in passage)[-MOST:]


def again(reply: Reply, responses: Responses) -> Reply:
    """An answer whose words were quoted just before: the lead-in says so."""
    heading = reply.sources[0].section if reply.sources else ""
    return replace(reply, text=f"{responses.render('lead_again', section=heading)}\n{body(reply)}")


def _place(last: Reply, articles: Iterable[Article]) -> tuple[Article | None, Section | None]:
    for source in last.sources:
        for article in articles:
            if article.slug == source.article:
                return article, next((one for one in article.sections if one.heading == source.section), None)
    return None, None


def _after(section: Section, last: Reply, how: FollowUp) -> tuple[Sentence, ...]:
    """What of the section was not quoted, from the first quoted sentence on; for "what then" a further step, and from
    the last one on.
    """
    quoted = [at for at, one in enumerate(section.sentences) if one.text in body(last)]
    fresh = [one for one in section.sentences[quoted[0] if quoted else 0 :] if one.text not in body(last)]
    if how is FollowUp.THEN and quoted:  # what comes afterwards stands behind it
        fresh = list(section.sentences[quoted[-1] + 1 :]) or fresh
    if how is FollowUp.THEN and (steps := [one for one in fresh if one.text.startswith("If ")]):
        return (steps[0],)
    passage = next((one for one in section.passages if fresh and fresh[0] in one.sentences), None)
    return tuple(one for one in fresh[:MOST] if passage and one in passage.sentences)


def _reasons(article: Article, here: Section, last: Reply) -> tuple[Sentence, ...]:
    """The sentences on the causes that were not quoted and say how it comes about; those of this section first."""
    causes = sorted((one for one in article.sections if one.aspect == "causes"), key=lambda one: one is not here)
    for section in causes:
        for passage in section.passages:
            fresh = [one for one in passage.sentences if one.text not in body(last) and _REASON.search(one.text)]
            if fresh:
                return tuple(fresh[:MOST])
    return ()


def _who(section: Section) -> tuple[Sentence, ...]:
    return tuple(one for one in section.sentences if _PEOPLE.search(one.text))[:1]


def _of_other(article: Article, here: Section, aspects: tuple[str, ...], last: Reply) -> tuple[Sentence, ...]:
    for aspect in aspects:
        for section in article.sections:
            fresh = [one for one in section.sentences if one.text not in body(last)]
            if section.aspect == aspect and section is not here and fresh:
                return tuple(fresh[:MOST])
    return ()
