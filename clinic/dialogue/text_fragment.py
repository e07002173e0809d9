"""Where on its page a quote stands: the text directive of its link."""

from __future__ import annotations

from urllib.parse import quote as percent

LONG_FRAGMENT = 12  # words; longer quotes are marked by how they begin and end


def fragment(text: str) -> str:
    """The text directive that highlights these words (URL Fragment Text Directives, WICG).

    Dashes, commas and ampersands have a meaning of their own there and are percent-encoded too; a long quote
    and one over several lines are marked by their first and last words.
    """
    lines = [line.removeprefix("- ") for line in text.split("\n")]
    first, last = lines[0].split(), lines[-1].split()
    if len(lines) == 1 and len(first) <= LONG_FRAGMENT:
        return f"text={_encode(text)}"
    return f"text={_encode(' '.join(first[:5]))},{_encode(' '.join(last[-4:]))}"


def _encode(text: str) -> str:
    return percent(text, safe="").replace("-", "%2D")
