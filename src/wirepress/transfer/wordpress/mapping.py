"""WordPress's rows as our nouns: pure functions.  What cannot be taken as it stands is noted in the report."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wirepress.model.comment import Comment
from wirepress.model.moment import ZERO, Stamp
from wirepress.model.php import decoded
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.model.user import ApplicationPassword, User
from wirepress.transfer.wordpress.report import Report
from wirepress.transfer.wordpress.source import Raw

Pairs = Iterable[tuple[Any, Any]]
"""Meta keys with their stored values, in the order of their ids."""

FIXED_PREFIX: Final = "wp_"
"""The prefix that per-site keys (`wp_persisted_preferences`, ...) carry here, whatever it was there."""

_SITE_KEYS: Final = frozenset(
    {"user_level", "user-settings", "user-settings-time", "dashboard_quick_press_last_post_id", "persisted_preferences"}
)
_PASSWORDS: Final = "_application_passwords"
_LARGEST: Final = 2**63 - 1
_NAMESPACE: Final = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


@dataclass(frozen=True, slots=True)
class Values:
    """Stored values as ours, with notes on what was odd."""

    report: Report

    def text(self, value: Any) -> str:
        """Text; never NULL, and without the NUL characters that PostgreSQL refuses."""
        if value is None:
            return ""
        found = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
        if "\0" in found:
            self.report.note(
                "NUL characters", "removed: a text cannot hold them", example=found[:40].replace("\0", "␀")
            )
            found = found.replace("\0", "")
        return found

    def number(self, value: Any) -> int:
        """A whole number of 64 bits."""
        try:
            return max(-_LARGEST, min(_LARGEST, int(value or 0)))
        except (TypeError, ValueError):
            self.report.note("numbers", "taken as 0: the column held no number", example=str(value)[:40])
            return 0

    def stamp(self, value: Any) -> Stamp:
        """A date as it stands there, the zero date included."""
        return Stamp(str(value)[:19]) if value else ZERO

    def value(self, stored: Any, where: str) -> Any:
        """What an option or meta value stands for; text that looks serialised and is broken stays text."""
        if stored is None:
            return None
        text = stored.decode(errors="replace") if isinstance(stored, bytes) else str(stored)
        found, readable = decoded(text)
        if not readable:
            self.report.note("broken PHP values", "kept as the text they are: not readable as data", example=where)
        return found

    def meta(self, pairs: Pairs, where: str) -> dict[str, list[Any]]:
        """Meta by key, keys and values in their order."""
        found: dict[str, list[Any]] = {}
        for key, stored in pairs:
            name = self.text(key)
            found.setdefault(name, []).append(self.value(stored, f"{where} {name}"))
        return found


def post_of(raw: Raw, meta: Pairs, values: Values) -> Post:
    """A row of posts, of whatever type, with its meta."""
    text, number, stamp = values.text, values.number, values.stamp
    post_id = number(raw["ID"])
    return Post(
        id=post_id,
        type=text(raw.get("post_type")) or "post",
        status=text(raw.get("post_status")),
        slug=text(raw.get("post_name")),
        title=text(raw.get("post_title")),
        content=text(raw.get("post_content")),
        excerpt=text(raw.get("post_excerpt")),
        author=number(raw.get("post_author")),
        date=stamp(raw.get("post_date")),
        date_gmt=stamp(raw.get("post_date_gmt")),
        modified=stamp(raw.get("post_modified")),
        modified_gmt=stamp(raw.get("post_modified_gmt")),
        parent=number(raw.get("post_parent")),
        menu_order=number(raw.get("menu_order")),
        password=text(raw.get("post_password")),
        guid=text(raw.get("guid")),
        mime_type=text(raw.get("post_mime_type")),
        comment_status=text(raw.get("comment_status")),
        ping_status=text(raw.get("ping_status")),
        comment_count=number(raw.get("comment_count")),
        to_ping=text(raw.get("to_ping")),
        pinged=text(raw.get("pinged")),
        content_filtered=text(raw.get("post_content_filtered")),
        meta=values.meta(meta, f"post {post_id}"),
    )


def term_of(raw: Raw, meta: Pairs, values: Values) -> Term:
    """A row of term_taxonomy joined to its term: where two taxonomies share a term, there are two of ours."""
    text, number = values.text, values.number
    term_id = number(raw["term_id"])
    return Term(
        id=term_id,
        taxonomy=text(raw["taxonomy"]),
        name=text(raw["name"]),
        slug=text(raw["slug"]),
        description=text(raw.get("description")),
        parent=number(raw.get("parent")),
        count=number(raw.get("count")),
        taxonomy_id=number(raw["term_taxonomy_id"]),
        group=number(raw.get("term_group")),
        meta=values.meta(meta, f"term {term_id}"),
    )


def user_of(raw: Raw, meta: Pairs, values: Values, prefix: str) -> tuple[User, list[ApplicationPassword]]:
    """A user with the application passwords."""
    text = values.text
    user_id = values.number(raw["ID"])
    where = f"user {user_id}"
    kept = values.meta(meta, where)
    grants = _grants(kept, prefix + "capabilities", values, where)
    kept = _fixed_prefix(kept, prefix)
    user = User(
        id=user_id,
        login=text(raw["user_login"]),
        slug=text(raw.get("user_nicename")),
        email=text(raw.get("user_email")),
        url=text(raw.get("user_url")),
        name=text(raw.get("display_name")),
        registered=values.stamp(raw.get("user_registered")),
        password=text(raw.get("user_pass")),
        first_name=_taken(kept, "first_name"),
        last_name=_taken(kept, "last_name"),
        nickname=_taken(kept, "nickname"),
        description=_taken(kept, "description"),
        locale=_taken(kept, "locale"),
        grants=grants,
        meta=kept,
    )
    return user, _passwords(kept, user_id, values)


def comment_of(raw: Raw, meta: Pairs, values: Values) -> Comment:
    """A comment; the empty type of old rows is `comment` (WordPress function get_comment_type)."""
    text, number, stamp = values.text, values.number, values.stamp
    comment_id = number(raw["comment_ID"])
    return Comment(
        id=comment_id,
        post=number(raw.get("comment_post_ID")),
        author_name=text(raw.get("comment_author")),
        author_email=text(raw.get("comment_author_email")),
        author_url=text(raw.get("comment_author_url")),
        author_ip=text(raw.get("comment_author_IP")),
        date=stamp(raw.get("comment_date")),
        date_gmt=stamp(raw.get("comment_date_gmt")),
        content=text(raw.get("comment_content")),
        karma=number(raw.get("comment_karma")),
        approved=text(raw.get("comment_approved")),
        agent=text(raw.get("comment_agent")),
        type=text(raw.get("comment_type")) or "comment",
        parent=number(raw.get("comment_parent")),
        user=number(raw.get("user_id")),
        meta=values.meta(meta, f"comment {comment_id}"),
    )


def password_uuid(user_id: int, hashed: str) -> str:
    """A uuid for an application password that has none: the same at each import."""
    return str(uuid.uuid5(_NAMESPACE, f"{user_id} {hashed}"))


def option_name(name: str, prefix: str) -> str:
    """An option's name here: the table of roles has one name whatever the prefix was."""
    return "user_roles" if name == prefix + "user_roles" else name


