"""Who asks: a user with what their roles allow, nobody, or the newsroom itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from wirepress.content.registry.roles import granted_by
from wirepress.content.site import Site
from wirepress.model.user import User

_NEVER = "do_not_allow"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever a request is answered for.

    `capabilities` are the primitive ones that they have; `can` asks for one of them.  What they may do to a certain
    post, term, comment or user is `permissions.may`.  `application` is the UUID of the application password that they
    came with, `session` the token of the login that their cookie holds; "" when they came otherwise.
    """

    user: User | None = None
    roles: tuple[str, ...] = ()
    capabilities: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    almighty: bool = False
    application: str = ""
    session: str = field(default="", repr=False)

    @property
    def id(self) -> int:
        """The user's id, 0 for nobody."""
        return self.user.id if self.user else 0

    @property
    def anonymous(self) -> bool:
        return self.user is None and not self.almighty

    def can(self, capability: str) -> bool:
        """Whether a primitive capability is granted."""
        if capability == _NEVER:
            return False
        return self.almighty or capability == "exist" or self.capabilities.get(capability, False)


ANONYMOUS = Viewer()
NEWSROOM = Viewer(almighty=True)
"""The newsroom's own work (imports, the wire, scheduled publishing): everything is allowed."""

# Capabilities that follow from others (WordPress grants them by filters of user_has_cap).
_IMPLIED = {
    "install_languages": ("update_core", "install_plugins", "install_themes"),
    "resume_plugins": ("activate_plugins",),
    "resume_themes": ("switch_themes",),
    "view_site_health_checks": ("install_plugins",),
}


def viewer_of(site: Site, user: User | None) -> Viewer:
    """The viewer that a user is on this site."""
    if user is None:
        return ANONYMOUS
    roles = tuple(name for name, granted in user.grants.items() if granted and name in site.roles)
    granted: dict[str, bool] = {}
    for name in roles:
        granted.update(granted_by(site.roles[name]))
    granted.update({name: bool(value) for name, value in user.grants.items()})
    for name, sources in _IMPLIED.items():
        if any(granted.get(source) for source in sources):
            granted[name] = True
    return Viewer(user, roles, MappingProxyType(granted))
