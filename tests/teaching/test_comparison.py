"""What a candidate makes better and worse is said one by one, and decides whether it may be published."""

from __future__ import annotations

from clinic.teaching.comparison import Labelled, compare

LABELLED = [Labelled("is it my arches", "ask_causes"), Labelled("hello", "greet"), Labelled("ta", "thanks")]


def test_better_worse_and_wrong_in_another_way_are_told_apart() -> None:
    found = compare(LABELLED, ["greet", "greet", "deny"], ["ask_causes", "thanks", "stop"])
    assert [one.text for one in found.better] == ["is it my arches"]
    assert [one.text for one in found.worse] == ["hello"]
    assert [one.text for one in found.other] == ["ta"]
    assert (found.right_before, found.right_after) == (1, 1)


def test_a_candidate_that_changes_nothing_may_be_published() -> None:
    found = compare(LABELLED, ["ask_causes", "greet", "thanks"], ["ask_causes", "greet", "thanks"])
    assert found.may_be_published
    assert (found.better, found.worse, found.other) == ((), (), ())


def test_a_candidate_that_makes_much_worse_may_not_be_published() -> None:
    assert not compare(LABELLED, ["ask_causes", "greet", "thanks"], ["greet", "stop", "thanks"]).may_be_published
