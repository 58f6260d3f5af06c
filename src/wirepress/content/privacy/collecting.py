"""All that the site holds of a person, in groups of items as WordPress exports them.

Secrets are left out (hashes, tokens, keys): they are of no use to the person, and an export goes by mail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from itertools import chain
from typing import Any, Final

from wirepress.content.languages import Language, texts
from wirepress.content.newsroom import View
from wirepress.content.privacy.subject import Subject
from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.user import User
from wirepress.store import personal_data as store
from wirepress.store import posts as post_store
from wirepress.store import second_factors
from wirepress.store.clauses import chunks
from wirepress.store.options import SECRETS
from wirepress.store.unit import encode

Pairs = tuple[tuple[str, str], ...]

_TIMES: Final = frozenset(
    ("created", "expires", "last_used", "made", "used", "since", "last", "seen", "at", "placed", "ended")
)
"""Columns of seconds since 1970; 0 and NULL are none."""
_LABELS: Final[Mapping[str, str]] = dict(
    zip(
        (
            *("created", "expires", "ip", "agent", "name", "app_id", "last_used", "last_ip", "since", "made", "used"),
            *("number", "last", "login", "seen", "at", "kind", "action", "object", "object_id", "state", "placed"),
            *("ended", "title", "link", "url"),
        ),
        texts(
            *("Made", "Expires", "Network address", "Browser", "Name", "Application", "Last used", "Last used from"),
            *("Since", "Made", "Used", "Number", "Last", "Login", "Last seen", "Time", "Kind", "Action", "Object"),
            *("Number of the object", "State", "Placed", "Ended", "Title", "Link", "Address"),
        ),
        strict=True,
    )
)
"""What the columns of `store.LISTS` are called."""
_LISTS: Final = tuple(
    zip(
        store.LISTS,
        texts(
            *("Logins", "Application passwords", "Second factor", "Links for known devices"),
            *("Wrong passwords and codes", "Browsers and networks in the log", "Log of changes"),
            *("Orders for the worker", "Decisions on articles", "Take-downs"),
        ),
        strict=True,
    )
)
_USER: Final = tuple(
    zip(
        (
            *("id", "login", "slug", "email", "url", "registered", "name", "nickname", "first_name", "last_name"),
            *("description", "locale"),
        ),
        texts(
            *("User ID", "Login", "Slug", "E-mail address", "Website", "Registered", "Display name", "Nickname"),
            *("First name", "Last name", "About", "Language"),
        ),
        strict=True,
    )
)
_COMMENT: Final = tuple(
    zip(
        ("author_name", "author_email", "author_url", "author_ip", "agent", "date", "content", "approved"),
        texts(
            *("Author", "E-mail address", "Website", "Network address", "Browser", "Date", "Text", "State"),
        ),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is held, as names and values."""

    key: str
    data: Pairs


@dataclass(frozen=True, slots=True)
class Group:
    """Items of a kind.  `items` reads them anew each time it is asked: there may be very many."""

    key: str
    label: str
    items: Callable[[], Iterator[Item]]


def groups_of(view: View, subject: Subject, language: Language) -> list[Group]:
    """All groups, those without items as well.  They are read from the view, as long as it lasts."""
    say = language.text
    unit, address, ids = view.unit, subject.address, subject.ids

    lists = [Group(table.replace("_", "-"), say(label), _listing(view, subject, table, say)) for table, label in _LISTS]
    return [
        Group("user", say("User"), lambda: (_user(view, user, say) for user in subject.users)),
        *lists,
        Group("comments", say("Comments"), lambda: _comments(view, store.all_comments(unit, address, ids), say)),
        Group(
            "taken-down-comments",
            say("Comments on articles that were taken down"),
            lambda: _comments(view, store.taken_down_comments(unit, address, ids), say),
        ),
        Group("posts", say("Posts"), lambda: _posts(view, subject, say, media=False)),
        Group("media", say("Media"), lambda: _posts(view, subject, say, media=True)),
        Group("revisions", say("Revisions"), lambda: _revisions(view, subject, say)),
        Group("requests", say("Requests"), lambda: _requests(view, subject, say)),
        Group("imported-rows", say("Rows of an imported database"), lambda: _kept_rows(view, subject, say)),
        Group("mentions", say("Also named in"), lambda: _mentions(view, subject, say)),
    ]


def about(view: View, subject: Subject, language: Language) -> Group:
    """What an export is, as its first group."""
    say = language.text
    data = (
        (say("Report for"), subject.address.given),
        (say("Site"), str(view.site.option("blogname"))),
        (say("Address"), view.site.home),
        (say("Made"), _time(int(view.now().timestamp()))),
    )
    return Group("about", say("About"), lambda: iter((Item("about-1", data),)))


def _user(view: View, user: User, say: Callable[[str], str]) -> Item:
    data = [(say(label), unescape(str(getattr(user, name)))) for name, label in _USER]
    data.append((say("Roles"), ", ".join(name for name, on in user.grants.items() if on)))
    left = second_factors.recovery_left(view.unit, user.id)
    if left:
        data.append((say("Recovery codes left"), str(left)))
    data += [(key, _value(values)) for key, values in user.meta.items() if not _is_secret(key)]
    return Item(f"user-{user.id}", _filled(data))


