"""The history of the database: one line that leads to what the models say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from cfp import history
from cfp.config import ROOT
from cfp.db import db as database


def test_the_newest_database_is_what_the_models_say(house):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, database.metadata) == []


def test_history_is_one_line():
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    assert scripts.get_heads() == [history.newest()]
    assert len(scripts.get_bases()) == 1
    revisions = list(scripts.walk_revisions())
    assert all(not revision.is_merge_point for revision in revisions)


def test_every_foreign_key_of_sqlite_holds(sqlite_house):
    with sqlite_house.app_context(), database.engine.connect() as connection:
        assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []
