from collections import Counter
from pathlib import Path

import pytest

from clinic.evaluation.sets import EvaluationSets, SetError, load_sets

HELD_OUT = Path(__file__).parents[1] / "evaluation"


def test_the_held_out_sets_are_as_large_and_as_varied_as_promised() -> None:
    sets = load_sets(HELD_OUT, ["answers", "uncovered", "followups", "utterances", "booking", "smalltalk"])
    styles = Counter(item.style for item in sets.answers)
    assert len(sets.answers) == 150
    assert len(styles) == 7
    assert min(styles.values()) >= 20
    assert len(sets.uncovered) == 100
    assert Counter(item.kind for item in sets.uncovered)["near_miss"] == 60
    assert len(sets.followups) == 25
    assert all(2 <= len(item.turns) <= 4 for item in sets.followups)
    assert set(Counter(item.intent for item in sets.utterances).values()) == {8}
    assert (len(sets.booking), len(sets.smalltalk)) == (12, 40)


def _texts(sets: EvaluationSets) -> set[str]:
    rows = [(row.text for row in rows) for rows in (sets.answers, sets.uncovered)]
    talk = [(row.text for row in sets.utterances), (row.text for row in sets.smalltalk)]
    return {text.lower() for texts in rows + talk for text in texts}


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        ("tuning", ["answers", "uncovered", "utterances", "smalltalk"]),
        ("tuning/second", ["answers", "uncovered", "utterances"]),
        ("tuning/third", ["answers", "uncovered", "utterances"]),
    ],
)
def test_no_held_out_line_stands_in_the_sets_for_tuning(folder: str, names: list[str]) -> None:
    held_out, tuning = load_sets(HELD_OUT, names), load_sets(HELD_OUT / folder, names)
    texts = [_texts(sets) for sets in (held_out, tuning)]
    assert len(texts[1]) > 150
    assert not texts[0] & texts[1]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "Expecting property name"),
        ("[]", "a line must be a JSON object"),
        ('{"id": "x", "text": " ", "facts": [], "section": [], "style": "plain"}', "`text` must be"),
        (
            '{"id": "x", "text": "t", "facts": "pain", "section": [], "style": "plain"}',
            "`facts` must be a list",
        ),
        (
            '{"id": "x", "text": "t", "facts": [["(" ]], "section": [], "style": "plain"}',
            "not a regular expression",
        ),
        (
            '{"id": "ok", "text": "t", "facts": [], "section": [], "style": "plain"}',
            "the id 'ok' stands twice",
        ),
    ],
)
def test_a_bad_line_is_named_by_file_and_number(tmp_path: Path, line: str, complaint: str) -> None:
    good = '{"id": "ok", "text": "t", "facts": [["pain"]], "section": ["Symptoms"], "style": "plain"}'
    (tmp_path / "answers.jsonl").write_text(f"{good}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(SetError, match=r"answers\.jsonl:3: ") as caught:
        load_sets(tmp_path)
    assert complaint in str(caught.value)


def test_bytes_that_are_not_utf8_are_named_too(tmp_path: Path) -> None:
    (tmp_path / "uncovered.jsonl").write_bytes(b'{"id": "x", "text": "\xff", "kind": "off_topic"}\n')
    with pytest.raises(SetError, match=r"uncovered\.jsonl:1: "):
        load_sets(tmp_path)


def test_an_empty_folder_a_missing_set_and_an_unknown_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SetError, match="no evaluation set here"):
        load_sets(tmp_path)
    with pytest.raises(SetError, match=r"no booking\.jsonl here"):
        load_sets(HELD_OUT / "nowhere", ["booking"])
    with pytest.raises(SetError, match="no such set: bookings"):
        load_sets(HELD_OUT, ["bookings"])