def is_own(name: str) -> bool:
    """Whether an option's name is one that this site keeps for itself: whoever could set its secret from outside could
    sign for it."""
    return name.startswith("wirepress_")


def is_transient(name: str) -> bool:
    """Whether an option is a cached value that WordPress would make anew (its transients)."""
    return name.startswith(("_transient_", "_site_transient_"))


def _fixed_prefix(meta: dict[str, list[Any]], prefix: str) -> dict[str, list[Any]]:
    """The site's own keys under the prefix that they have here."""
    if prefix == FIXED_PREFIX:
        return meta
    found: dict[str, list[Any]] = {}
    for key, entries in meta.items():
        # Without a prefix nothing but its name tells a site's own key.
        own = key.startswith(prefix) if prefix else key in _SITE_KEYS
        new = FIXED_PREFIX + key.removeprefix(prefix) if own else key
        # Another site of the same network may have that key for this user.
        found[key if new in meta else new] = entries
    return found


def _taken(meta: dict[str, list[Any]], key: str) -> str:
    """The text of a key that has a column here; further values of the key stay meta."""
    entries = meta.pop(key, None)
    if not entries:
        return ""
    if entries[1:]:
        meta[key] = entries[1:]
    return "" if entries[0] is None else str(entries[0]).replace("\0", "")


def _grants(meta: dict[str, list[Any]], key: str, values: Values, where: str) -> dict[str, bool]:
    """Roles and capabilities, which leave the meta unless they are of no use."""
    entries = meta.get(key)
    if entries and isinstance(entries[0], Mapping):
        del meta[key]
        return {str(name): bool(value) for name, value in entries[0].items()}
    if entries and entries[0] in ([], ""):
        del meta[key]
    elif entries:
        values.report.note("users' capabilities", "no role given: the value is no table of roles", example=where)
    return {}


def _passwords(meta: dict[str, list[Any]], user_id: int, values: Values) -> list[ApplicationPassword]:
    """The application passwords, which leave the meta."""
    entries = meta.pop(_PASSWORDS, None)
    if not entries:
        return []
    listed = entries[0] if isinstance(entries[0], list) else list(getattr(entries[0], "values", list)())
    if not all(isinstance(entry, Mapping) and entry.get("password") for entry in listed):
        meta[_PASSWORDS] = entries
        values.report.note("application passwords", "not usable: no hash in them", example=f"user {user_id}")
        return []
    return [_password(entry, user_id, values) for entry in listed]


def _password(entry: Mapping[str, Any], user_id: int, values: Values) -> ApplicationPassword:
    text, number = values.text, values.number
    hashed = text(entry["password"])
    # Passwords older than WordPress 5.6 have no uuid.
    name = text(entry.get("uuid")) or password_uuid(user_id, hashed)
    used, address = entry.get("last_used"), entry.get("last_ip")
    return ApplicationPassword(
        uuid=name,
        user=user_id,
        name=text(entry.get("name")),
        hash=hashed,
        app_id=text(entry.get("app_id")),
        created=number(entry.get("created")),
        last_used=None if used is None else number(used),
        last_ip=None if address is None else text(address),
    )
