"""Every page of the studio; `clinic.web.staff.pages` adds them beside the console's."""

from __future__ import annotations

from clinic.web.studio import changes, inbox, teaching, utterances, why

STUDIO_PAGES = (utterances, teaching, inbox, why, changes)
