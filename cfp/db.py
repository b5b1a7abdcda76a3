"""The database: the base of all models, and the only place where a transaction ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask import Flask, Response, request, session
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction, registry

from cfp.sqlite import prepare_sqlite

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
FLASHES = "callboard.flashes"
IN_ANY_CASE = "callboard.in_any_case"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class UTCDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both engines; a naive one is a programming error."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment needs a time zone"
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(
        self,
        value: datetime | None,
        dialect: sa.Dialect,  # noqa: ARG002
    ) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What all models have in common: names of constraints, aware moments, JSON."""

    # A bare ``type_annotation_map`` is lost on a Flask-SQLAlchemy base; a registry is not.
    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: UTCDateTime(),
            dict[str, Any]: sa.JSON(),
            list[Any]: sa.JSON(),
        },
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:

    class Model(Base):
        """To the type checker a plain declarative base; Flask-SQLAlchemy's own is ``Any``."""

        __abstract__ = True
else:
    Model = db.Model


def enum_column(kind: type[Enum], name: str) -> sa.Enum:
    """A column type that stores an enum by its value and guards it with a named CHECK."""
    return sa.Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
    )


_writing: ContextVar[bool] = ContextVar("writing", default=False)
_after_commit: ContextVar[list[Callable[[], None]] | None] = ContextVar(
    "after_commit", default=None
)


@contextmanager
def transaction() -> Iterator[None]:
    """One transaction for the CLI, the worker and tests: all or nothing."""
    session = db.session
    pending = session.info.get("written") or session.new or session.dirty or session.deleted
    if not _writing.get() and not pending:
        session.rollback()  # what was only read: SQLite cannot turn a reader into a writer
    before = _writing.set(True)
    try:
        yield
        _commit()
    except BaseException:
        _rollback()
        raise
    finally:
        _writing.reset(before)


@event.listens_for(db.session, "after_flush")
def _note_writing(session: Session, *_flush: Any) -> None:
    session.info["written"] = True


@event.listens_for(db.session, "after_transaction_end")
def _forget_writing(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is None:
        session.info.pop("written", None)


def after_commit(wake: Callable[[], None]) -> None:
    """Run ``wake`` once this transaction has been kept; it is forgotten if it is not."""
    waiting = _after_commit.get()
    if waiting is None:
        waiting = []
        _after_commit.set(waiting)
    waiting.append(wake)


def release() -> None:
    """End the reading so far before slow thought (a password hash), so that no writer waits.

    What was read is read again when it is next looked at. Nothing may be pending.
    """
    if db.session.new or db.session.dirty or db.session.deleted:
        message = "release() would lose what has been written"
        raise RuntimeError(message)
    db.session.rollback()


def lock(thing: Model) -> None:
    """Wait until nobody else changes this one, read it anew, and hold it until the end.

    Its own row alone: what is loaded along with it may not be there, and PostgreSQL refuses to
    lock the missing half of an outer join.
    """
    db.session.refresh(thing, with_for_update={"of": type(thing)})


def in_any_case(write: Callable[[], None]) -> None:
    """Keep what ``write`` writes whatever becomes of this request: a failed try must count."""
    request.environ.setdefault(IN_ANY_CASE, []).append(write)


def _commit() -> None:
    db.session.commit()
    waiting = _after_commit.get() or []
    _after_commit.set(None)
    for wake in waiting:
        wake()


def _rollback() -> None:
    db.session.rollback()
    _after_commit.set(None)


def _begin_request() -> None:
    _writing.set(request.method not in SAFE_METHODS)
    _after_commit.set(None)
    request.environ[FLASHES] = list(session.get("_flashes", []))


def _end_request(response: Response) -> Response:
    if request.method not in SAFE_METHODS and response.status_code < 400:
        _commit()
    else:
        _rollback()
        if response.status_code >= 400 and "_flashes" in session:
            # A flash that promised what was just rolled back would be a lie.
            session["_flashes"] = request.environ.get(FLASHES, [])
    for write in request.environ.pop(IN_ANY_CASE, []):
        with transaction():
            write()
    return response


def init_app(app: Flask) -> None:
    """Bind the database to the application, and the transaction to the request."""
    db.init_app(app)
    app.before_request(_begin_request)
    app.after_request(_end_request)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine, _writing.get)
