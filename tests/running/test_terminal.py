"""No character of a visitor's reaches the terminal of whoever reads the log."""

from __future__ import annotations

import io

from clinic.runtime.terminal import PrintableStream, printable


def test_a_terminals_commands_are_shown_and_not_obeyed() -> None:
    assert printable("\x1b]0;owned\x07 hello \x9b2J\r") == "\ufffd]0;owned\ufffd hello \ufffd2J\ufffd"


def test_words_that_turn_the_line_around_do_not() -> None:
    assert printable("my heel \u202ehurts") == "my heel \ufffdhurts"


def test_line_breaks_tabs_accents_and_other_scripts_stay() -> None:
    for text in ("a\n\tb", "Zoë", "私の足", "كاحلي", "👩\u200d⚕️"):
        assert printable(text) == text


def test_everything_written_to_the_stream_is_printable() -> None:
    kept = io.BytesIO()
    stream = PrintableStream(kept, encoding="utf-8")
    stream.write("\x1b[31mred")
    stream.flush()
    assert kept.getvalue().decode() == "\ufffd[31mred"
