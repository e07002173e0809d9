"""What is asked before publishing is asked of both models, and whoever waits is told how far it has come."""

from __future__ import annotations

from pathlib import Path

from clinic.teaching.gate import LOT, lost, told_along

MODEL = Path("candidate.tar.gz")


def test_many_emergencies_are_asked_in_lots_and_the_lost_ones_are_found_in_any_of_them() -> None:
    texts = [f"emergency {number}" for number in range(2 * LOT + 1)]
    gone = {texts[0], texts[LOT], texts[-1]}
    told = list[str]()

    def alarms(few: list[str], model: Path | None) -> list[bool]:
        assert len(few) <= LOT
        return [not (model and one in gone) for one in few]

    assert lost(texts, MODEL, told_along(alarms, told.append)) == sorted(gone, key=texts.index)
    assert told[0] == f"{LOT} of {len(texts)} asked of the live model"
    assert told[-1] == f"{2 * LOT} of {len(texts)} asked of the candidate"
