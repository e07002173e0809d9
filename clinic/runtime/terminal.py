"""What visitors wrote, on a terminal: shown, never obeyed."""

from __future__ import annotations

import io
import sys
import unicodedata

_BIDI = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)))


def printable(text: str) -> str:
    """The text with control characters and marks of direction made visible as the replacement character; line breaks
    and tabs stay.
    """
    return "".join(_shown(letter) for letter in text)


def _shown(letter: str) -> str:
    if letter in "\n\t":
        return letter
    return "\ufffd" if letter in _BIDI or unicodedata.category(letter) == "Cc" else letter


class PrintableStream(io.TextIOWrapper):
    """A text stream on which nothing of what is written moves the cursor or names the window."""

    def write(self, text: str) -> int:
        """Write it, printable."""
        return super().write(text if text.isascii() and text.isprintable() else printable(text))


def guard_terminal() -> None:
    """Let everything this process prints go through PrintableStream."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper) and not isinstance(stream, PrintableStream):
            made = PrintableStream(stream.buffer, encoding="utf-8", errors="replace", line_buffering=True)
            setattr(sys, name, made)
