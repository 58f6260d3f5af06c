"""Logins and second factors, on every database."""

from __future__ import annotations

from dataclasses import replace

from tests.store.nouns import article, person
from wirepress.model.query import UserQuery
from wirepress.model.user import SecondFactor, Session
from wirepress.store import attempts, device_links, posts, second_factors, sessions, users
from wirepress.store.attempts import Tally
from wirepress.store.database import Database
from wirepress.store.renumber import renumber, top


class Identities:
    """What goes with a user, and counts once."""

    def test_the_logins_of_a_user_are_listed(self, database: Database) -> None:
        with database.write() as unit:
            ann, bob = (users.insert(unit, person(name)) for name in ("ann", "bob"))
            for token, user, created in (("a", ann, 10), ("b", ann, 20), ("c", bob, 15)):
                sessions.add(unit, Session(token, user, created, created + 100, "::1", "Browser"))
        with database.read() as unit:
            assert [one.token for one in sessions.of_user(unit, ann, 50)] == ["b", "a"]
            assert [one.token for one in sessions.of_user(unit, ann, 110)] == ["b"]
            assert sessions.of_user(unit, bob, 50) == [Session("c", bob, 15, 115, "::1", "Browser")]

    def test_a_second_factor_goes_with_its_user(self, database: Database) -> None:
        with database.write() as unit:
            ann, bob = (users.insert(unit, person(name)) for name in ("ann", "bob"))
            second_factors.put(unit, ann, "OLD")
            second_factors.put(unit, ann, "NEW")
            second_factors.put(unit, bob, "BOB")
            assert second_factors.get(unit, ann) == SecondFactor(ann, "NEW")
            assert second_factors.confirm(unit, ann, 5)
            assert not second_factors.confirm(unit, ann, 6)
            assert second_factors.confirmed(unit, (ann, bob)) == {ann}
            assert second_factors.confirmed(unit, ()) == frozenset()
            second_factors.set_recovery(unit, ann, ["x", "y"])
        with database.write() as unit:
            users.delete(unit, ann)
            assert second_factors.get(unit, ann) is None
            assert second_factors.recovery_left(unit, ann) == 0
            assert second_factors.remove(unit, bob)
            assert not second_factors.remove(unit, bob)

    def test_steps_and_recovery_codes_count_once(self, database: Database) -> None:
        with database.write() as unit:
            ann = users.insert(unit, person("ann"))
            second_factors.put(unit, ann, "S")
            assert [second_factors.use_step(unit, ann, step) for step in (7, 7, 6, 8)] == [True, False, False, True]
            second_factors.set_recovery(unit, ann, ["x"])
            second_factors.set_recovery(unit, ann, ["y", "z"])
            assert [second_factors.use_recovery(unit, ann, one) for one in "xyy"] == [False, True, False]
            assert second_factors.recovery_left(unit, ann) == 1

    def test_a_user_takes_another_number_with_everything_that_is_theirs(self, database: Database) -> None:
        with database.write() as unit:
            ann = users.insert(unit, person("ann"))
            sessions.add(unit, Session("a", ann, 10, 100, "", ""))
            second_factors.put(unit, ann, "S")
            second_factors.set_recovery(unit, ann, ["x"])
            post = posts.insert(unit, article(author=ann))
            before = users.get(unit, ann)
            renumber(unit, ann, ann + 40)
        with database.read() as unit:
            assert top(unit) == ann + 40
            assert users.get(unit, ann) is None
            found, moved = users.get(unit, ann + 40), posts.get(unit, post)
            assert before is not None
            assert moved is not None
            assert found == replace(before, id=ann + 40, version=before.version + 1)
            assert moved.author == ann + 40
            assert [one.token for one in sessions.of_user(unit, ann + 40, 50)] == ["a"]
            assert second_factors.get(unit, ann + 40) == SecondFactor(ann + 40, "S")
            assert second_factors.recovery_left(unit, ann + 40) == 1
            assert users.by_login(unit, "ann") == found

    def test_users_are_counted_and_put_in_order(self, database: Database) -> None:
        ranks = ("administrator", "editor")
        with database.write() as unit:
            assert not users.any_there(unit)
            ann = users.insert(unit, person("ann", grants={"editor": True}))
            bob = users.insert(unit, person("bob", grants={"administrator": True}))
            cat = users.insert(unit, person("cat"))
            dan = users.insert(unit, person("dan", grants={"editor": True}))
            for number, (author, status) in enumerate(((ann, "draft"), (cat, "publish"), (cat, "private"))):
                posts.insert(unit, article(f"p{number}", author=author, status=status))

        def found(**asked: object) -> tuple[int, ...]:
            with database.read() as unit:
                return users.find(unit, UserQuery(**asked)).ids  # type: ignore[arg-type] # a test names fields

        assert found(orderby="role", ranks=ranks) == (bob, ann, dan, cat)
        assert found(orderby="role", ranks=ranks, order="desc") == (cat, dan, ann, bob)
        assert found(orderby="role") == (ann, bob, cat, dan)
        assert found(orderby="posts", order="desc")[0] == cat
        assert found(orderby="login", order="desc", without_roles=ranks) == (cat,)
        with database.read() as unit:
            assert users.any_there(unit)
            counted = sorted((sorted(granted), number) for granted, number in users.grants(unit))
            assert counted == [([], 1), (["administrator"], 1), (["editor"], 2)]
            assert users.post_counts(unit, (ann, bob, cat), "post", ("publish", "private")) == {cat: 2}
            assert users.post_counts(unit, (), "post", ("publish",)) == {}
            assert [users.have_written(unit, (one,)) for one in (ann, bob, cat)] == [True, False, True]

    def test_attempts_are_counted_given_back_and_forgotten(self, database: Database) -> None:
        with database.write() as unit:
            attempts.put(unit, [Tally("a", 7, 1, 10, 10), Tally("b", 7, 4, 10, 20), Tally("c", 0, 1, 10, 30)])
            attempts.put(unit, [Tally("a", 7, 2, 11, 40)])
            attempts.give_back(unit, ["b", "c", "d"])
            attempts.give_back(unit, ["c"])
        with database.read() as unit:
            assert attempts.read(unit, ["a", "c", "d"]) == {
                "a": Tally("a", 7, 2, 11, 40),
                "c": Tally("c", 0, 0, 10, 30),
            }
            assert attempts.of_nobody(unit) == 1
        with database.write() as unit:
            attempts.prune(unit, 30)
            assert sorted(attempts.read(unit, ["a", "b", "c"])) == ["a", "c"]
            attempts.remove(unit, ["c"])
            assert (attempts.remove_user(unit, 7), attempts.remove_user(unit, 7)) == (1, 0)
            attempts.put(unit, [Tally(f"{number}", 0, 1, 1, 1) for number in range(250)])
            attempts.prune(unit, 2)
            assert attempts.of_nobody(unit) == 150

    def test_links_for_devices_hold_once_and_for_a_while(self, database: Database) -> None:
        with database.write() as unit:
            ann, bob = (users.insert(unit, person(name)) for name in ("ann", "bob"))
            for hashed, user, made in (("x", ann, 10), ("y", ann, 20), ("z", bob, 30)):
                device_links.add(unit, hashed, user, made)
            assert [device_links.owner(unit, hashed, 20) for hashed in "xyz-"] == [0, ann, bob, 0]
            assert [device_links.use(unit, "y", 40) for _ in range(2)] == [True, False]
            assert device_links.owner(unit, "y", 20) == 0
            assert device_links.made_since(unit, ann, 20) == 1
            assert not device_links.use(unit, "x", 40)
            users.delete(unit, bob)
            assert device_links.owner(unit, "z", 20) == 0
