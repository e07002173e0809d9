"""The replies that need no understanding: the opening, the apology, the off switch and a red flag's card."""

from __future__ import annotations

from typing import Any

from clinic.dialogue.card_replies import reminder_reply
from clinic.dialogue.reply import Reply, say
from clinic.dialogue.responses import Responses
from clinic.dialogue.suggestions import suggested_questions
from clinic.dialogue.urgent_reply import urgent_reply
from clinic.knowledge.model import Article
from clinic.safety.flags import load_cards
from clinic.safety.model import Card, RedFlag
from clinic.settings import Settings
from clinic.settings_file import load_settings, take_live


class CannedReplies:
    """Canned replies from `data/responses.yml` and `data/red_flags.yml`, read once."""

    def __init__(self, responses: Responses, flags: dict[str, RedFlag], settings: Settings) -> None:
        self._responses = responses
        self._flags = flags
        self._settings = settings

    @classmethod
    def load(cls, settings: Settings) -> CannedReplies:
        """Read both files; raises WordingError or FlagsError with the line to mend."""
        nation = settings.clinic.nation
        responses = Responses.load(settings.data / "responses.yml", settings.facts, nation)
        return cls(responses, load_cards(settings.data / "red_flags.yml"), settings)

    def opening(self, article: Article | None = None) -> list[Reply]:
        """The greeting, with what can be asked (of the article the page shows), and the privacy notice."""
        greeting = say(self._responses.render("greeting"), *suggested_questions(article))
        return [greeting, say(self._responses.render("privacy_notice"))]

    def help_line(self) -> str:
        """What the widget says when nobody can be reached: the line on emergencies and the clinic's phone."""
        return self._responses.render("help_line")

    def failure(self) -> Reply:
        """Something failed on our side: the clinic's phone and the line on emergencies."""
        return Reply("error", self._responses.render("error"), extra={"phone": self._settings.clinic.phone})

    def switched_off(self) -> Reply:
        """The assistant is switched off: the phone and the line on emergencies."""
        return Reply("error", self._responses.render("off_switch"), extra={"phone": self._settings.clinic.phone})

    def card(self, flag: str) -> Card | None:
        """The card of a flag for the clinic's nation, or None when no flag has that name."""
        found = self._flags.get(flag)
        return found.cards[self._settings.clinic.nation] if found else None

    def reminder(self, flag: str) -> Reply | None:
        """The one reminder of an open card."""
        card = self.card(flag)
        return reminder_reply(card, self._responses) if card else None

    def urgent(self, flag: str) -> Reply | None:
        """The card of a flag, or None when no flag has that name."""
        found = self._flags.get(flag)
        return urgent_reply(found, self._settings.clinic.nation) if found else None

    def urgent_json(self, flag: str) -> dict[str, Any] | None:
        """The card as it travels."""
        card = self.urgent(flag)
        return card.to_json() if card else None


class LiveReplies:
    """The fixed replies of a running process: `take` reads their files anew, and raises what is wrong with them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.now = CannedReplies.load(settings)

    def take(self) -> None:
        """Speak by the files as they are now; where one is broken nothing changes."""
        settings = take_live(self.settings, load_settings(self.settings.root))
        self.now = CannedReplies.load(settings)
        self.settings = settings
