"""The names of WordPress's own options (as its installation makes them, and its core writes them later), so that a
report can tell them from those of plugins and themes."""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = frozenset((
    "admin_email_lifespan", "adminhash", "auth_key", "auth_salt", "auto_core_update_notified",
    "auto_plugin_theme_update_emails", "auto_update_core_dev", "auto_update_core_major",
    "auto_update_core_minor", "blacklist_keys", "blog_upload_space", "can_compress_scripts",
    "category_children", "close_comments_for_old_posts", "comment_whitelist", "comments_notify", "cron",
    "current_theme", "customize_stashed_theme_mods", "dashboard_widget_options", "db_upgraded",
    "db_version", "default_comments_page", "default_link_category", "default_pingback_flag",
    "disallowed_keys", "enable_app", "enable_xmlrpc", "finished_splitting_shared_terms",
    "finished_updating_comment_type", "fresh_site", "hack_file", "html_type", "https_detection_errors",
    "image_default_align", "image_default_size", "initial_db_version", "layout_columns",
    "link_manager_enabled", "logged_in_key", "logged_in_salt", "mailserver_login", "mailserver_pass",
    "mailserver_port", "mailserver_url", "moderation_notify", "ms_files_rewriting", "nav_menu_options",
    "new_admin_email", "nonce_key", "nonce_salt", "ping_sites", "post_count", "posts_per_rss",
    "recently_activated", "recently_edited", "recovery_keys", "recovery_mode_email_last_sent",
    "rewrite_rules", "rss_use_excerpt", "secret", "secret_key", "sidebars_widgets", "site_icon_url",
    "site_logo", "site_transient_update_core", "stylesheet_root", "template_root", "theme_switched",
    "thread_comments", "uninstall_plugins", "upload_space_check_disabled", "use_trackback", "user_count",
    "user_roles", "using_application_passwords", "wp_attachment_pages_enabled",
    "wp_calendar_block_has_published_posts", "wp_force_deactivated_plugins", "wp_notes_notify",
    "wpmu_sitewide_plugins",
))  # fmt: skip
_KINDS: Final = re.compile(r"(?:widget_|theme_mods_|auto_update_|_site_transient_|_wp_).*|.*_children|.*_user_roles")


def is_own(name: str) -> bool:
    """Whether an option is WordPress's own, or one that its core keeps for a theme or a widget."""
    return name in _NAMES or _KINDS.fullmatch(name) is not None
