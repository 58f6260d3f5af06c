"""Erasing a person: their comments lose their names, their account goes or loses its own, and nothing else is left
that says who they were.

Everything is done in short writes, each of which leaves a whole site.  What names the person goes last: the account, by
which the rest is found.  So an erasure that is cut short is ended by asking for it once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from wirepress.content.languages import Language, language_of, texts
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.people import users
from wirepress.content.posts import trash
from wirepress.content.privacy import requests
from wirepress.content.privacy.collecting import elsewhere
from wirepress.content.privacy.subject import Subject, subject_of
from wirepress.model.audit import Actor
from wirepress.model.errors import Conflict, Invalid, NotFound
from wirepress.model.user import User
from wirepress.store import attempts, second_factors, sessions
from wirepress.store import personal_data as store
from wirepress.store import posts as post_store
from wirepress.store import sources as source_store
from wirepress.store import users as user_store
from wirepress.store.personal_columns import REDACTED
from wirepress.store.personal_data import Address

Comments = Literal["anonymize", "delete", "keep"]
_POSTS: Final = 100
"""Posts that get another author in one write."""
_DELETED: Final = 50
"""Comments that are deleted in one write: each counts its post's anew."""
_TEXTS: Final = 100
"""Texts that an address is taken out of in one write."""
_SHOWN: Final = 200
"""Places that a report names where an address still stands."""
WORDS: Final = texts(
    *("comments", "comments taken down", "imported rows", "log and orders", "requests", "posts"),
    *("account %(number)s", "names in the log", "texts with the address"),
    *("kept", "made anonymous", "made anonymous, texts kept", "deleted", "removed", "address taken out"),
    *("given to user %(number)s", "kept, without the name", "asked for"),
    "%(number)s are about others as well: only the address was taken out",
    "they are the site's, unless they are given to somebody else",
    "its number, so that what it has written stays somebody's",
    "texts of others, or that people wrote; see where, and change them by hand",
)
"""What a report says, with %(number)s for the number in it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to become of a person's comments and posts; `reassign` is the account that gets the posts, 0 for none."""

    comments: Comments = "anonymize"
    reassign: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one kind of thing: how many were found, how many were erased, how many stay; what was done with
    them, and why some stay."""

    kind: str
    found: int = 0
    done: int = 0
    kept: int = 0
    action: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What an erasure did, or would do.  `places` are where the address still stands, the first ones."""

    steps: tuple[Step, ...]
    places: tuple[str, ...] = ()


def plan(view: View, address: Address, wish: Wish) -> Report:
    """What an erasure would do.  Raises what `refuse` raises."""
    subject = subject_of(view, address)
    refuse(view, subject, wish)
    unit, ids = view.unit, subject.ids
    comments = sum(1 for _ in store.all_comments(unit, address, ids))
    aside = sum(1 for _ in store.taken_down_comments(unit, address, ids))
    rows = sum(1 for _ in store.mentions(unit, address, ("kept_rows",)))
    texts = sum(1 for one in store.mentions(unit, address, tuple(REDACTED)) if one.column in REDACTED[one.table])
    posts = sum(_written(view, user) for user in subject.users)
    steps = [
        _comment_step(wish, comments),
        Step("comments taken down", aside, action="made anonymous"),
        Step("imported rows", rows, action="removed"),
        Step("log and orders", texts, action="address taken out"),
        Step("requests", len(store.requests(unit, address)), action="removed"),
        Step("posts", posts, action=f"given to user {wish.reassign}" if wish.reassign else "kept, without the name"),
        *(Step(f"account {user.id}", 1, action=_action(view, user, wish)) for user in subject.users),
    ]
    return Report(tuple(one for one in steps if one.found))


def refuse(view: View, subject: Subject, wish: Wish) -> None:
    """Raises Conflict where the site would be left without an administrator, NotFound and Invalid where posts would go
    to nobody, or to who is erased."""
    if wish.reassign:
        if wish.reassign in subject.ids:
            raise Invalid("invalid_reassign", "Posts cannot go to the account that is erased.")
        if users.get(view, wish.reassign) is None:
            raise NotFound("invalid_user_id", "There is no such user.")
    administrators = {user.id for user in users.holding(view, "manage_options")[0]}
    if administrators and administrators <= set(subject.ids):
        raise Conflict(
            "last_administrator", "This is the last administrator; make somebody else one before they are erased."
        )


