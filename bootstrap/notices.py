"""`python -m bootstrap.notices`: writes THIRD_PARTY.md from what the two environments' own metadata say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageMetadata, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"application": ".venv", "engine": "engine/.venv"}
LOCKS = {"application": "requirements.lock", "engine": "engine/requirements.lock"}
SHARE_ALIKE = re.compile(r"\bMPL|Mozilla|GPL|Lesser General|General Public")
HEAD = """# Third-party libraries

Made by `make notices` from the metadata of what is installed; do not edit. This repository holds none of these
libraries: set-up fetches each, unchanged, by version and hash from the locks, and Pointe imports it. A container image
holds them as they were fetched.

## Under the LGPL, the GPL or the MPL

Each is used as a library of its own, which you may replace by another version: change the lock and run `make setup`.
Their licences lie beside them, in the `dist-info` folders; their sources are where this table says.

| library | version | licence | part | source |
|---|---|---|---|---|
"""
REST = """
## All others

| library | version | licence | part |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Library:
    """One installed library and what its metadata say of it."""

    name: str
    version: str
    licence: str
    source: str
    part: str

    @property
    def is_share_alike(self) -> bool:
        """Whether its licence asks for a notice of where its source is."""
        return bool(SHARE_ALIKE.search(self.licence))


def libraries() -> list[Library]:
    """What the locks name and the environments hold, by name."""
    found = [one for part, folder in FOLDERS.items() for one in _installed(part, ROOT / folder)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.part))


def write_notices(found: list[Library]) -> str:
    """The page."""
    sharing = [one for one in found if one.is_share_alike]
    lines = [f"| {one.name} | {one.version} | {one.licence} | {one.part} | {one.source} |" for one in sharing]
    rest = [f"| {one.name} | {one.version} | {one.licence} | {one.part} |" for one in found if not one.is_share_alike]
    return HEAD + "\n".join(lines) + "\n" + REST + "\n".join(rest) + "\n"


def main() -> None:
    """Write THIRD_PARTY.md."""
    (ROOT / "THIRD_PARTY.md").write_text(write_notices(libraries()), encoding="utf-8")


def _installed(part: str, environment: Path) -> Iterator[Library]:
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / LOCKS[part]).read_text(encoding="utf-8"), re.MULTILINE))
    wanted = {_plain(name) for name in locked}
    for found in distributions(path=[str(one) for one in environment.glob("lib/python3*/site-packages")]):
        if _plain(found.name) in wanted:
            yield Library(_plain(found.name), found.version, licence_of(found), _source(found), part)


def licence_of(found: Distribution) -> str:
    """The licence that a library's metadata name, short; "see its files" where they name none."""
    told = found.metadata
    if expression := _first(told, "License-Expression"):
        return expression
    classes = [one.split(" :: ")[-1] for one in told.get_all("Classifier") or () if one.startswith("License :: ")]
    classes = [one for one in classes if one != "OSI Approved"]
    if classes:
        return ", ".join(dict.fromkeys(classes))
    first = _first(told, "License").strip().splitlines()
    return first[0][:60] if first else "see its files"


def _first(told: PackageMetadata, name: str) -> str:
    return next(iter(told.get_all(name) or ()), "")


def _source(found: Distribution) -> str:
    links = dict(_link(one) for one in found.metadata.get_all("Project-URL") or ())
    named = [
        links[name] for name in ("source", "source code", "repository", "github", "code", "homepage") if name in links
    ]
    named += [_first(found.metadata, "Home-page")]
    return next((one for one in named if one.startswith("https://") and "pypi" not in one), "")


def _link(line: str) -> tuple[str, str]:
    name, _, address = line.partition(",")
    return name.strip().lower(), address.strip()


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
