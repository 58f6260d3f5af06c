"""Who changes something, as the audit log names them."""

from __future__ import annotations

from wirepress.content.identity.viewer import Viewer
from wirepress.model.audit import Actor, ActorKind
from wirepress.model.web import Request


def actor_of(viewer: Viewer, request: Request) -> Actor:
    """Whoever sends a request, by the door that they came through."""
    kind: ActorKind = "api"
    if viewer.application:
        kind = "application"
    elif viewer.user is not None:
        kind = "browser"
    login = viewer.user.login if viewer.user else ""
    return Actor(kind, viewer.id, _plain(login), _plain(request.remote), _plain(request.headers.get("user-agent", "")))


def stranger(request: Request) -> Actor:
    """Whoever sends a form of a page without a login."""
    return Actor("browser", 0, "", _plain(request.remote), _plain(request.headers.get("user-agent", "")))


def _plain(text: str) -> str:
    return text.replace("\0", "")[:300]
