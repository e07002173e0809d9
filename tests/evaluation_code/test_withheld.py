"""Pages that are left out: what is asked of them is answered by none."""

from __future__ import annotations

from clinic.evaluation.article_sets import ArticleSets, PageConversation, PageMessage, PageQuestion, withhold

SETS = ArticleSets(
    tuple(PageQuestion(f"q{page}", "why", f"{page}.md", "plain", facts=(("because",),)) for page in "abcde"),
    tuple(PageConversation(f"c{page}", f"{page}.md", ()) for page in "abcde"),
    tuple(PageMessage(f"m{page}", f"{page}.md", "why", ()) for page in "abcde"),
)


def test_the_questions_of_pages_that_are_left_out_stay_and_none_of_the_others_answers_them() -> None:
    sets, gone = withhold(SETS, 0.4)
    assert len(gone) == 2
    assert [one.id for one in sets.questions] == [one.id for one in SETS.questions]
    open_now = {one.id for one in sets.questions if one.kind == "its page withheld" and not one.page}
    assert open_now == {f"q{page[0]}" for page in gone}
    assert gone.isdisjoint({one.page for one in sets.conversations} | {one.page for one in sets.messages})


def test_nothing_is_left_out_unasked() -> None:
    assert withhold(SETS, 0) == (SETS, frozenset())
