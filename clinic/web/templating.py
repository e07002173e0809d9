"""Templates of every page, and how pages say a moment, a short reference and a visitor's words."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi.templating import Jinja2Templates
from jinja2 import Environment, pass_environment
from markupsafe import Markup, escape

from clinic.privacy.masking import mask
from clinic.teaching.nlu_examples import ANNOTATION

TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")
SHORT = 8


def show_words(words: str) -> str:
    """Somebody's words without what turns a line around or hides in it: direction marks become `�`."""
    return "".join(
        "�" if unicodedata.category(one) in ("Cf", "Cc") and one not in "\n\t\u200d" else one for one in words
    )


@pass_environment
def show_moment(environment: Environment, moment: datetime | None) -> Markup | str:
    """A moment as staff read it, by the clinic's clock; in UTC for machines."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(str(environment.globals.get("time_zone", "UTC"))))
    return Markup('<time datetime="{0}">{1}</time>').format(moment.isoformat(), f"{local:%d %b %Y %H:%M}")


def show_short(reference: str) -> str:
    """The first letters of a long id, as staff read and type it."""
    return reference[:SHORT]


def mask_words(words: str) -> str:
    """Somebody's words with every contact detail hidden."""
    return show_words(mask(words).text)


def mark_found(words: str) -> Markup:
    """Words in which the store marked what was found with the control characters 2 and 3."""
    safe = str(escape(words)).replace("\x02", "<mark>").replace("\x03", "</mark>")
    return Markup(show_words(safe))


def split_annotated(text: str) -> list[tuple[str, str]]:
    """An utterance in pieces: words, and what they are marked as or an empty string."""
    pieces, at = [], 0
    for found in ANNOTATION.finditer(text):
        pieces += [(text[at : found.start()], ""), (found["said"], found["told"].strip("(){}"))]
        at = found.end()
    return [one for one in [*pieces, (text[at:], "")] if one[0]]


TEMPLATES.env.filters |= {
    "annotated": split_annotated,
    "moment": show_moment,
    "short": show_short,
    "words": show_words,
    "masked": mask_words,
    "found": mark_found,
}
