"""What the assistant says in a turn, each message whole."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa.core.channels.channel import OutputChannel


class Replies(OutputChannel):
    """Collects what the assistant says, each message whole."""

    def __init__(self) -> None:
        self.collected: List[Dict[str, Any]] = []

    @classmethod
    def name(cls) -> Text:
        """The channel's name in the log."""
        return "pointe"

    async def send_response(self, recipient_id: Text, message: Dict[Text, Any]) -> None:
        """Keep one message: our Reply as it travels in `custom`, or Rasa's own text."""
        custom = message.get("custom")
        if custom:
            self.collected.append(custom)
        elif message.get("text"):
            self.collected.append({"kind": "say", "text": message["text"]})
