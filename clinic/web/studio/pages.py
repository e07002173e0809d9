"""Every page of the studio; `clinic.web.staff.pages` adds them beside the console's."""

from __future__ import annotations

from clinic.web.studio import (
    article_editor,
    articles,
    blind,
    cards,
    changes,
    compared,
    inbox,
    intents,
    lay_words,
    list_line,
    lists,
    publish,
    responses,
    teaching,
    trial,
    typing,
    utterances,
    why,
)

STUDIO_PAGES = (
    utterances,
    teaching,
    typing,
    list_line,
    lists,
    lay_words,
    list_line,
    responses,
    cards,
    inbox,
    intents,
    why,
    articles,
    article_editor,
    trial,
    changes,
    compared,
    blind,
    publish,
)
