"""The lines of the place the clinic is in: in settings, cards and failure replies alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clinic.dialogue.fallback_replies import CannedReplies
from clinic.safety.flags import load_flags
from clinic.settings import Settings, SettingsError
from clinic.settings_file import load_settings
from clinic.settings_identity import NATIONS

ROOT = Path(__file__).parents[2]
WRITTEN = (ROOT / "settings.yml").read_text(encoding="utf-8")


def settings_of(tmp_path: Path, nation: str) -> Settings:
    file = tmp_path / "settings.yml"
    file.write_text(WRITTEN.replace("nation: england", f"nation: {nation}"), encoding="utf-8")
    return load_settings(ROOT, {"POINTE_SETTINGS": str(file), "POINTE_VAR": str(tmp_path)})


@pytest.mark.parametrize("nation", NATIONS)
def test_every_nation_of_the_settings_has_its_cards_and_its_urgent_line(tmp_path: Path, nation: str) -> None:
    fixed = CannedReplies.load(settings_of(tmp_path, nation))
    assert fixed.failure().kind == "error"
    for key in load_flags(ROOT / "data/red_flags.yml"):
        card = fixed.urgent_json(key)
        assert card is not None, key
        assert card["kind"] == "urgent"


def test_outside_the_uk_nobody_is_sent_to_a_line_of_the_uk(tmp_path: Path) -> None:
    fixed = CannedReplies.load(settings_of(tmp_path, "outside_uk"))
    closing = "In the UK, call 999 in an emergency."
    for key, flag in load_flags(ROOT / "data/red_flags.yml").items():
        card, shown = fixed.urgent_json(key), flag.cards["outside_uk"]
        assert card is not None
        after = f"{shown.meaning} {shown.waiting} {shown.avoid}"
        assert not re.search(r"\b(999|111|116 123|85258|A&E|GP)\b", after), key
        assert not re.search(r"\b(999|111|116 123|85258|A&E|GP)\b", card["text"].replace(closing, "")), key
        assert {one["href"] for one in card["contacts"]} == {"tel:112"}, key
    assert "local emergency number" in fixed.failure().text
    assert "111" not in fixed.failure().text


def test_an_unknown_nation_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="england, scotland, wales, northern_ireland, outside_uk"):
        settings_of(tmp_path, "atlantis")
