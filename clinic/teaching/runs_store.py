"""Runs that learn what was changed: tried, published, refused, gone back; how far each is, and what it found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from clinic.db import Base, Sessions, UtcTime

SILENT = timedelta(seconds=60)


class RunRow(Base):
    """One run."""

    __tablename__ = "studio_run"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(10))
    who: Mapped[str] = mapped_column(String(60))
    why: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12), index=True)
    started: Mapped[datetime] = mapped_column(UtcTime)
    ended: Mapped[datetime | None] = mapped_column(UtcTime)
    beat: Mapped[datetime] = mapped_column(UtcTime)
    steps: Mapped[list[str]] = mapped_column(JSON)
    result: Mapped[dict[str, Any]] = mapped_column(JSON)
    release: Mapped[str] = mapped_column(String(120))


@dataclass(frozen=True, slots=True)
class Run:
    """A run as pages show it; `state` is running, done, refused, failed, cancelled or interrupted."""

    number: int
    kind: str
    who: str
    why: str
    state: str
    started: datetime
    ended: datetime | None
    steps: tuple[str, ...]
    result: dict[str, Any]
    release: str

    @property
    def seconds(self) -> float:
        """How long it took, or has taken so far."""
        return ((self.ended or datetime.now(UTC)) - self.started).total_seconds()


class Runs:
    """Keeps runs; one at a time is running."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def begin(self, kind: str, who: str, why: str) -> Run | None:
        """A new run, or None while another one runs."""
        now = datetime.now(UTC)
        with self._sessions.begin() as session:
            for row in session.scalars(select(RunRow).where(RunRow.state == "running")):
                if now - row.beat < SILENT:
                    return None
                row.state, row.ended = "interrupted", now
            row = RunRow(
                kind=kind, who=who, why=why, state="running", started=now, beat=now, steps=[], result={}, release=""
            )
            session.add(row)
            session.flush()
            return _run(row)

    def tell(self, number: int, step: str = "") -> bool:
        """Note how far a run is, or that it still lives; whether it may go on."""
        with self._sessions.begin() as session:
            row = session.get_one(RunRow, number)
            row.beat = datetime.now(UTC)
            if step:
                row.steps = [*row.steps, step]
            return row.state == "running"

    def end(self, number: int, state: str, result: dict[str, Any], release: str = "") -> None:
        """Close a run; one that was cancelled meanwhile stays cancelled."""
        with self._sessions.begin() as session:
            row = session.get_one(RunRow, number)
            row.ended, row.result, row.release = datetime.now(UTC), result, release
            if row.state == "running":
                row.state = state

    def judge(self, number: int, text: str, who: str, verdict: str) -> None:
        """Keep whose reply to a text somebody found better, in the place of what they said of it before."""
        with self._sessions.begin() as session:
            row = session.get_one(RunRow, number)
            others = [one for one in row.result.get("judged") or [] if (one["text"], one["who"]) != (text, who)]
            row.result = {**row.result, "judged": [*others, {"text": text, "who": who, "verdict": verdict}]}

    def cancel(self, number: int) -> bool:
        """Ask a run to stop; whether there was one to stop."""
        with self._sessions.begin() as session:
            row = session.get(RunRow, number)
            if row is None or row.state != "running":
                return False
            row.state, row.ended = "cancelled", datetime.now(UTC)
            return True

    def find(self, number: int) -> Run | None:
        """That run."""
        with self._sessions() as session:
            row = session.get(RunRow, number)
            return _run(row) if row else None

    def newest(self, limit: int = 50) -> list[Run]:
        """The newest runs, the newest first."""
        with self._sessions() as session:
            return [_run(row) for row in session.scalars(select(RunRow).order_by(RunRow.number.desc()).limit(limit))]


def _run(row: RunRow) -> Run:
    state, ended = row.state, row.ended
    if state == "running" and datetime.now(UTC) - row.beat >= SILENT:
        state, ended = "interrupted", row.beat
    told = (row.number, row.kind, row.who, row.why, state, row.started, ended)
    return Run(*told, tuple(row.steps), row.result, row.release)
