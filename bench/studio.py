"""The studio's pages under `make bench-teaching`: the answer while a trainer types, and a list of 20,000 utterances.

Through the pages themselves. What is typed is understood by the published model and looked up by the learning process,
as in the running assistant; only the engine's web server is left out.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from starlette.concurrency import run_in_threadpool

from clinic.accounts.store import Accounts
from clinic.db import Base, open_sessions
from clinic.engine.parser_process import ParserProcess
from clinic.migrations.tables import load_stores
from clinic.settings_file import load_settings
from clinic.teaching.nlu_examples import plain, read_examples
from clinic.teaching.releases import checked_model
from clinic.web.app import Parts, create_app

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "four quiet green kettles"
LETTERS, LINES, OPENED = 200, 20_000, 20
Row = Callable[[str, list[float]], None]


class Understanding:
    """The published model without its server."""

    def __init__(self, parser: ParserProcess) -> None:
        self._parser = parser

    async def parse(self, texts: list[str]) -> list[dict[str, Any]]:
        """What the model makes of texts."""
        return [await run_in_threadpool(self._parser.understand, one) for one in texts]

    async def is_ready(self) -> bool:
        """Always."""
        return True


def measure(folder: Path, row: Row) -> None:
    """Print the studio's rows; everything that is written goes into `folder`."""
    with ParserProcess(ROOT, checked_model(ROOT)) as parser:
        project = _with_many(folder / "project")
        with _studio(project, folder / "list", Understanding(parser)) as client:
            place = "/studio/intents/ask_causes"
            row("the first page of all", [_opened(client, place)])
            row(f"a list of {LINES:,} utterances", [_opened(client, place) for _ in range(OPENED)])
            row("the same after a line was added", [_opened_anew(client, place, project) for _ in range(OPENED)])
            row("searched for a word", [_opened(client, f"{place}?q=post") for _ in range(OPENED)])
            row("every intent with its health", [_opened(client, "/studio") for _ in range(OPENED)])
        with _studio(ROOT, folder / "typing", Understanding(parser)) as client:
            desk = client.app.state.studio.learning  # type: ignore[attr-defined]
            with desk.learner() as learner:
                learner.warm()
            row("the answer while a trainer types", [_seconds(client, one) for one in _typed()])
            desk.stop()


@contextmanager
def _studio(root: Path, var: Path, engine: Understanding) -> Iterator[TestClient]:
    """A trainer's browser, signed in."""
    var.mkdir(parents=True)
    settings = replace(load_settings(ROOT, {"POINTE_VAR": str(var), "POINTE_SECRET": "secret"}), root=root)
    load_stores()
    sessions = open_sessions(settings.database_url)
    Base.metadata.create_all(sessions.kw["bind"])
    Accounts(sessions).add("tess", "trainer", PASSWORD)
    with TestClient(create_app(settings, Parts(engine, sessions))) as client:  # type: ignore[arg-type]
        client.post("/login", data={"name": "tess", "password": PASSWORD})
        yield client


def _typed() -> list[str]:
    """What stands in the field while lines like those taught are typed, a few letters further each time."""
    lines = [f"{plain(one.text)} then" for one in read_examples(ROOT / "data" / "nlu")[::37]]
    return [line[:end] for line in lines for end in range(8, len(line), 9)][:LETTERS]


def _seconds(client: TestClient, text: str) -> float:
    began = time.perf_counter()
    part = client.get("/studio/typing", params={"text": text, "intent": "ask_causes"}, headers={"x-fragment": "1"}).text
    took = time.perf_counter() - began
    assert re.search("Now taken for", part), part
    return took


def _opened(client: TestClient, place: str) -> float:
    began = time.perf_counter()
    assert client.get(place).status_code == 200
    return time.perf_counter() - began


def _opened_anew(client: TestClient, place: str, project: Path) -> float:
    with (project / "data" / "nlu" / "zz.yml").open("a", encoding="utf-8") as file:
        file.write("    - another lamp post\n")
    return _opened(client, place)


def _with_many(project: Path) -> Path:
    """A copy of what is taught with one intent that has very many utterances."""
    shutil.copytree(ROOT / "data", project / "data", ignore=shutil.ignore_patterns("reading"))
    shutil.copy(ROOT / "domain.yml", project / "domain.yml")
    (project / "models").mkdir()
    lines = "".join(f"    - lamp post number {number}\n" for number in range(LINES))
    many = project / "data" / "nlu" / "zz.yml"
    many.write_text(f'version: "3.1"\nnlu:\n- intent: ask_causes\n  examples: |\n{lines}', encoding="utf-8")
    return project