def _is_secret(key: str) -> bool:
    return bool(SECRETS.search(key.lower().replace("author", "")))  # "auth" is a secret's, an author is none


def _value(values: Any) -> str:
    """Values of meta as a text: a single text as it is."""
    if isinstance(values, Sequence) and len(values) == 1 and isinstance(values[0], str):
        return values[0]
    return encode(values)


def _listing(view: View, subject: Subject, table: str, say: Callable[[str], str]) -> Callable[[], Iterator[Item]]:
    def items() -> Iterator[Item]:
        rows = chain.from_iterable(store.listed(view.unit, table, user) for user in subject.ids)
        for place, row in enumerate(rows, 1):
            data = [(say(_LABELS[name]), _time(value) if name in _TIMES else str(value)) for name, value in row.items()]
            yield Item(f"{table.replace('_', '-')}-{place}", _filled(data))

    return items


def _comments(view: View, found: Iterator[Comment], say: Callable[[str], str]) -> Iterator[Item]:
    for comment in found:
        data = [(say(label), str(getattr(comment, name))) for name, label in _COMMENT]
        data += [(key, _value(values)) for key, values in comment.meta.items() if not _is_secret(key)]
        data.append((say("Link"), view.lookup.comment_link(comment)))
        yield Item(f"comment-{comment.id}", _filled(data))


def _posts(view: View, subject: Subject, say: Callable[[str], str], *, media: bool) -> Iterator[Item]:
    for post in _written(view, subject, revisions=False):
        if (post.type == "attachment") is not media:
            continue
        kind = view.site.type(post.type)
        data = [
            (say("Kind"), say(kind.label) if kind else post.type),
            (say("Title"), unescape(post.title)),
            (say("State"), post.status),
            (say("Date"), str(post.date)),
            (say("Changed"), str(post.modified)),
            (say("Link"), view.lookup.permalink(post)),
            (say("File"), str(post.first_meta("_wp_attached_file"))),
        ]
        yield Item(f"post-{post.id}", _filled(data))


def _revisions(view: View, subject: Subject, say: Callable[[str], str]) -> Iterator[Item]:
    for post in _written(view, subject, revisions=True):
        data = [(say("Revision of"), str(post.parent)), (say("Title"), post.title), (say("Date"), str(post.modified))]
        yield Item(f"revision-{post.id}", _filled(data))


def _written(view: View, subject: Subject, *, revisions: bool) -> Iterator[Post]:
    for user in subject.ids:
        for some in chunks(store.written_by(view.unit, user, revisions=revisions), 200):
            yield from post_store.load(view.unit, some).values()
            view.lookup.let_go(some)


def _requests(view: View, subject: Subject, say: Callable[[str], str]) -> Iterator[Item]:
    for post in post_store.load(view.unit, store.requests(view.unit, subject.address)).values():
        data = [(say("Kind"), post.slug), (say("State"), post.status), (say("Date"), str(post.date))]
        yield Item(f"request-{post.id}", _filled(data))


def _kept_rows(view: View, subject: Subject, say: Callable[[str], str]) -> Iterator[Item]:
    for one in store.mentions(view.unit, subject.address, ("kept_rows",)):
        row = store.kept_row(view.unit, one.key)
        data = [(say("Table"), str(one.key[0]))]
        data += [(name, _plain(value)) for name, value in row.items() if not _is_secret(name)]
        yield Item(f"row-{one.key[0]}-{one.key[1]}", _filled(data))


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else encode(value)


def _mentions(view: View, subject: Subject, say: Callable[[str], str]) -> Iterator[Item]:
    """Where else the address stands: in texts that are not the person's own, which are named and not given."""
    for one in elsewhere(view, subject):
        data = [(say("Table"), one.table), (say("Column"), one.column), (say("Row"), "/".join(map(str, one.key)))]
        yield Item(f"mention-{one.table}-{one.column}-{'-'.join(map(str, one.key))}", tuple(data))


def elsewhere(view: View, subject: Subject) -> Iterator[store.Mention]:
    """The texts that name an address besides the person's own comments and accounts, and rows that are theirs."""
    own = {comment.id for comment in store.all_comments(view.unit, subject.address, subject.ids)}
    requests = set(store.requests(view.unit, subject.address))
    for one in store.mentions(view.unit, subject.address):
        is_own = (
            (one.table == "comments" and one.key[0] in own and one.column != "content")
            or (one.table == "users" and one.key[0] in subject.ids)
            or (one.table == "posts" and one.key[0] in requests)
            or one.table in ("kept_rows", "audit_people")
        )
        if not is_own:
            yield one


def _time(seconds: int | None) -> str:
    if not seconds:
        return ""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat(sep=" ", timespec="seconds")
    except (OverflowError, ValueError, OSError):  # a row of an import may hold any number
        return str(seconds)


def _filled(data: Sequence[tuple[str, str]]) -> Pairs:
    """What there is a value of (WordPress leaves the rest out too)."""
    return tuple((name, value) for name, value in data if value not in ("", "None"))