def erase(newsroom: Newsroom, address: Address, wish: Wish, actor: Actor | None = None, *, request: int = 0) -> Report:
    """Erases the person behind an address, and says what was done.  Raises what `refuse` raises, before anything is
    done; what Newsroom.write raises at any time, and then the rest is done when it is asked for again.

    `request` is the request that asked for it: it stays, without the address.
    """
    with newsroom.view() as view:
        subject = subject_of(view, address)
        refuse(view, subject, wish)
        language = language_of(view.site.locale)
    run = _Erasure(newsroom, address, wish, actor, language, request)
    comments = run.comments()
    steps = [
        run.taken_down(),
        run.imported_rows(),
        run.texts(),
        run.requests(),
        run.posts(subject),
        *(run.account(user.id) for user in subject.users),
        run.log(subject),
    ]
    if wish.comments != "keep":  # what the account has said until it went
        late = run.comments()
        comments = replace(comments, found=comments.found + late.found, done=comments.done + late.done)
    steps.insert(0, comments)
    if request:  # last: until now the address was found by it
        with newsroom.write(actor) as view:
            requests.erased(view, request)
    newsroom.audit.begin_anew()
    newsroom.database.scrub()
    with newsroom.view() as view:
        places = [f"{one.table}.{one.column} {'/'.join(map(str, one.key))}" for one in elsewhere(view, subject)]
    if places:
        reason = "texts of others, or that people wrote; see where, and change them by hand"
        steps.append(Step("texts with the address", len(places), 0, len(places), reason=reason))
    return Report(tuple(one for one in steps if one.found), tuple(places[:_SHOWN]))


def _comment_step(wish: Wish, found: int) -> Step:
    if wish.comments == "keep":
        return Step("comments", found, 0, found, action="kept", reason="asked for")
    action = "made anonymous, texts kept" if wish.comments == "anonymize" else "deleted"
    return Step("comments", found, action=action)


def _written(view: View, user: User) -> int:
    return sum(len(store.written_by(view.unit, user.id, revisions=one)) for one in (False, True))


def _action(view: View, user: User, wish: Wish) -> str:
    """What becomes of an account: who has written anything keeps a row, so that it stays somebody's."""
    return "made anonymous" if _written(view, user) and not wish.reassign else "deleted"


