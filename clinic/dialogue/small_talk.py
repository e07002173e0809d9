"""What small talk and questions about the clinic are answered with: the intent picks the sentence."""

from __future__ import annotations

from collections.abc import Iterable

from clinic.dialogue.reply import Button, Reply, say
from clinic.dialogue.responses import Responses
from clinic.knowledge.model import Article
from clinic.settings import Settings

# Intents whose sentence has the same name in data/responses.yml.
SAME_NAME = frozenset(
    [
        "greet",
        "goodbye",
        "thanks",
        "bot_challenge",
        "human_handoff",
        "privacy",
        "complaint",
        "abuse",
        "feedback_positive",
        "feedback_negative",
        "language",
        "solved",
    ]
)
FACTS = {"ask_price": "price", "ask_who": "who", "ask_online": "online", "ask_payment": "payment"}
MOST_TOPICS = 6


def small_talk(intent: str, responses: Responses, articles: Iterable[Article]) -> Reply:
    """The reply to a small-talk intent."""
    shown = list(articles)
    if intent == "what_can_you_do":
        topics = ", ".join(one.title.lower() for one in shown[:MOST_TOPICS]) or "the clinic"
        return say(responses.render("what_can_you_do", topics=topics), *topic_buttons(shown))
    if intent == "greet":
        return say(responses.render("greet"), *topic_buttons(shown))
    if intent == "no_words":
        return say(responses.render("emoji_only"))
    return say(responses.render(intent if intent in SAME_NAME else "greet"))


def clinic_fact(intent: str, responses: Responses, settings: Settings) -> Reply:
    """The price, the clinician, the way it is held and paid for, from settings; with the way to ask for it."""
    service = settings.service
    accept = Button("Ask for an appointment", say="I'd like to book an appointment")
    if service.booking_page:
        accept = Button("Open the booking page", href=service.booking_page)
    return say(responses.render(FACTS[intent]), accept)


def topic_buttons(articles: Iterable[Article]) -> tuple[Button, ...]:
    """One button an article, asking what it is."""
    return tuple(Button(one.title, say=f"What is {one.title}?") for one in list(articles)[:4])
