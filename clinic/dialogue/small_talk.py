"""What small talk and questions about the clinic are answered with: the intent picks the sentence."""

from __future__ import annotations

from collections.abc import Iterable

from clinic.dialogue.clinic_facts import FACT_INTENTS, fact_reply
from clinic.dialogue.offer import accept_button
from clinic.dialogue.reply import Button, Reply, say
from clinic.dialogue.responses import OWN, Responses
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
ABOUT_BOOKING = "ask_about_booking"
OF_CLINIC = frozenset({*FACTS, *FACT_INTENTS, ABOUT_BOOKING})
"""The intents that settings answer."""
MOST_TOPICS = 6


def small_talk(intent: str, responses: Responses, articles: Iterable[Article]) -> Reply:
    """The reply to a small-talk intent."""
    shown = list(articles)
    if responses.has_own(intent):
        return say(responses.render(f"{OWN}{intent}"))
    if intent == "what_can_you_do":
        topics = ", ".join(one.title.lower() for one in shown[:MOST_TOPICS]) or "the clinic"
        return say(responses.render("what_can_you_do", topics=topics), *topic_buttons(shown))
    if intent == "greet":
        return say(responses.render("greet"), *topic_buttons(shown))
    if intent == "no_words":
        return say(responses.render("emoji_only"))
    if intent == "test_message":
        return say(responses.render("not_understood"), *topic_buttons(shown))
    if intent == "request_callback":
        return say(responses.render("human_handoff"))
    return say(responses.render(intent if intent in SAME_NAME else "greet"))


def clinic_fact(intent: str, responses: Responses, settings: Settings) -> Reply:
    """What an intent asks of the clinic or its appointment, from settings; with the way to ask for it where it fits."""
    service = settings.service
    if intent in FACT_INTENTS:
        return fact_reply(FACT_INTENTS[intent], settings, responses)
    if intent == "ask_online" and settings.told.in_person:
        return say(settings.told.in_person)
    accept = accept_button(settings)
    if intent == ABOUT_BOOKING:
        return say(responses.render("about_booking", minutes=service.minutes), accept)
    return say(responses.render(FACTS[intent]), accept)


def topic_buttons(articles: Iterable[Article]) -> tuple[Button, ...]:
    """One button an article, asking what it is."""
    return tuple(Button(one.title, say=f"What is {one.title}?") for one in list(articles)[:4])
