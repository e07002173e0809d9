"""The pages say what is there: every command, setting and intent, no file that is not, no path of one machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*ROOT.glob("docs/**/*.md"), *(ROOT / name for name in ("README.md", "CHANGELOG.md", "models/README.md"))]
)
TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
ALL = "\n".join(TEXTS.values())
# What running Pointe makes; it is named in the pages and in no checkout.
MADE = (
    *(
        "var/",
        "build/",
        "screenshots/",
        "results/",
        "engine/.venv/",
        "bench/.stock",
        "widget/dist/",
        "widget/node_modules/",
    ),
    *("models/candidates/", "models/encoder/", "models/published.json"),
)
FOLDERS = tuple(f"{one.name}/" for one in ROOT.iterdir() if one.is_dir())
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^#+ +(.+?)\s*$", re.MULTILINE)


def paths_in(text: str) -> Iterator[str]:
    """Paths of this repository in code spans: under one of its folders, without gaps to fill in."""
    for span in CODE.findall(text):
        if span.startswith(FOLDERS) and re.fullmatch(r"[\w./-]+", span) and not span.startswith(MADE):
            yield span


def commands() -> list[str]:
    """Every command of `bin/clinic`, those in groups by both words, and not the hidden ones."""
    from clinic.commands.app import COMMANDS, load_command

    found: list[str] = []
    for name, entry in COMMANDS.items():
        if not entry.hidden:
            found += [f"{name} {inner}" for inner in getattr(load_command(name), "commands", {})] or [name]
    return found


def settings() -> list[str]:
    written = YAML(typ="safe").load((ROOT / "settings.yml").read_text(encoding="utf-8"))
    return [f"{part}.{name}" for part, values in written.items() for name in values]


def test_every_make_target_is_documented() -> None:
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert "run" in targets
    assert [one for one in targets if f"make {one}" not in ALL] == []


def test_every_command_is_documented() -> None:
    missing = []
    for command in commands():
        group, _, inner = command.partition(" ")
        lines = [line for line in ALL.splitlines() if f"bin/clinic {group}" in line]
        if not any(not inner or re.search(rf"\b{inner}\b", line) for line in lines):
            missing.append(command)
    assert missing == []


def test_every_setting_is_documented() -> None:
    assert "clinic.phone" in settings()
    assert [one for one in settings() if f"`{one}`" not in ALL] == []


def test_no_page_names_a_setting_that_is_not() -> None:
    parts = {one.split(".")[0] for one in settings()}
    named = {
        (page, span)
        for page, text in TEXTS.items()
        for span in CODE.findall(text)
        if re.fullmatch(r"[a-z]+\.[a-z_]+", span) and span.split(".")[0] in parts
    }
    modules = {f"clinic.{path.stem}" for path in (ROOT / "clinic").iterdir()}
    assert sorted(one for one in named if one[1] not in settings() and one[1] not in modules) == []


def test_every_intent_is_explained_to_trainers() -> None:
    intents = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"]
    assert [one for one in intents if f"`{one}`" not in TEXTS["docs/teaching.md"]] == []


def test_every_environment_variable_is_documented() -> None:
    read = (ROOT / "clinic" / "settings_file.py").read_text(encoding="utf-8")
    read += (ROOT / "engine" / "endpoints.production.yml").read_text(encoding="utf-8")
    variables = set(re.findall(r"POINTE_[A-Z_]+", read))
    assert "POINTE_TRACKER_URL" in variables
    assert sorted(one for one in variables if f"`{one}`" not in TEXTS["docs/deploy.md"]) == []


@pytest.mark.parametrize("name", ["endpoints.yml", "engine/endpoints.production.yml"])
def test_no_variable_of_the_endpoints_stands_in_quotes_where_rasa_never_fills_it_in(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [one for one in lines if re.search(r"""["'].*\$\{.*["']""", one) and not one.startswith("#")] == []


@pytest.mark.parametrize("page", TEXTS)
def test_every_file_a_page_names_exists(page: str) -> None:
    assert sorted({path for path in paths_in(TEXTS[page]) if not (ROOT / path).exists()}) == []


@pytest.mark.parametrize("page", TEXTS)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    here = (ROOT / page).parent
    local = [link.split("#")[0] for link in LINK.findall(TEXTS[page]) if "://" not in link]
    assert sorted({link for link in local if link and not (here / link).exists()}) == []


@pytest.mark.parametrize("page", TEXTS)
def test_no_page_names_a_place_on_one_machine(page: str) -> None:
    assert re.findall(r"(?:/work|/tmp|/root|/home|/Users)/\S*", TEXTS[page]) == []


def test_every_decision_has_its_parts_and_is_listed() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    listed = (ROOT / "docs" / "adr" / "0001-record-decisions.md").read_text(encoding="utf-8")
    for number, path in enumerate(decisions, 1):
        text = path.read_text(encoding="utf-8")
        assert path.name.startswith(f"{number:04d}-")
        assert HEADING.findall(text)[1:4] == ["Context", "Decision", "Consequences"], path.name
        assert re.search(r"^Status: \w+.*\nDate: \d{4}-\d\d-\d\d$", text, re.MULTILINE), path.name
        assert f"({path.name})" in listed
