"""The site's options, as programs read and change them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wirepress.content import options
from wirepress.content.option_cleaning import cleaned
from wirepress.content.site import Site
from wirepress.wp.xmlrpc import values
from wirepress.wp.xmlrpc.call import Call
from wirepress.wp.xmlrpc.values import Value

VERSION: Final = "7.1.4"
"""Of the WordPress whose answers these are."""


@dataclass(frozen=True, slots=True)
class Setting:
    """An option as programs see it: what it is, and where it is kept, or what it is made of where nobody changes it."""

    words: str
    option: str = ""
    value: Callable[[Site], Any] | None = None

    @property
    def readonly(self) -> bool:
        return self.value is not None

    def value_of(self, site: Site) -> Any:
        if self.value is not None:
            return self.value(site)
        if self.option == "gmt_offset" and site.option("timezone_string"):
            return ""
        return str(site.option(self.option))


NUMBERS: Final = frozenset(
    {"users_can_register", "thumbnail_crop"}
    | {f"{size}_size_{side}" for size in ("thumbnail", "medium", "medium_large", "large") for side in "wh"}
)
"""Those that `wp.setOptions` shows as numbers, and `wp.getOptions` as texts."""


def _fixed(words: str, value: Callable[[Site], Any]) -> Setting:
    return Setting(words, value=value)


SETTINGS: Final[Mapping[str, Setting]] = {
    "software_name": _fixed("Software name", lambda _: "WordPress"),
    "software_version": _fixed("Software version", lambda _: VERSION),
    "blog_url": _fixed("Address of the software", lambda site: site.base),
    "home_url": _fixed("Address of the site", lambda site: site.home),
    "login_url": _fixed("Address to log in at", lambda site: f"{site.base}/wp-login.php"),
    "admin_url": _fixed("Address of the administration", lambda site: f"{site.base}/wp-admin/"),
    "image_default_link_type": _fixed(
        "What pictures link to", lambda site: str(site.option("image_default_link_type"))
    ),
    "image_default_size": _fixed("Size of pictures", lambda site: str(site.option("image_default_size"))),
    "image_default_align": _fixed("Alignment of pictures", lambda site: str(site.option("image_default_align"))),
    "template": _fixed("Template", lambda site: str(site.option("template"))),
    "stylesheet": _fixed("Stylesheet", lambda site: str(site.option("stylesheet"))),
    "post_thumbnail": _fixed("Whether articles have a picture", lambda _: True),
    "time_zone": Setting("Time zone", "gmt_offset"),
    "blog_title": Setting("Title of the site", "blogname"),
    "blog_tagline": Setting("Tagline of the site", "blogdescription"),
    "date_format": Setting("How dates are written", "date_format"),
    "time_format": Setting("How times are written", "time_format"),
    "users_can_register": Setting("Whether anybody may register", "users_can_register"),
    "thumbnail_size_w": Setting("Width of thumbnails", "thumbnail_size_w"),
    "thumbnail_size_h": Setting("Height of thumbnails", "thumbnail_size_h"),
    "thumbnail_crop": Setting("Whether thumbnails are cut", "thumbnail_crop"),
    "medium_size_w": Setting("Width of medium pictures", "medium_size_w"),
    "medium_size_h": Setting("Height of medium pictures", "medium_size_h"),
    "medium_large_size_w": Setting("Width of medium-large pictures", "medium_large_size_w"),
    "medium_large_size_h": Setting("Height of medium-large pictures", "medium_large_size_h"),
    "large_size_w": Setting("Width of large pictures", "large_size_w"),
    "large_size_h": Setting("Height of large pictures", "large_size_h"),
    "default_comment_status": Setting("Whether new articles take comments", "default_comment_status"),
    "default_ping_status": Setting("Whether new articles take pingbacks", "default_ping_status"),
}


def shown(call: Call) -> Value:
    """`wp.getOptions`: those that are named, all of them where none is."""
    wanted = [values.text(name) for name in values.items(call.at(3))]
    return _shown(call, wanted or list(SETTINGS))


def _shown(call: Call, wanted: list[str]) -> dict[str, Any]:
    found = {}
    for name in wanted:
        if name in SETTINGS:
            setting = SETTINGS[name]
            fixed = setting.readonly or not call.may("manage_options")
            found[name] = {"desc": setting.words, "readonly": fixed, "value": setting.value_of(call.site)}
    return found


def change(call: Call) -> Value:
    """`wp.setOptions`: changes what can be, and shows what was named."""
    call.need("manage_options", message="You may not change the site's settings.", code=403)
    given = call.struct(3)
    for name, value in given.items():
        setting = SETTINGS.get(name)
        if setting is None or setting.readonly:
            continue
        if setting.option == "gmt_offset":
            options.set(call.view.unit, "timezone_string", "")
        options.set(call.view.unit, setting.option, cleaned(call.site, setting.option, values.text(value)))
    shown = _shown(call, list(given))
    for name in NUMBERS & shown.keys():
        shown[name]["value"] = values.number(shown[name]["value"])
    return shown
