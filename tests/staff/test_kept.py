"""How an answer came about is kept by the turn that made it, shown to staff, and never reaches a visitor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi.testclient import TestClient

from actions.kept import Kept
from clinic.accounts.model import Role
from clinic.appointments.redaction import redact_event
from clinic.conversations.log_filter import Filter
from clinic.conversations.log_reading_store import LogReader
from clinic.engine.events import fold_turns
from clinic.knowledge.answering.notes import note_answers, noted_answers
from clinic.knowledge.answers import Answer, Considered, Verdict
from clinic.privacy.masking import mask

SignIn = Callable[[Role], TestClient]
ANSWER = Answer(
    "do i need a scan",
    Verdict.NOTHING,
    reason="weak",
    score=0.4,
    confidence=0.2,
    considered=(Considered("ankle", "Diagnosis", 0.61),),
)


def events_of(kept: Kept) -> list[dict[str, object]]:
    parsed = {"intent": {"name": "ask_imaging", "confidence": 0.9}, "spelling": [["scn", "scan"]], "milliseconds": 9}
    parsed |= {"parts": [{"text": "do i need a scan"}, {"text": "where is it"}]}
    return [
        {"event": "user", "text": "do i need a scn", "parse_data": parsed, "metadata": {"model_id": "abc"}},
        {"event": "bot", "data": {"custom": {"kind": "not_covered"}}, "metadata": {"kept": kept.to_json()}},
    ]


def test_what_an_answer_was_made_from_is_kept_beside_it() -> None:
    with noted_answers() as noted:
        note_answers((ANSWER,))
        note_answers((ANSWER,))
    (turn,) = fold_turns(events_of(Kept("action_answer", "the articles are asked", 31, tuple(noted))))
    assert turn.kept.spelling == (("scn", "scan"),)
    assert turn.kept.parts == ("do i need a scan", "where is it")
    assert (turn.kept.model, turn.kept.milliseconds, turn.kept.reasons) == ("abc", 9, ("weak",))
    (step,) = turn.kept.steps
    assert (step["rule"], step["milliseconds"]) == ("the articles are asked", 31)
    (asked,) = step["questions"]
    assert (asked["confidence"], asked["passages"]) == (0.2, [["ankle", "Diagnosis", 0.61]])
    assert "kept" not in turn.replies[0]


def test_what_was_asked_outside_a_turn_is_noted_nowhere() -> None:
    note_answers((ANSWER,))
    with noted_answers() as noted:
        assert noted == []


def test_details_are_blanked_in_what_is_kept_too() -> None:
    told = Answer("ring me on 07700 900123", Verdict.NOTHING)
    events = events_of(Kept("action_answer", "", 1, (told,)))
    blanked = [redact_event(one, frozenset(), lambda words: mask(words).text) for one in events]
    assert "900123" not in str(blanked)


def test_staff_see_on_demand_how_an_answer_came_about(sign_in: SignIn, log: LogReader) -> None:
    one = log.page(Filter(q="old sprain"))[0]
    page = sign_in("staff").get(f"/staff/conversations/{one.id[:8]}").text
    for words in ("How this came about", "Passages considered", "0.71", "cos → because", "12 ms of it to understand"):
        assert words in page, words


def test_the_log_is_filtered_by_model_length_and_reason(log: LogReader) -> None:
    whole, models = log.count(Filter()), {turn.kept.model for turn in log.turns(log.page(Filter())[0].id)}
    assert 0 < log.count(Filter(model=models.pop())) <= whole
    assert log.count(Filter(least="3")) + log.count(Filter(most="2")) == whole
    assert log.count(Filter(why="other_condition")) == log.count(Filter(covered="no"))
    assert not log.count(Filter(why="other"))


def test_a_days_sample_holds_all_that_failed_and_some_of_the_rest(log: LogReader) -> None:
    days = {f"{one.last:%Y-%m-%d}" for one in log.every(Filter()) if one.last.hour in range(2, 22)}
    for day in days:
        sample = {one.id for one in log.every(Filter(sample=day))}
        that_day = list(log.every(Filter(since=day, until=day)))
        failed = {one.id for one in that_day if one.not_covered or one.unhelpful or one.red_flag}
        assert failed <= sample <= {one.id for one in that_day}


def test_a_day_is_a_day_at_the_clinic(log: LogReader) -> None:
    from zoneinfo import ZoneInfo

    from clinic.conversations.log_filter import day_of

    begin, end = day_of("2026-07-01", ZoneInfo("Europe/London"))
    assert begin == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert (end - begin).total_seconds() == 24 * 3600
