"""WordPress's roles as data: what a site has that keeps no table of its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from wirepress.content.options import table
from wirepress.model.user import Role

_READ = "read"
_WRITE = "edit_posts delete_posts"
_PUBLISH = "upload_files publish_posts edit_published_posts delete_published_posts"
_OTHERS = (
    "edit_others_posts delete_others_posts edit_private_posts delete_private_posts read_private_posts "
    "edit_pages publish_pages delete_pages edit_published_pages delete_published_pages "
    "edit_others_pages delete_others_pages edit_private_pages delete_private_pages read_private_pages "
    "moderate_comments manage_categories manage_links unfiltered_html"
)
_SITE = (
    "manage_options edit_theme_options switch_themes edit_themes install_themes update_themes delete_themes "
    "activate_plugins edit_plugins install_plugins update_plugins delete_plugins edit_files "
    "list_users create_users edit_users delete_users remove_users promote_users "
    "unfiltered_upload edit_dashboard update_core import export"
)


def _role(slug: str, name: str, level: int, *groups: str) -> Role:
    names = [*" ".join(groups).split(), *(f"level_{n}" for n in range(level, -1, -1))]
    return Role(slug, name, MappingProxyType(dict.fromkeys(names, True)))


_ROLES = (
    _role("administrator", "Administrator", 10, _SITE, _OTHERS, _PUBLISH, _WRITE, _READ),
    _role("editor", "Editor", 7, _OTHERS, _PUBLISH, _WRITE, _READ),
    _role("author", "Author", 2, _PUBLISH, _WRITE, _READ),
    _role("contributor", "Contributor", 1, _WRITE, _READ),
    _role("subscriber", "Subscriber", 0, _READ),
)
ROLES: Mapping[str, Role] = MappingProxyType({role.slug: role for role in _ROLES})


TAKE_DOWN = "take_down_posts"
"""Ours: to take posts down and to lift that.  WordPress has no such capability, so no list of capabilities shows it
where the site's own table of roles does not name it."""
_OURS: Mapping[str, Mapping[str, bool]] = {slug: {TAKE_DOWN: True} for slug in ("administrator", "editor")}


def granted_by(role: Role) -> Mapping[str, bool]:
    """What a role allows: what the table of roles says of it, and of our own capabilities what it does not say."""
    return {**_OURS.get(role.slug, {}), **role.capabilities}


def roles_of(stored: Any) -> Mapping[str, Role]:
    """The roles of the option `user_roles`, or WordPress's own where that holds none."""
    if not isinstance(stored, Mapping) or not stored:
        return ROLES
    roles = {}
    for slug, entry in stored.items():
        if isinstance(entry, Mapping):
            granted = {str(name): bool(value) for name, value in table(entry.get("capabilities")).items()}
            roles[str(slug)] = Role(str(slug), str(entry.get("name", slug)), granted)
    return MappingProxyType(roles)
