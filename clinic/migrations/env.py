from alembic import context

from clinic.db import Base, connect
from clinic.migrating import load_stores

load_stores()


def run() -> None:
    engine = connect(context.config.attributes["url"])
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            include_name=lambda name, kind, _parents: kind != "table" or name in Base.metadata.tables,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
