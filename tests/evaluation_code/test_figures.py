import pytest

from clinic.evaluation.intents import macro_f1, score_intents
from clinic.evaluation.items import UtteranceItem
from clinic.evaluation.model import Outcome, wilson
from clinic.evaluation.summary import coverage_curve, summarise


@pytest.mark.parametrize(
    ("successes", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_the_interval_is_the_one_in_print(successes: int, total: int, low: float, high: float) -> None:
    # 81 of 263 is the worked example of R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872.
    interval = wilson(successes, total)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=1e-4)


def test_nothing_counted_says_nothing_and_more_right_than_asked_is_refused() -> None:
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0.0, 1.0)
    with pytest.raises(ValueError, match="3 successes out of 2"):
        wilson(3, 2)


def test_macro_f1_weighs_every_intent_alike() -> None:
    confusion = {("greet", "greet"): 8, ("greet", "thanks"): 2, ("thanks", "thanks"): 1}
    assert macro_f1(confusion) == pytest.approx((16 / 18 + 2 / 4) / 2)


def test_a_guess_of_an_intent_the_set_does_not_ask_for_may_be_left_out_of_the_mean() -> None:
    confusion = {("a", "a"): 3, ("a", "stray"): 1, ("b", "b"): 4}
    assert macro_f1(confusion) == pytest.approx((6 / 7 + 1 + 0) / 3)
    assert macro_f1(confusion, asked_only=True) == pytest.approx((6 / 7 + 1) / 2)


def test_intents_are_scored_by_their_first_guess_and_doubts_are_counted() -> None:
    items = [UtteranceItem("1", "hi", "greet"), UtteranceItem("2", "ta", "thanks")]
    guesses = [
        {"intent": "greet", "confidence": 0.9, "fallback": True},
        {"intent": "goodbye", "confidence": 0.4},
    ]
    score, outcomes = score_intents(items, guesses)
    assert (score.right.passed, score.right.total, score.not_trusted) == (1, 2, 1)
    assert score.confusion == {("greet", "greet"): 1, ("thanks", "goodbye"): 1}
    assert [outcome.passed for outcome in outcomes] == [True, False]
    with pytest.raises(ValueError, match="1 predictions for 2"):
        score_intents(items, guesses[:1])


def _outcome(group: str, passed: bool, words: int | None = None) -> Outcome:
    return Outcome("answers", f"{group}{words}", group, passed, words=words)


def test_outcomes_are_counted_by_style_with_the_median_length() -> None:
    found = [
        _outcome("plain", True, 10),
        _outcome("typo", False, 50),
        _outcome("plain", True, 30),
        _outcome("typo", True),
    ]
    (measure,) = summarise(found)
    assert (measure.total.passed, measure.total.total, measure.median_words) == (3, 4, 30)
    assert [(g.group, g.passed, g.total) for g in measure.groups] == [("plain", 2, 2), ("typo", 1, 2)]


def test_the_curve_weighs_answers_given_against_answers_right() -> None:
    found = [
        Outcome("answers", "1", "plain", True, confidence=0.9),
        Outcome("uncovered", "2", "near_miss", False, confidence=0.7),
        Outcome("answers", "3", "plain", False),
        Outcome("answers", "4", "plain", True, confidence=0.5),
        Outcome("answers", "5", "plain", False, confidence=0.5),
    ]
    points = [(p.threshold, p.coverage, p.precision) for p in coverage_curve(found)]
    assert points == [(0.9, 0.25, 1.0), (0.7, 0.25, 0.5), (0.5, 0.75, 0.5)]
    assert coverage_curve([Outcome("answers", "1", "plain", True)]) == ()
