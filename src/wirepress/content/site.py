"""The site as its options make it: addresses, links, zone, kinds and roles; frozen, one for each epoch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlsplit

from wirepress.content.options import DEFAULTS
from wirepress.content.registry.core import CORE
from wirepress.content.registry.roles import roles_of
from wirepress.content.themes.catalog import Chosen, Themes
from wirepress.content.themes.theme import OPTION, REVISION, Theme
from wirepress.content.zone import to_gmt, to_local
from wirepress.model.moment import Stamp, stamp
from wirepress.model.post import Post
from wirepress.model.registry import PostStatus, PostType, Registry
from wirepress.model.user import Role
from wirepress.render.zones import zone_of

V = TypeVar("V")


@dataclass(frozen=True)
class Site:
    """What every answer needs to know of the site.

    `options` are the stored ones over WordPress's defaults, decoded.  `address` is set where the site's address
    follows the server (a demo on a free port); it stands for the options `home` and `siteurl`.  `hardened`: what
    WordPress leaves open to strangers is closed (docs/settings.md).  `themes` are those that it can have.
    """

    options: Mapping[str, Any]
    registry: Registry = CORE
    address: str = ""
    epoch: int = 0
    shared_version: int = 0
    hardened: bool = False
    roles: Mapping[str, Role] = field(default_factory=lambda: roles_of(None))
    themes: Themes = field(default_factory=Themes, compare=False)
    _worked_out: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def option(self, name: str, default: Any = "") -> Any:
        """The value of an option as stored, else the default."""
        if self.address and name in ("home", "siteurl"):
            return self.address
        return self.options.get(name, default)

    def worked_out(self, make: Callable[[Site], V]) -> V:
        """What a function makes of the options, made once for each of them."""
        found: V | None = self._worked_out.get(make)
        if found is None:
            found = self._worked_out[make] = make(self)
        return found

    def number(self, name: str, default: int = 0) -> int:
        """The value of an option as a whole number."""
        try:
            return int(self.option(name, default) or 0)
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """Whether an option is on, as PHP takes its stored text for true."""
        return self.option(name) not in ("", "0", 0, None, False)

    @cached_property
    def home(self) -> str:
        """The address that readers see, without a slash at its end."""
        return str(self.option("home")).rstrip("/")

    @cached_property
    def base(self) -> str:
        """The address of WordPress's own files (the option siteurl), without a slash at its end."""
        return str(self.option("siteurl") or self.home).rstrip("/")

    @cached_property
    def host(self) -> str:
        return urlsplit(self.home).netloc

    @cached_property
    def origins(self) -> frozenset[str]:
        """The origins that are the site's own (RFC 6454)."""
        parts = (urlsplit(address) for address in (self.home, self.base))
        return frozenset(f"{part.scheme}://{part.netloc}" for part in parts)

    @cached_property
    def locale(self) -> str:
        """The language of the site as WordPress names it, such as `de_DE`."""
        return str(self.option("WPLANG") or "en_US")

    @cached_property
    def zone(self) -> tzinfo:
        return zone_of(self.options)

    @cached_property
    def structure(self) -> str:
        """The permalink structure, "" for plain addresses."""
        return str(self.option("permalink_structure") or "")

    @cached_property
    def slashed(self) -> bool:
        """Whether pretty addresses end in a slash."""
        return self.structure.endswith("/")

    @cached_property
    def root(self) -> str:
        """`index.php/` where the structure goes through it, else ""."""
        return "index.php/" if self.structure.lstrip("/").startswith("index.php/") else ""

    @cached_property
    def front(self) -> str:
        """The fixed beginning of the permalink structure, without its first slash."""
        return self.structure.partition("%")[0].lstrip("/")

    @cached_property
    def sticky(self) -> tuple[int, ...]:
        """The ids of sticky posts."""
        value = self.option("sticky_posts", ())
        items = tuple(value.values()) if isinstance(value, Mapping) else value
        if not isinstance(items, list | tuple):
            return ()
        return tuple(int(i) for i in items if isinstance(i, int) or (isinstance(i, str) and i.isdigit()))

    @cached_property
    def speaks_xmlrpc(self) -> bool:
        """Whether programs may write over XML-RPC: not to a hardened site, nor where the option (under WordPress's old
        name) says otherwise; it is on where nothing is kept."""
        return not self.hardened and self.option("enable_xmlrpc", "1") not in ("", "0", 0, False, None)

    @cached_property
    def front_page(self) -> int | None:
        """The id of the page that stands on the front; None where the newest posts do."""
        return self.number("page_on_front") if self.option("show_on_front") == "page" else None

    @cached_property
    def chosen_theme(self) -> Chosen:
        """The theme that the site names, with what is wrong where another stands in for it."""
        return self.themes.chosen(str(self.option(OPTION)), str(self.option(REVISION)))

    @property
    def theme(self) -> Theme:
        """The theme of the readers' site."""
        return self.chosen_theme.theme

    # ---- addresses

    def url(self, path: str = "") -> str:
        """The address of a path of the site (home_url)."""
        return f"{self.home}/{path.lstrip('/')}" if path else self.home

    def tidy(self, path: str) -> str:
        """A path with or without a slash at its end, as the permalinks have it (user_trailingslashit)."""
        return path.rstrip("/") + "/" if self.slashed else path.rstrip("/")

    def rest_url(self, path: str = "/", query: str = "") -> str:
        """The address of a route of the API (rest_url); `query` is put behind it as it is."""
        route, joint = f"{self.root}wp-json/{path.lstrip('/')}", "?"
        if not self.structure:
            route, joint = f"index.php?rest_route=/{path.lstrip('/')}", "&"
        return f"{self.home}/{route}{joint}{query}" if query else f"{self.home}/{route}"

    def upload_url(self, path: str = "") -> str:
        """The address of a file under the uploads folder, or of the folder itself."""
        return f"{self._uploads}/{path.lstrip('/')}" if path else self._uploads

    @cached_property
    def _uploads(self) -> str:
        return str(self.option("upload_url_path") or f"{self.base}/wp-content/uploads").rstrip("/")

    def guid(self, post: Post) -> str:
        """A post's guid; our own are kept without the address of the site."""
        return self.home + post.guid if post.guid.startswith("/") else post.guid

    # ---- time

    def to_gmt(self, value: Stamp) -> Stamp:
        """The UTC stamp of a local one."""
        return to_gmt(value, self.zone)

    def to_local(self, value: Stamp) -> Stamp:
        """The local stamp of a UTC one."""
        return to_local(value, self.zone)

    def local_now(self, now: datetime) -> Stamp:
        """The local stamp of a moment."""
        return stamp(now.astimezone(self.zone))

    def gmt_offset(self, now: datetime) -> float:
        """The hours between UTC and the site at a moment (the option `gmt_offset` as WordPress answers it)."""
        return (now.astimezone(self.zone).utcoffset() or timedelta()).total_seconds() / 3600

    # ---- post types and taxonomies

    def type(self, name: str) -> PostType | None:
        return self.registry.types.get(name)

    def status(self, name: str) -> PostStatus | None:
        return self.registry.statuses.get(name)


def site_of(stored: Mapping[str, Any], like: Site | None = None) -> Site:
    """The site that stored options make, which for the rest is like another."""
    like = like or Site({})
    return replace(
        like,
        # An option whose value was taken away (options.unset) is empty to whoever asks for it.
        options={**DEFAULTS, **{name: "" if value is None else value for name, value in stored.items()}},
        address=like.address.rstrip("/"),
        roles=roles_of(stored.get("user_roles")),
    )
