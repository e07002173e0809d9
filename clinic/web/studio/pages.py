"""Every page of the studio; `clinic.web.staff.pages` adds them beside the console's."""

from __future__ import annotations

from clinic.web.studio import articles, changes, inbox, publish, teaching, trial, typing, utterances, why

STUDIO_PAGES = (utterances, teaching, typing, inbox, why, articles, trial, changes, publish)
