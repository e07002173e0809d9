"""Reads the cards of `data/red_flags.yml`; what raises them is read by the engine alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from clinic.problem import Problem
from clinic.safety.model import DESTINATIONS, Card, Contact, Guidance, RedFlag
from clinic.safety.signing import hash_of_words
from language.red_flag_file import without_lists

_HREF = re.compile(r"(tel:\+?\d+|sms:\d+|https://\S+)")
_SIGNATURE = ("signed_off_by", "signed_off_on", "signed_off_words")
_INHERITED = ("title", "source", *_SIGNATURE, "leads", "contacts", "nation_contacts")


class FlagsError(Problem):
    """The file cannot be used; the message names the flag and the line to mend."""


def load_flags(path: Path) -> dict[str, RedFlag]:
    """Every flag by its key (`name`, or `name.variant` for a second card). Raises FlagsError."""
    return parse_flags(_read(path), path.name)


def load_cards(path: Path) -> dict[str, RedFlag]:
    """The same in a third of the time, and in none where no card has changed since: the lists of phrases and examples
    are not looked at. Raises FlagsError.
    """
    return dict(_parse_cards(without_lists(_read(path)), path.name))


@lru_cache(maxsize=2)
def _parse_cards(text: str, name: str) -> dict[str, RedFlag]:
    return parse_flags(text, name)


def parse_flags(text: str, name: str) -> dict[str, RedFlag]:
    """Every flag of such a text; `name` is what faults call it. Raises FlagsError."""
    try:
        content = YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise FlagsError(f"{name}, line {line}: {error.problem}") from error
    if not isinstance(content, dict) or not content.get("flags") or not content.get("nations"):
        raise FlagsError(f"{name} needs `nations` and `flags`")
    flags: dict[str, RedFlag] = {}
    for raw in content["flags"]:
        _read_flag(raw, content["nations"], flags, _Place(name, text))
    return flags


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise FlagsError(f"{path.name} cannot be read: {error.strerror}") from error


def unsigned(flags: Mapping[str, RedFlag]) -> list[RedFlag]:
    """The flags no clinician has signed, for the warning at start-up and on the staff pages."""
    return [flag for flag in flags.values() if not flag.signed]


class _Place:
    """Where in the file something is wrong."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._lines = text.splitlines()

    def error(self, name: str, problem: str) -> FlagsError:
        starts = (number for number, line in enumerate(self._lines, 1) if line.strip() == f"- name: {name}")
        return FlagsError(f"{self._file}, line {next(starts, 1)}, red flag {name}: {problem}")


def _read_flag(raw: Any, nations: dict[str, Any], flags: dict[str, RedFlag], place: _Place) -> None:
    name = str(raw.get("name", "")) if isinstance(raw, dict) else ""
    if not re.fullmatch(r"[a-z_]+", name):
        raise place.error(name or "?", "needs a `name` in small letters")
    for part in (raw, *(raw.get("cards") or ())):
        key = name if part is raw else f"{name}.{part.get('name', '?')}"
        if key in flags:
            raise place.error(name, "is there twice")
        whole = {**{field: raw.get(field) for field in _INHERITED}, **part}
        whole["leads"] = part.get("leads") or {}
        whole["words"] = hash_of_words(raw)
        try:
            flags[key] = _build(key, name, whole, nations)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise place.error(name, _problem(error)) from error


def _problem(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def _build(key: str, name: str, raw: dict[str, Any], nations: dict[str, Any]) -> RedFlag:
    destination = raw["destination"]
    if destination not in DESTINATIONS:
        raise ValueError(f"`destination` is {destination!r}, not one of {', '.join(DESTINATIONS)}")
    source = Guidance(_words(raw["source"], "title"), _words(raw["source"], "url"))
    _check_href(source.url)
    return RedFlag(
        key=key,
        name=name,
        title=_words(raw, "title"),
        destination=destination,
        source=source,
        cards={nation: _card(name, nation, raw, rules) for nation, rules in nations.items()},
        signed_off_by=str(raw.get("signed_off_by") or ""),
        signed_off_on=str(raw.get("signed_off_on") or ""),
        signed_words=str(raw.get("signed_off_words") or ""),
        words=raw["words"],
    )


def _card(name: str, nation: str, raw: dict[str, Any], rules: dict[str, Any]) -> Card:
    destination = rules.get("instead", {}).get(raw["destination"], raw["destination"])
    # The lead is the local wording of what the destination is elsewhere, as in "no 111 for every caller".
    lead = raw["leads"].get(nation) or rules["leads"][raw["destination"]]
    elsewhere = rules.get("says") or {}
    own = [*(raw.get("nation_contacts") or {}).get(nation, ()), *(() if elsewhere else raw.get("contacts") or ())]
    usual = rules["contacts"][destination]
    contacts = tuple(_contacts([*own, *usual] if destination == "helpline" else [*usual, *own]))
    said = {field: _local(_words(raw, field), elsewhere) for field in ("message", "meaning", "waiting", "avoid")}
    return Card(
        flag=name,
        destination=destination,
        text=f"{lead} {said.pop('message')} {rules['closing']}",
        contacts=contacts,
        source=Guidance(raw["source"]["title"], raw["source"]["url"]),
        **said,
    )


def _local(words: str, elsewhere: Mapping[str, str]) -> str:
    for here, there in elsewhere.items():
        words = words.replace(here, there)
    return " ".join(words.split())


def _contacts(raw: Iterable[dict[str, str]]) -> Iterable[Contact]:
    for one in raw:
        _check_href(one["href"])
        yield Contact(one["label"], one["href"])


def _check_href(href: str) -> None:
    if not _HREF.fullmatch(href):
        raise ValueError(f"{href!r} is not a tel:, sms: or https: address")


def _words(raw: Mapping[str, Any], field: str) -> str:
    value = raw[field]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"`{field}` is empty")
    return value.strip()
