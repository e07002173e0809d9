"""Pages that articles came from are read again: what changed is a draft, and no article changes by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from clinic.db import Sessions
from clinic.knowledge.importer.sources import Imported, Raw
from clinic.settings import Settings
from clinic.web.studio.resync import Resync, open_resync, read_page
from tests.studio.conftest import Trainer

URL = "https://clinic.example.org/guides/wobbly-arch"
PAGE = "<html><title>Wobbly arch</title><body><main><h1>Wobbly arch</h1><h2>Symptoms</h2><p>{}</p></main></html>"
MORE = " ".join(f"In week {number} of a calm plan the foot is given a little more to do." for number in range(2, 9))
FIRST = "The arch of the foot sinks when you stand on it, and it may ache after a long day on hard floors."
SECOND = "The arch of the foot sinks when you stand on it. Many people with it notice nothing at all for years."
HEAD = f"""---
title: Wobbly arch
slug: wobbly-arch
state: published
url: {URL}
reviewed_by: Amal
related: [Posterior Ankle Impingement, Purple toe]
---

"""


def page_with(sentence: str) -> str:
    return PAGE.format(f"{sentence} {MORE}")


def write(settings: Settings, web: Web) -> str:
    """The article as an import left it and a clinician reviewed it."""
    text = HEAD + read_page(web.fetch, URL).strip() + "\n"
    (settings.data / "articles" / "wobbly-arch.md").write_text(text, "utf-8")
    return text


class Web:
    """Pages by address; one that is missing is refused."""

    def __init__(self) -> None:
        self.pages = {URL: page_with(FIRST)}

    def fetch(self, url: str) -> Iterator[Raw | Imported]:
        if url in self.pages:
            yield Raw(url, self.pages[url], "html", url)
        else:
            yield Imported(url, "refused", reason="404")


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def job(settings: Settings, sessions: Sessions, web: Web) -> Resync:
    write(settings, web)
    opened = open_resync(replace(settings, teaching=replace(settings.teaching, resync_days=7)), sessions)
    opened._fetch = web.fetch
    return opened


def look(job: Resync, settings: Settings) -> int:
    """As if the days had gone by."""
    record = settings.var / "resync.json"
    if record.exists():
        record.write_text(re.sub(r'"at": "\d{4}', '"at": "2020', record.read_text()))
    done = job()
    job.wait()
    return done


def test_a_changed_page_is_a_draft_with_its_differences(
    job: Resync, web: Web, settings: Settings, trainer: Trainer
) -> None:
    before = (settings.data / "articles" / "wobbly-arch.md").read_text("utf-8")
    assert look(job, settings) == 1
    assert job() == 0, "it is not due again"
    assert "wobbly-arch" not in trainer.read("/studio/changes")
    assert "A draft" not in trainer.read("/studio/articles/wobbly-arch")
    web.pages[URL] = page_with(SECOND)
    look(job, settings)
    page = trainer.read("/studio/articles/wobbly-arch")
    assert "A draft by re-sync" in page
    assert "has changed since it was read last" in page
    assert SECOND in page
    assert "reviewed_by: Amal" in page
    assert (settings.data / "articles" / "wobbly-arch.md").read_text("utf-8") == before


def test_a_discarded_draft_comes_back_only_when_the_page_changes_again(
    job: Resync, web: Web, settings: Settings, trainer: Trainer
) -> None:
    web.pages[URL] = page_with(SECOND)
    look(job, settings)
    trainer.post("/studio/articles/wobbly-arch", do="discard")
    look(job, settings)
    assert "A draft" not in trainer.read("/studio/articles/wobbly-arch")


def test_somebodys_own_draft_is_never_overwritten_and_the_page_waits(
    job: Resync, web: Web, settings: Settings, trainer: Trainer
) -> None:
    trainer.post(
        "/studio/articles/wobbly-arch", do="save", text=write(settings, web).replace("hard floors", "my own floors")
    )
    web.pages[URL] = page_with(SECOND)
    look(job, settings)
    assert "my own floors" in trainer.read("/studio/articles/wobbly-arch")
    trainer.post("/studio/articles/wobbly-arch", do="discard")
    look(job, settings)
    assert "A draft by re-sync" in trainer.read("/studio/articles/wobbly-arch")


def test_a_page_that_is_gone_changes_nothing(job: Resync, web: Web, settings: Settings, trainer: Trainer) -> None:
    web.pages.clear()
    look(job, settings)
    assert "A draft" not in trainer.read("/studio/articles/wobbly-arch")
    assert job() == 0


def test_it_is_off_unless_the_clinic_wants_it(
    settings: Settings, sessions: Sessions, web: Web, trainer: Trainer
) -> None:
    write(settings, web)
    assert open_resync(settings, sessions)() == 0
    page = trainer.read("/studio/articles")
    assert "are not read again" in page
    assert "names “Purple toe”" in page
    assert "names “Posterior Ankle Impingement”" not in page
