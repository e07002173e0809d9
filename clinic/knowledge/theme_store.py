"""What each unanswered question is about, made beside the conversations: alike in meaning, and of what kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from clinic.db import Base, Sessions

Vector = npt.NDArray[np.float32]


class GapThemeRow(Base):
    """One question, by what `key_of` makes of it; `theme` is the key of the question it is like."""

    __tablename__ = "gap_theme"
    key: Mapped[str] = mapped_column(String(24), primary_key=True)
    theme: Mapped[str] = mapped_column(String(24), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    fact: Mapped[str] = mapped_column(String(40))
    vector: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True)
class Theme:
    """What a question is about: the key of the group, its kind, and the setting of a clinic's fact or nothing."""

    theme: str
    kind: str
    fact: str = ""


class Themes:
    """Keeps themes by the key of a question; a vector goes when nobody's question is left behind it."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def all(self) -> dict[str, Theme]:
        """Every theme that is known."""
        asked = select(GapThemeRow.key, GapThemeRow.theme, GapThemeRow.kind, GapThemeRow.fact)
        with self._sessions() as session:
            return {row[0]: Theme(row[1], row[2], row[3]) for row in session.execute(asked)}

    def leaders(self) -> dict[str, Vector]:
        """The vectors that new questions are compared with: of those a theme is named after."""
        asked = select(GapThemeRow).where(GapThemeRow.key == GapThemeRow.theme)
        with self._sessions() as session:
            rows = session.scalars(asked)
            return {row.key: np.frombuffer(row.vector, dtype=np.float16).astype(np.float32) for row in rows}

    def add(self, themes: dict[str, tuple[Theme, Vector]]) -> None:
        """Keep what is known of questions."""
        with self._sessions.begin() as session:
            for key, (one, vector) in themes.items():
                kept = vector.astype(np.float16).tobytes()
                session.merge(GapThemeRow(key=key, theme=one.theme, kind=one.kind, fact=one.fact, vector=kept))

    def forget(self, keys: Iterable[str]) -> None:
        """Forget questions, and what was put together under their names: it is put together anew."""
        gone = list(keys)
        if gone:
            with self._sessions.begin() as session:
                either = GapThemeRow.key.in_(gone) | GapThemeRow.theme.in_(gone)
                session.execute(delete(GapThemeRow).where(either))
