"""The audit log, on every database: each write leaves its rows with it, and persons can be erased."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from tests.store.nouns import article, category, person
from wirepress.model.audit import Actor, AuditQuery, Entry
from wirepress.model.order import OrderKind
from wirepress.model.user import ApplicationPassword
from wirepress.model.wire import Rights, Source
from wirepress.store import audit, options, orders, posts, sources, terms, users
from wirepress.store.audit import Audit
from wirepress.store.database import Database, Unit

ADA = Actor("browser", 1, "ada", "192.0.2.7", "A browser")


class Clock:
    moment = datetime(2025, 6, 15, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return 0.0


@contextmanager
def written(database: Database, actor: Actor | None = ADA) -> Iterator[Unit]:
    if database.audit is None:
        database.audit = Audit(Clock)
    with database.write() as unit:
        unit.actor = actor
        yield unit


def entries(database: Database, **query: object) -> list[Entry]:
    with database.read() as unit:
        return audit.find(unit, AuditQuery(**query))[0][::-1]  # type: ignore[arg-type] # a test names fields as it likes


class Auditing:
    """What is changed is written down, by whom, and never what was written."""

    def test_a_post_leaves_rows_without_its_text(self, database: Database) -> None:
        with written(database) as unit:
            post = posts.insert(unit, article("one", status="draft", content="a secret story"))
            posts.update(unit, post, title="changed in the same write")
        with written(database) as unit:
            posts.update(unit, post, content="another story", title="Other")
            revision = posts.insert(unit, article("r", type="revision", status="inherit", parent=post))
        with written(database) as unit:
            posts.update(unit, post, status="publish")
        with written(database) as unit:
            posts.update(unit, post, meta={"_edit_lock": ["1:1"]})
        with written(database) as unit:
            posts.delete(unit, post)
        found = entries(database, object="post")
        assert [entry.action for entry in found] == ["post.create", "post.update", "post.publish", "post.delete"]
        assert found[1].details == {"fields": ["content", "title"], "revision": revision}
        assert (found[2].details["before"], found[2].details["after"]) == ("draft", "publish")
        assert "story" not in repr(found)
        first = found[0]
        assert (first.user, first.kind, first.login, first.ip, first.agent) == (
            1, "browser", "ada", "192.0.2.7", "A browser",
        )  # fmt: skip
        assert first.at == int(Clock.moment.timestamp())

    def test_what_is_not_kept_leaves_nothing(self, database: Database) -> None:
        def broken() -> None:
            with written(database) as unit:
                posts.insert(unit, article("one"))
                raise RuntimeError

        with pytest.raises(RuntimeError):
            broken()
        assert entries(database) == []
        with written(database) as unit:
            posts.insert(unit, article("two"))
        assert [entry.login for entry in entries(database)] == ["ada"]

    def test_settings_are_written_with_their_values_but_no_secret(self, database: Database) -> None:
        with written(database) as unit:
            options.set_value(unit, "blogname", "Old")
        with written(database) as unit:
            options.set_value(unit, "blogname", "New")
            options.set_value(unit, "wirepress_secret", "hush")
            options.set_value(unit, "cron", "x", visible=False)
            options.set_value(unit, "large", "x" * 10_000)
        with written(database) as unit:
            options.delete(unit, "blogname")
        found = {(entry.action, entry.object_id): entry.details for entry in entries(database)[1:]}
        assert found == {
            ("setting.update", "blogname"): {"before": "Old", "after": "New"},
            ("setting.update", "wirepress_secret"): {},
            ("setting.update", "large"): {},
            ("setting.delete", "blogname"): {},
        }

    def test_all_kinds_of_things(self, database: Database) -> None:
        with written(database) as unit:
            user = users.insert(unit, person("ben", grants={"author": True}))
            users.insert(unit, person("eve"))
            term = terms.insert(unit, category("News"))
            source = sources.add(unit, Source(0, "https://u:hush@a.example/feed"))
        with written(database) as unit:
            users.update(unit, user, grants={"editor": True}, password="hush", email="new@x.example")
            users.update(unit, user, meta={"edit_post_per_page": ["50"]})
            terms.update(unit, term.taxonomy_id, name="Other")
            sources.change(unit, Source(source, "https://u:hush@a.example/other", rights=Rights.FULL))
            orders.place(unit, OrderKind.RUN, 1, source, {}, 0)
        found = {entry.action: entry.details for entry in entries(database)}
        assert found["user.role"] == {"before": ["author"], "after": ["editor"]}
        assert found["user.password"] == {}
        assert found["user.update"] == {"fields": ["email"]}
        assert found["source.update"] == {"before": "excerpt", "after": "full", "fields": ["rights", "url"]}
        assert {"user.create", "term.create", "term.update", "source.create", "order.run"} <= set(found)
        assert "hush" not in repr(entries(database))

    def test_what_changes_nothing_leaves_nothing(self, database: Database) -> None:
        with written(database) as unit:
            user = users.insert(unit, person("ben"))
            users.add_application_password(unit, ApplicationPassword("u-1", user, "Phone", "hash"))
            source = sources.add(unit, Source(0, "https://a.example/feed"))
            untouched = posts.insert(unit, article("new", status="auto-draft"))
        before = len(entries(database))
        with written(database) as unit:
            assert users.rename_application_password(unit, user, "u-1", name="Phone", app_id="")
            assert not users.rename_application_password(unit, user, "u-2", name="Phone", app_id="")
            assert users.remove_application_password(unit, user, "u-2") == 0
            users.update(unit, user, name=person("ben").name)
            sources.take_up(unit, source)
            posts.set_terms(unit, untouched, ())
            posts.delete(unit, untouched)
        assert len(entries(database)) == before
        with written(database) as unit:
            assert users.rename_application_password(unit, user, "u-1", name="Tablet", app_id="")
            assert users.remove_application_password(unit, user) == 1
            sources.stop(unit, source)
            sources.stop(unit, source)
        with written(database) as unit:
            sources.take_up(unit, source)
        assert [entry.action for entry in entries(database)[before:]] == [
            "application_password.update", "application_password.delete", "source.pause", "source.resume",
        ]  # fmt: skip

    def test_a_write_costs_one_statement_once_a_person_is_known(self, database: Database) -> None:
        def cost() -> int:
            with written(database) as unit:
                options.set_value(unit, "a", unit.rows("SELECT count(*) FROM audit")[0][0], visible=False)
                for number in range(50):
                    unit.note("post.update", "post", number)
            return unit.statements

        cost()
        with written(database) as unit:
            options.set_value(unit, "b", 1, visible=False)
        bare = unit.statements
        assert cost() - bare - 1 == 1

    def test_many_changes_of_one_write_are_bounded(self, database: Database) -> None:
        with written(database) as unit:
            for number in range(audit.MOST + 7):
                unit.note("post.update", "post", number)
        found = entries(database, per_page=1000)
        assert (len(found), found[-1].action, found[-1].details) == (audit.MOST + 1, "audit.more", {"n": 7})

    def test_it_is_searched(self, database: Database) -> None:
        with written(database) as unit:
            unit.note("post.update", "post", 5)
            unit.note("post.update", "page", 6)
        with written(database, Actor("worker")) as unit:
            unit.note("postal.code", "thing", 5)
        assert [entry.object_id for entry in entries(database, action="post")] == ["5", "6"]
        assert [entry.object for entry in entries(database, object_id="5")] == ["post", "thing"]
        assert len(entries(database, login="ad")) == 2
        assert [entry.kind for entry in entries(database, who=0)] == ["worker"]
        assert entries(database, before=1) == []
        with database.read() as unit:
            assert audit.find(unit, AuditQuery(per_page=2, page=2))[1] == 3
            assert audit.actions(unit) == ["post.update", "postal.code"]
            assert [entry.object_id for entry in audit.after(unit, 1, 10)] == ["6", "5"]

    def test_persons_are_erased_and_the_log_stays(self, database: Database) -> None:
        with written(database) as unit:
            unit.note("post.update", "post", 5)
        with written(database, Actor("api", 0, "", "198.51.100.9", "curl")) as unit:
            unit.note("comment.create", "comment", 1)
        with database.write() as unit:
            assert audit.erase(unit, [1]) == 1
            assert audit.erase(unit, [], "198.51.100.9") == 1
        assert [(entry.user, entry.login, entry.ip, entry.agent) for entry in entries(database)] == [
            (1, "", "", ""), (0, "", "", ""),
        ]  # fmt: skip

    def test_what_is_old_is_removed(self, database: Database) -> None:
        with written(database) as unit:
            unit.note("post.update", "post", 5)
        with database.write() as unit:
            assert audit.trim(unit, int(Clock.moment.timestamp())) == 0
            assert audit.trim(unit, int(Clock.moment.timestamp()) + 1) == 1
            assert unit.rows("SELECT count(*) FROM audit_people") == [(0,)]
