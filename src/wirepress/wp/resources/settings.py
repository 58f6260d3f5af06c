"""The site's settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from wirepress.content import notices, options
from wirepress.content.newsroom import View
from wirepress.content.option_cleaning import cleaned
from wirepress.render.values import to_boolean
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import EVERY, Field, Rules, Verbs, Write
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import WireError
from wirepress.wp.resource import Resource
from wirepress.wp.routes import Route
from wirepress.wp.validation import check
from wirepress.wp.values import to_int

ROUTE = "/wp/v2/settings"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its name in the API, the option that holds it and its schema."""

    name: str
    option: str
    type: str
    title: str = ""
    default: Any = None
    format: str = ""
    enum: tuple[str, ...] = ()
    description: str = ""

    def described(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"type": self.type, "title": self.title, "default": self.default}
        if self.format:
            shown["format"] = self.format
        if self.enum:
            shown["enum"] = list(self.enum)
        return {**shown, "description": self.description}

    def value_of(self, view: View, stored: Mapping[str, Any]) -> Any:
        """What the site has; null where its value was taken away and there is no default, and where what is kept is
        not of its type (an unticked box is kept as "", which is no boolean: prepare_value)."""
        value = stored[self.option] if self.option in stored else view.site.option(self.option, self.default)
        if value is None:
            return None
        kept = view.site.option(self.option)
        if check(kept, self.described(), self.name):
            return None
        return _READERS[self.type](kept)


_READERS: dict[str, Callable[[Any], Any]] = {"string": str, "integer": to_int, "boolean": to_boolean}

SETTINGS = (
    Setting("title", "blogname", "string", "Title", description="The site's title."),
    Setting("description", "blogdescription", "string", "Tagline", description="The site's tagline."),
    Setting("url", "siteurl", "string", format="uri", description="The site's address."),
    Setting("email", "admin_email", "string", format="email", description="The address for messages about the site."),
    Setting("timezone", "timezone_string", "string", description="A city in the site's time zone."),
    Setting("date_format", "date_format", "string", description="How dates are written."),
    Setting("time_format", "time_format", "string", description="How times are written."),
    Setting("start_of_week", "start_of_week", "integer", description="The day that a week begins with."),
    Setting("language", "WPLANG", "string", default="en_US", description="The site's language."),
    Setting("use_smilies", "use_smilies", "boolean", default=True, description="Whether :-) becomes a picture."),
    Setting("default_category", "default_category", "integer", description="The category of posts without one."),
    Setting("default_post_format", "default_post_format", "string", description="The format of posts without one."),
    Setting("posts_per_page", "posts_per_page", "integer", "Maximum posts per page", 10,
            description="How many posts a page shows."),
    Setting("show_on_front", "show_on_front", "string", "Show on front", description="What the front page shows."),
    Setting("page_on_front", "page_on_front", "integer", "Page on front", description="The page on the front."),
    Setting("page_for_posts", "page_for_posts", "integer", description="The page that lists the posts."),
    Setting("default_ping_status", "default_ping_status", "string", enum=("open", "closed"),
            description="Whether new posts can be pinged."),
    Setting("default_comment_status", "default_comment_status", "string", "Allow comments on new posts",
            enum=("open", "closed"), description="Whether new posts can be commented on."),
    Setting("site_logo", "site_logo", "integer", "Logo", description="The site's logo."),
    Setting("site_icon", "site_icon", "integer", "Icon", description="The site's icon."),
)  # fmt: skip


def rule(call: Call, _: Any = None) -> None:
    call.need("manage_options", "rest_forbidden", "You may not see the site's settings.")


def values(view: View) -> dict[str, Any]:
    """All settings as they stand."""
    stored = options.all_of(view.unit)
    found = {setting.name: setting.value_of(view, stored) for setting in SETTINGS}
    return {**found, "language": found["language"] or "en_US"}


def find(call: Call) -> dict[str, Any]:
    return values(call.view)


def update(call: Call, _: dict[str, Any], sent: dict[str, Any]) -> dict[str, Any]:
    """Gives options the values that were sent; null takes a value away (WP_REST_Settings_Controller).  Raises where
    what is kept is not of its type, and cannot be taken away."""
    view, site = call.view, call.site
    for setting in SETTINGS:
        if sent.get(setting.name) is not None:
            options.set(view.unit, setting.option, cleaned(site, setting.option, sent[setting.name]))
        elif setting.name in sent:
            _take_away(view, setting)
    notices.keeper_changed(view, str(site.option("admin_email")), str(view.site.option("admin_email")))
    unticked = {name: False for name, value in sent.items() if value is False}
    return values(view) | unticked


def _take_away(view: View, setting: Setting) -> None:
    kept = options.get(view.unit, setting.option, None)
    if check(kept, setting.described(), setting.name) is not None:
        message = f"What is kept as {setting.name} is not of its type, and cannot be taken away."
        raise WireError("rest_invalid_stored_value", message, 500)
    if setting.default is None:
        options.unset(view.unit, setting.option)
    else:
        options.delete(view.unit, setting.option)


def _field(setting: Setting) -> Field[dict[str, Any]]:
    value_of = itemgetter(setting.name)
    return Field(setting.name, setting.described(), EVERY, lambda item, _: value_of(item), Write(nullable=True))


def _view(_: Call) -> str:
    return "view"


RESOURCE: Resource[dict[str, Any]] = Resource(
    name="settings",
    route=ROUTE,
    key="",
    fields=tuple(map(_field, SETTINGS)),
    rules=Rules(None, rule, edit=rule),
    asks={"read": rule, "edit": rule},
    args={"read": ()},
    answer={
        "type": "object",
        "properties": {setting.name: {"type": [setting.type, "null"]} for setting in SETTINGS},
        "additionalProperties": False,
    },
    find=find,
    version_of=None,
    verbs=Verbs(dict, update=update, context=_view),
)


def routes(catalog: Catalog) -> tuple[Route, ...]:
    return routes_of(catalog.documents, RESOURCE)
