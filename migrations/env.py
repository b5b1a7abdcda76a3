"""Alembic's environment: the models' metadata, on whatever engine the settings name."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from flask import current_app

from cfp.db import UTCDateTime, db


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write column types of ours as what they are in the database, so that history stands alone."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    arguments = dict(current_app.extensions["migrate"].configure_args)
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # A table that is rebuilt must not drag its children away. Outside a transaction.
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render_item,
            compare_server_default=True,
            **arguments,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if connection.dialect.name == "sqlite":
            broken = connection.execute(sa.text("PRAGMA foreign_key_check")).all()
            if broken:
                message = f"the migration left rows without their parents: {broken[:5]}"
                raise RuntimeError(message)
    db.engine.dispose()  # the next connection checks its foreign keys again


run()