@dataclass(frozen=True, slots=True)
class _Erasure:
    """The writes of one erasure, a kind of thing each."""

    newsroom: Newsroom
    address: Address
    wish: Wish
    actor: Actor | None
    language: Language
    request: int = 0

    @property
    def name(self) -> str:
        """What a person is called afterwards (WordPress: Anonymous)."""
        return self.language.text("Anonymous")

    def comments(self) -> Step:
        if self.wish.comments == "keep":
            with self.newsroom.view() as view:
                ids = subject_of(view, self.address).ids
                return _comment_step(self.wish, sum(1 for _ in store.all_comments(view.unit, self.address, ids)))
        done, after = 0, 0
        while True:
            with self.newsroom.write(self.actor) as view:
                ids = subject_of(view, self.address).ids
                found, last = store.comments(view.unit, self.address, ids, after)
                if self.wish.comments == "anonymize":
                    store.anonymize_comments(view.unit, found, self.name)
                else:
                    found = found[:_DELETED]
                    store.delete_comments(view.unit, found)
            done += len(found)
            if self.wish.comments == "delete" and found:
                continue  # from where it was: what was deleted is not there any more
            if not last:
                return replace(_comment_step(self.wish, done), done=done)
            after = last

    def taken_down(self) -> Step:
        done, after = 0, store.Key()
        while True:
            with self.newsroom.write(self.actor) as view:
                ids = subject_of(view, self.address).ids
                number, after = store.anonymize_taken_down(view.unit, self.address, ids, self.name, after)
            done += number
            if not after:
                return Step("comments taken down", done, done, action="made anonymous")

    def imported_rows(self) -> Step:
        removed = changed = 0
        for some in self._mentions(("kept_rows",)):
            with self.newsroom.write(self.actor) as view:
                one, other = store.drop_kept_rows(view.unit, self.address, some)
            removed, changed = removed + one, changed + other
        reason = f"{changed} are about others as well: only the address was taken out" if changed else ""
        return Step("imported rows", removed + changed, removed, changed, "removed", reason)

    def texts(self) -> Step:
        done = 0
        for some in self._mentions(tuple(REDACTED)):
            with self.newsroom.write(self.actor) as view:
                done += store.redact(view.unit, self.address, some)
        return Step("log and orders", done, done, action="address taken out")

    def _mentions(self, tables: Sequence[str]) -> Iterator[list[store.Mention]]:
        with self.newsroom.view() as view:
            found = [
                one
                for one in store.mentions(view.unit, self.address, tables)
                if one.table not in REDACTED or one.column in REDACTED[one.table]
            ]
        for start in range(0, len(found), _TEXTS):
            yield found[start : start + _TEXTS]

    def requests(self) -> Step:
        with self.newsroom.write(self.actor) as view:
            found = [one for one in store.requests(view.unit, self.address) if one != self.request]
            for post_id in found:
                trash.delete(view, post_id, remembered=False)
        return Step("requests", len(found), len(found), action="removed")

    def posts(self, subject: Subject) -> Step:
        if not self.wish.reassign:
            with self.newsroom.view() as view:
                found = sum(_written(view, user) for user in subject.users)
            return Step(
                "posts",
                found,
                0,
                found,
                "kept, without the name",
                "they are the site's, unless they are given to somebody else",
            )
        done = 0
        for user in subject.ids:
            while number := self._reassign(user, _POSTS):
                done += number
        return Step("posts", done, done, action=f"given to user {self.wish.reassign}")

    def _reassign(self, user: int, most: int) -> int:
        with self.newsroom.write(self.actor) as view:
            users.existing(view, self.wish.reassign)
            return post_store.reassign(view.unit, user, self.wish.reassign, most)

    def account(self, user_id: int) -> Step:
        with self.newsroom.write(self.actor) as view:
            user = users.get(view, user_id)
            if user is None or not self.address.same(user.email):
                return Step(f"account {user_id}")
            refuse(view, Subject(self.address, (user,)), self.wish)
            if self.wish.reassign:  # what they have written meanwhile
                post_store.reassign(view.unit, user_id, self.wish.reassign)
            action = _action(view, user, self.wish)
            successor = users.get(view, self.wish.reassign) if self.wish.reassign else None
            _rename_in_sources(view, user.login, successor.login if successor else "")
            _forget_logins(view, user)
            if action == "deleted":
                user_store.delete(view.unit, user_id)
                return Step(f"account {user_id}", 1, 1, action=action)
            _make_anonymous(view, user, self.name)
        reason = "its number, so that what it has written stays somebody's"
        return Step(f"account {user_id}", 1, 1, action=action, reason=reason)

    def log(self, subject: Subject) -> Step:
        logins = [self.address.given, *(user.login for user in subject.users)]
        with self.newsroom.write(self.actor) as view:
            done = store.forget_people(view.unit, 0, logins)
            view.unit.note("person.erase", "user", subject.ids[0] if subject.ids else "")
        return Step("names in the log", done, done, action="removed")


def _rename_in_sources(view: View, login: str, successor: str) -> None:
    """Sources whose articles were this account's give them to another, or to whom the site chooses."""
    for standing in source_store.standings(view.unit):
        source = standing.source
        if source.rules.author.lower() == login.lower():
            source_store.change(view.unit, replace(source, rules=replace(source.rules, author=successor)))


def _forget_logins(view: View, user: User) -> None:
    unit = view.unit
    sessions.remove(unit, user.id)
    user_store.remove_application_password(unit, user.id)
    second_factors.remove(unit, user.id)
    store.forget_device_links(unit, user.id)
    attempts.remove_user(unit, user.id)
    store.forget_people(unit, user.id, (user.login,))


def _make_anonymous(view: View, user: User, name: str) -> None:
    """Leaves of an account its number, and a name that says nothing; nobody can log in to it."""
    login, number = f"anonymous-{user.id}", 2
    while (known := user_store.by_login(view.unit, login)) is not None and known.id != user.id:
        login, number = f"anonymous-{user.id}-{number}", number + 1
    user_store.set_activation_key(view.unit, user.id, "")
    empty = dict.fromkeys(("email", "url", "password", "first_name", "last_name", "description", "locale"), "")
    changes = {**empty, "login": login, "slug": login, "name": name, "nickname": name, "grants": {}, "meta": {}}
    user_store.update(view.unit, user.id, **changes)
