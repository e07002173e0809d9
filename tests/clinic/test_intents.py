"""A line is reported under the contract's intent, with the finer kind beneath it."""

from __future__ import annotations

from clinic.commands.asking import understood
from clinic.dialogue.intents import in_contract


def _parse(*ranking: tuple[str, float], intent: str = "") -> dict[str, object]:
    guesses = [{"name": name, "confidence": share} for name, share in ranking]
    return {"intent": {"name": intent or ranking[0][0]}, "intent_ranking": guesses, "entities": []}


def test_when_can_i_dance_again_is_a_question_about_recovery() -> None:
    line = understood("wen can i dance", _parse(("ask_return_to_activity", 0.7), ("ask_recovery_time", 0.2)))
    assert (line["intent"], line["finer"]) == ("ask_recovery_time", "ask_return_to_activity")
    assert abs(line["confidence"] - 0.9) < 1e-9
    assert [one["name"] for one in line["ranking"]] == ["ask_recovery_time"]


def test_a_detail_belongs_to_the_likeliest_of_its_intents() -> None:
    ranking, finer = in_contract([("ask_procedure_detail", 0.5), ("ask_injection", 0.3), ("ask_surgery", 0.1)])
    assert ranking[0] == ("ask_injection", 0.8)
    assert finer == "ask_procedure_detail"


def test_a_detail_that_was_not_the_first_guess_is_not_named() -> None:
    line = understood("jab?", _parse(("ask_injection", 0.6), ("ask_procedure_detail", 0.2), ("ask_price", 0.1)))
    assert line["intent"] == "ask_injection"
    assert "finer" not in line


def test_a_guess_that_is_not_trusted_is_still_named() -> None:
    line = understood("hm", _parse(("nlu_fallback", 0.9), ("deny", 0.1)))
    assert (line["intent"], line["fallback"]) == ("deny", True)


def test_nothing_understood_names_nothing() -> None:
    assert understood("?", {"intent": {"name": None}, "intent_ranking": [], "entities": []})["intent"] is None
