from typing import Literal

from alembic import context

from clinic.db import Base, UtcTime, connect
from clinic.migrations.tables import load_stores

load_stores()


def plain_type(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Our moments are written as what they are stored as, so that a revision imports nothing of ours."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcTime) else False


def run() -> None:
    engine = connect(context.config.attributes["url"])
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=plain_type,
            include_name=lambda name, kind, _parents: kind != "table" or name in Base.metadata.tables,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
