"""Options: WordPress's defaults, and reading and writing them with what a change means for readers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from wirepress.store import options as store
from wirepress.store.bulk import options as bulk_options
from wirepress.store.unit import Unit

DEFAULTS: Mapping[str, Any] = MappingProxyType(
    {
        "siteurl": "http://localhost:8080",
        "home": "http://localhost:8080",
        "blogname": "Wirepress",
        "blogdescription": "",
        "users_can_register": "0",
        "admin_email": "",
        "start_of_week": "1",
        "use_balanceTags": "0",
        "use_smilies": "1",
        "require_name_email": "1",
        "comments_notify": "1",
        "posts_per_rss": "10",
        "rss_use_excerpt": "0",
        "default_category": "1",
        "default_comment_status": "open",
        "default_ping_status": "open",
        "default_pingback_flag": "1",
        "posts_per_page": "10",
        "date_format": "F j, Y",
        "time_format": "g:i a",
        "links_updated_date_format": "F j, Y g:i a",
        "comment_moderation": "0",
        "moderation_notify": "1",
        "permalink_structure": "/%year%/%monthnum%/%day%/%postname%/",
        "blog_charset": "UTF-8",
        "moderation_keys": "",
        "active_plugins": (),
        "category_base": "",
        "tag_base": "",
        "comment_max_links": "2",
        "gmt_offset": "0",
        "timezone_string": "",
        "default_email_category": "1",
        "template": "wirepress",
        "stylesheet": "wirepress",
        "comment_registration": "0",
        "html_type": "text/html",
        "default_role": "subscriber",
        "uploads_use_yearmonth_folders": "1",
        "upload_path": "",
        "upload_url_path": "",
        "blog_public": "1",
        "show_on_front": "posts",
        "page_for_posts": "0",
        "page_on_front": "0",
        "show_avatars": "1",
        "avatar_rating": "G",
        "avatar_default": "mystery",
        "thumbnail_size_w": "150",
        "thumbnail_size_h": "150",
        "thumbnail_crop": "1",
        "medium_size_w": "300",
        "medium_size_h": "300",
        "medium_large_size_w": "768",
        "medium_large_size_h": "0",
        "large_size_w": "1024",
        "large_size_h": "1024",
        "image_default_link_type": "none",
        "close_comments_for_old_posts": "0",
        "close_comments_days_old": "14",
        "thread_comments": "1",
        "thread_comments_depth": "5",
        "page_comments": "0",
        "comments_per_page": "50",
        "default_comments_page": "newest",
        "comment_order": "asc",
        "sticky_posts": (),
        "default_post_format": "0",
        "link_manager_enabled": "0",
        "site_icon": "0",
        "wp_page_for_privacy_policy": "0",
        "show_comments_cookies_opt_in": "1",
        "disallowed_keys": "",
        "comment_previously_approved": "1",
        "wp_attachment_pages_enabled": "0",
        "WPLANG": "",
        "revisions_to_keep": "-1",
        "wirepress_second_factor_roles": (),
        "wirepress_audit_days": "365",
        "wirepress_comment_address_days": "30",
        "wirepress_gravatar": "0",
        "wirepress_front_sections": "",
        "wirepress_styleguide": "0",
        "wirepress_embeds": "0",
        "wirepress_theme": "newspaper",
        "wirepress_theme_revision": "",
        "wirepress_feed_pictures": "0",
        "wirepress_websub_hub": "",
        "wirepress_news_sitemap": "0",
        "wirepress_news_sitemap_wire": "0",
        "wirepress_ads_txt": "",
        "wirepress_app_ads_txt": "",
        "wirepress_security_contact": "",
        "wirepress_security_policy": "",
        "wirepress_security_expires": "",
        "wirepress_tdm_reservation": "0",
        "wirepress_tdm_policy": "",
        "wirepress_head_html": "",
        "wirepress_foot_html": "",
        "wirepress_slot_hosts": "",
    }
)

SECRET = "wirepress_secret"  # noqa: S105 - the name of the option, not the secret
"""What the site signs nonces with."""

_UNSEEN = frozenset(
    {
        *("cron", "recently_edited", "recovery_keys", "recovery_mode_email_last_sent", "using_application_passwords"),
        *("auth_key", "auth_salt", "nonce_key", "nonce_salt", "secret_key"),
        *("mailserver_url", "mailserver_login", "mailserver_pass", "mailserver_port"),
    }
)
_UNSEEN_BEGINNINGS = ("_transient_", "_site_transient_", "wirepress_hidden_")


def seen(name: str) -> bool:
    """Whether an answer may show an option; what none shows raises no epoch."""
    return name not in _UNSEEN and not name.startswith(_UNSEEN_BEGINNINGS)


def table(value: Any) -> Mapping[str, Any]:
    """A stored value that should be a table; an empty one where it is anything else."""
    return value if isinstance(value, Mapping) else {}


def fill_defaults(unit: Unit) -> None:
    """Stores the defaults of options that are not set yet, and a secret for a site that has none."""
    bulk_options(unit, {**DEFAULTS, SECRET: secrets.token_hex(32)})


def all_of(unit: Unit) -> dict[str, Any]:
    """The options that a site keeps."""
    return dict(store.all_of(unit))


def get(unit: Unit, name: str, default: Any = "") -> Any:
    """The value of an option: the stored one, WordPress's default, or the one given."""
    value = store.get(unit, name, DEFAULTS.get(name, default))
    return "" if value is None else value


def set(unit: Unit, name: str, value: Any) -> bool:  # noqa: A001 - reads as `options.set(unit, name, value)`
    """Gives an option its value and says whether that changed anything."""
    return store.set_value(unit, name, value, visible=seen(name), autoload=seen(name))


def delete(unit: Unit, name: str) -> bool:
    """Removes an option, so that its default holds again, and says whether there was one."""
    return store.delete(unit, name, visible=seen(name))


def unset(unit: Unit, name: str) -> bool:
    """Takes an option's value away: it is empty then, and its default does not hold; whether that changed anything."""
    return store.set_value(unit, name, None, visible=seen(name), autoload=seen(name))
