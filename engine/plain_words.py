"""What was typed as plain words: nobody commands the engine with a message."""

from __future__ import annotations

from typing import Any, Dict, Tuple

# Rasa reads a text that begins with a slash as a command that sets any intent or slot.
COMMAND = "/"
PLAIN_SLASH = "\u2215"


def as_plain_words(text: str) -> str:
    """The text as plain words: a leading slash becomes the look-alike that commands nothing."""
    bare = text.strip()
    return PLAIN_SLASH + bare[1:] if bare.startswith(COMMAND) else bare


def words_and_metadata(sent: Dict[str, Any]) -> Tuple[str, Dict[str, Any]]:
    """The `text` of what was sent as plain words, and its `metadata` with the text as it was typed."""
    return as_plain_words(sent["text"]), {**(sent.get("metadata") or {}), "typed": sent["text"]}
