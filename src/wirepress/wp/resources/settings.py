"""The site's settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wirepress.content import notices, options
from wirepress.content.newsroom import View
from wirepress.content.option_cleaning import cleaned
from wirepress.store import options as option_store
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.errors import WireError
from wirepress.wp.fields import pick, tree
from wirepress.wp.resource import Param
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.schema import Schema
from wirepress.wp.validation import check
from wirepress.wp.values import to_bool, to_int
from wirepress.wp.writing import UPDATE

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

    def read(self, view: View, stored: Mapping[str, Any]) -> Any:
        """What the site has; null where its value was taken away and there is no default, and where what is kept is
        not of its type (an unticked box is kept as "", which is no boolean: prepare_value)."""
        value = stored[self.option] if self.option in stored else view.site.option(self.option, self.default)
        if value is None:
            return None
        kept = view.site.option(self.option)
        return None if check(kept, self.described(), self.name) else _READERS[self.type](kept)


_READERS: dict[str, Callable[[Any], Any]] = {"string": str, "integer": to_int, "boolean": to_bool}

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


def rule(call: Call) -> None:
    if not call.viewer.can("manage_options"):
        call.refuse("rest_forbidden", "You may not see the site's settings.")


def values(view: View) -> dict[str, Any]:
    """All settings as they stand."""
    stored = option_store.all_of(view.unit)
    shown: dict[str, Any] = {}
    for setting in SETTINGS:
        value = setting.read(view, stored)
        shown[setting.name] = (value or "en_US") if setting.name == "language" else value
    return shown


def read(call: Call) -> Result:
    return _shown(call, values(call.view))


def _shown(call: Call, shown: Any) -> Result:
    if call.fields:
        shown = pick(shown, tree(call.fields))
    return Result(value=shown)


def update(call: Call) -> Result:
    """Gives options the values that were sent; null takes a value away (WP_REST_Settings_Controller)."""
    view = call.view
    unticked: dict[str, Any] = {}
    keeper = str(view.site.option("admin_email"))
    for setting in SETTINGS:
        if setting.name not in call.params:
            continue
        value = call.params[setting.name]
        if value is False:
            unticked[setting.name] = False
        if value is not None:
            options.set(view.unit, setting.option, cleaned(view.site, setting.option, value))
            continue
        if check(options.get(view.unit, setting.option, None), setting.described(), setting.name) is not None:
            message = f"What is kept as {setting.name} is not of its type, and cannot be taken away."
            raise WireError("rest_invalid_stored_value", message, 500)
        if setting.default is None:
            options.unset(view.unit, setting.option)
        else:
            options.delete(view.unit, setting.option)
    view.reload()
    notices.keeper_changed(view, keeper, str(view.site.option("admin_email")))
    return _shown(call, values(view) | unticked)


def schema(_: Call) -> dict[str, Any]:
    return s.document("settings", {setting.name: setting.described() for setting in SETTINGS})


def answer() -> Schema:
    """What GET answers: settings of these types, null where a site has none."""
    properties = {setting.name: {"type": [setting.type, "null"]} for setting in SETTINGS}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def params() -> tuple[Param, ...]:
    """What an update accepts."""
    made = []
    for setting in SETTINGS:
        described = setting.described()
        shown: Schema = {word: described[word] for word in s.KEYWORDS if word in described}
        made.append(Param(setting.name, shown, eager=True))
    return tuple(made)


def routes(_: Catalog) -> list[Route]:
    shows = Shows("value", answer())
    reading = Endpoint(("GET",), read, rule, shows=shows)
    writing = Endpoint(UPDATE, update, rule, params(), shows=shows, alters=True)
    return [Route(ROUTE, (reading, writing), schema=schema)]
