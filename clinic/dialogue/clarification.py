"""What is said when a message was not understood for certain: "did you mean", once, then the honest way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clinic.dialogue.reply import Button, Reply, say
from clinic.dialogue.responses import Responses
from clinic.dialogue.small_talk import topic_buttons
from clinic.knowledge.model import Article

# Under this a guess is not worth showing.
LEAST = 0.12
MOST = 3
# What a guess is called on a button, and what the button says for the visitor.
TITLES: dict[str, tuple[str, str]] = {
    "ask_definition": ("What it is", "What is it?"),
    "ask_anatomy": ("Which part is affected", "Which part of the body does it affect?"),
    "ask_symptoms": ("The symptoms", "What are the symptoms?"),
    "ask_causes": ("The causes", "What causes it?"),
    "ask_risk_groups": ("Who gets it", "Who gets it?"),
    "ask_diagnosis": ("How it is diagnosed", "How is it diagnosed?"),
    "ask_imaging": ("Scans", "Is a scan needed?"),
    "ask_treatment": ("How it is treated", "How is it treated?"),
    "ask_injection": ("Injections", "Is there an injection for it?"),
    "ask_surgery": ("Surgery", "Is surgery needed?"),
    "ask_recovery_time": ("Recovery after surgery", "How long is the rehabilitation after surgery?"),
    "ask_self_help": ("Taping, insoles and shoes", "Do taping, insoles or other shoes help?"),
    "book_appointment": ("An appointment", "I'd like to book an appointment"),
    "ask_price": ("The price", "How much does an appointment cost?"),
    "ask_who": ("Who the appointment is with", "Who is the appointment with?"),
    "human_handoff": ("Speak to a person", "Can I speak to a person?"),
    "delete_my_data": ("Erase my chat", "Delete my data"),
    "privacy": ("What is kept of this chat", "What do you keep of this chat?"),
}


def clarify(ranking: Sequence[tuple[str, float]], silent: Reply, responses: Responses) -> Reply:
    """The likeliest guesses as buttons; where the first guess is not one of them, `silent`: "not covered"."""
    if not ranking or ranking[0][0] not in TITLES or ranking[0][1] < LEAST:
        return silent
    guesses = [TITLES[name] for name, confidence in ranking if name in TITLES and confidence >= LEAST / 3]
    buttons = tuple(Button(label, say=words) for label, words in guesses[:MOST])
    return say(responses.render("did_you_mean"), *buttons)


def not_understood(responses: Responses, articles: Iterable[Article]) -> Reply:
    """The honest way out after asking back once: a person's number, and what is covered."""
    return Reply("not_covered", responses.render("did_you_mean_failed"), buttons=topic_buttons(articles))
