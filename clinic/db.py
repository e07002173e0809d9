"""One way into the database: declarative base, engine and sessions, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from clinic.settings import Settings

Sessions = sessionmaker[Session]
DatabaseFailure = SQLAlchemyError
"""Whatever a database can fail with: locked, full, gone, damaged."""

POOL_SIZE, POOL_SECONDS = 16, 2.0  # connections that a process keeps, and how long one is waited for
_longest_wait = 120.0  # seconds


def describe_failure(error: DatabaseFailure) -> str:
    """What the database said, without the statement and its values: those are a visitor's words."""
    return f"{type(error).__name__}: {getattr(error, 'orig', None) or ''}".strip(": ")


class Base(DeclarativeBase):
    """Every table of ours; the engine's own tables are never among them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC, aware on both sides, though SQLite keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone; store it in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone: use datetime.now(UTC)")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware moment in UTC."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def connect(url: str) -> Engine:
    """An engine for `url`; SQLite in WAL mode, waiting 5 s for its one writer, zeroing what is deleted.

    What fails names its statement, never the values: those are words of visitors. PostgreSQL is waited for no longer
    than `wait_at_most` says for a statement, and 3 s for a connection.
    """
    if not url.startswith("postgresql"):
        engine = create_engine(
            url, pool_timeout=POOL_SECONDS, pool_size=POOL_SIZE, pool_pre_ping=True, hide_parameters=True
        )
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
        return engine
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_timeout=POOL_SECONDS,
        pool_size=POOL_SIZE,
        pool_pre_ping=True,
        hide_parameters=True,
    )
    event.listen(engine, "do_connect", _open_postgres)
    return engine


def wait_at_most(seconds: float) -> None:
    """How long a statement on PostgreSQL may take in this process; one that visitors wait for has little time."""
    global _longest_wait
    _longest_wait = seconds


def open_sessions(url: str) -> Sessions:
    """A maker of short sessions on the database at `url`; rows stay readable after commit."""
    return sessionmaker(connect(url), expire_on_commit=False)


def _open_postgres(_dialect: Dialect, _record: Any, given: list[Any], parameters: dict[str, Any]) -> Any:
    from clinic.postgres import open_connection  # Imports that SQLite does not need.

    return open_connection(lambda: _longest_wait, *given, **parameters)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "busy_timeout=5000", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def checkpoint_wal(sessions: Sessions) -> None:
    """Leave no trace of deleted rows in SQLite's files: fold the write-ahead log in and truncate it."""
    with sessions() as session:
        bind = session.get_bind()
        if bind.dialect.name == "sqlite":
            session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def sessions_of(settings: Settings) -> Sessions:
    """Sessions on our database."""
    return open_sessions(settings.database_url)


def take_turn(session: Session, name: str) -> None:
    """Wait until no other process is in a turn of that name; ours ends with the transaction, which it has to begin.

    SQLite has one writer: there it is the turn to write. Raises DatabaseFailure where that takes too long.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": crc32(name.encode())})


def answers(sessions: Sessions, table: str) -> bool:
    """Whether a query of that table is answered now."""
    try:
        with sessions() as session:
            session.execute(text(f"SELECT 1 FROM {table} LIMIT 1"))
    except SQLAlchemyError:
        return False
    return True
