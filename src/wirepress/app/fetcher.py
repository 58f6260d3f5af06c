"""The way out to the network, as the settings have it."""

from __future__ import annotations

from wirepress.app.settings import Settings
from wirepress.net.fetch import WebFetcher
from wirepress.net.port import Bounds


def fetcher_of(settings: Settings) -> WebFetcher:
    """The fetcher; a context manager that ends its connections."""
    allowed = tuple(part.strip() for part in settings.allow_private.split(",") if part.strip())
    delay = settings.fetch_delay / 1000
    return WebFetcher(Bounds(user_agent=settings.user_agent, allow=allowed, host_delay=delay))
