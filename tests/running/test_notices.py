"""Who uses a library under the LGPL or the MPL is told so, and where its source is."""

from __future__ import annotations

from pathlib import Path

from bootstrap.notices import libraries

PAGE = (Path(__file__).resolve().parents[2] / "THIRD_PARTY.md").read_text(encoding="utf-8")


def test_every_library_under_a_licence_that_asks_for_it_stands_in_the_notice_with_its_source() -> None:
    sharing = [one for one in libraries() if one.is_share_alike]
    assert {"psycopg", "certifi"} <= {one.name for one in sharing}
    told = PAGE.split("## All others")[0]
    for one in sharing:
        assert f"| {one.name} |" in told, f"{one.name}: run `make notices`"
        assert one.source, f"{one.name} does not say where its source is"
