"""What the assistant itself says, from `data/responses.yml`, which the clinic's staff may edit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Formatter

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from clinic.problem import Problem

_FACTS = "clinic_name clinician phone email service_name price retention_days urgent_line"
_TEXTS = """
greeting privacy_notice disclaimer greet goodbye thanks affirm_without_question deny bot_challenge
human_handoff what_can_you_do:topics emoji_only feedback_positive feedback_negative complaint abuse
repeat_nothing language privacy delete_my_data_confirm delete_my_data_confirm_request erased:reference
erased_request_kept:reference masked_hint offer:service_name:price offer_declined price who online payment
booking_page not_covered_1:article:covers not_covered_2:article:covers not_covered_3:article:covers
not_covered_nothing not_covered_person not_covered_part:question asked_beyond:question not_understood noted
other_clinician closing_heard remark_heard grumble_heard request_about:notes request_ring request_mail_off
which_change:reference request_cancelled:reference request_over:reference
about_article:title:author:updated about_articles lead_more:section lead_again:section
lead_shorter:section own_words_only
simpler_nothing nothing_more fact_length:minutes fact_online fact_opening_hours fact_parking fact_insurers fact_nhs
fact_referral fact_reply_time fact_cancellation fact_first_appointment fact_languages fact_age_limits
fact_price_details about_booking:minutes did_you_mean did_you_mean_failed which_article:articles
error:phone:urgent_line help_line:phone:urgent_line off_switch:phone:urgent_line
urgent_line_england urgent_line_scotland urgent_line_wales urgent_line_northern_ireland urgent_line_outside_uk
solved after_urgent_reminder:place card_what:meaning:place
card_wait:place:avoid card_book:place card_meanwhile:waiting:avoid:place card_sure:meaning:place
card_played_down:place:avoid card_heard:place card_same solved_aside ask_change ask_name_again ask_contact_again
ask_notes_again ask_guardian form_resumed_again ask_name_callback ask_guardian_callback ask_phone:name ask_when any_time
ask_confirm_callback:name:contact:notes:consent callback_requested:reference appointment_changed:reference:what
detail_name detail_email detail_phone detail_notes detail_times detail_guardian which_detail:reference:what
change_failed:reference cancel_kept:reference request_told:reference:name:contact request_next request_mail:email
request_no_mail ask_name ask_contact:name ask_notes ask_confirm:name:contact:notes:times:consent
consent:consent_version no_notes no_times ask_wait ask_grumble ask_no_contact
ask_no_name ask_contact_parent:name ask_again_confirm ask_again_name ask_again_email
ask_again_phone contact_mended:contact
ask_again_contact minor_parent_contact guardian_contact:guardian form_set_aside form_resumed form_stopped
appointment_requested:reference appointment_cancelled:reference cancel_confirm:reference cancel_nothing
change_appointment appointment_status:reference appointment_status_nothing
why_asked why_asked_callback callback_possible other_cost
appointment_status_accepted:reference:when appointment_status_suggested:reference:when details_unasked
"""

FACTS = frozenset(_FACTS.split())
"""Placeholders any text may hold; `urgent_line` is filled from `urgent_line_<nation>`."""

TEXTS = {name: frozenset(fields) for name, *fields in (entry.split(":") for entry in _TEXTS.split())}
"""Every text the assistant may say, with the placeholders it must hold."""

OWN = "say_"
"""A text of this name and an intent's is what that intent is answered with; trainers add them."""


class ResponsesError(Problem):
    """A text that cannot be said; the message names the file and, where there is one, the line."""


class Responses:
    """The texts by name. Make one with `Responses.load`; it may be shared by threads."""

    def __init__(self, texts: Mapping[str, str], facts: Mapping[str, object], nation: str) -> None:
        if f"urgent_line_{nation}" not in texts:
            raise ResponsesError(f"There is no urgent line for the nation {nation!r}.")
        self._texts = {**texts, "urgent_line": texts[f"urgent_line_{nation}"]}
        self._facts = {**facts, "urgent_line": self._texts["urgent_line"]}

    @classmethod
    def load(cls, path: Path, facts: Mapping[str, object], nation: str = "england") -> Responses:
        """The texts of `path`, all of TEXTS and beside them OWN ones alone, filled with `facts`
        (FACTS but `urgent_line`).

        Raises ResponsesError, naming the line, for broken YAML, an unknown, missing, double or empty text, a
        placeholder that may not stand there or must; also for an unknown nation or a missing fact.
        """
        if missing := FACTS - facts.keys() - {"urgent_line"}:
            raise ResponsesError(f"No value was given for {', '.join(sorted(missing))}.")
        return cls(_read(path), facts, nation)

    def has_own(self, intent: str) -> bool:
        """Whether a sentence was written for this intent alone."""
        return f"{OWN}{intent}" in self._texts

    def render(self, name: str, /, **values: object) -> str:
        """The text called `name`, filled. Raises ResponsesError for an unknown name or a missing value."""
        try:
            return self._texts[name].format_map({**self._facts, **values})
        except KeyError as error:
            raise ResponsesError(f"Cannot say {name!r}: {error} is not known.") from error


def _read(path: Path) -> dict[str, str]:
    try:
        found = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ResponsesError(f"{path.name}{line}: {error.problem}") from error
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise ResponsesError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(found, CommentedMap):
        raise ResponsesError(f"{path.name}, line 1: there should be names with a text each.")
    for name, text in found.items():
        if problem := _find_problem(name, text):
            raise ResponsesError(f"{path.name}, line {found.lc.key(name)[0] + 1}: {name}: {problem}")
    if missing := TEXTS.keys() - found.keys():
        raise ResponsesError(f"{path.name}: no text for {', '.join(sorted(missing))}.")
    return {str(name): str(text) for name, text in found.items()}


def _find_problem(name: object, text: object) -> str:
    if not isinstance(name, str) or (name not in TEXTS and not name.startswith(OWN)):
        return "the assistant knows no text of this name."
    if not isinstance(text, str) or not text.strip():
        return "there is no text here."
    needed = TEXTS.get(name, frozenset())
    allowed = frozenset() if name.startswith("urgent_line_") else needed | FACTS  # said as it stands
    try:
        fields = [(field, spec, how) for _, field, spec, how in Formatter().parse(text) if field is not None]
    except ValueError:
        return "a curly bracket is open or closed on its own."
    if wrong := [field for field, spec, how in fields if field not in allowed or spec or how]:
        return f"{{{wrong[0]}}} may not be used here."
    lost = needed - {field for field, _, _ in fields}
    return f"{{{min(lost)}}} has to be in this text." if lost else ""
