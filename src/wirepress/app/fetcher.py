"""The way out to the network, as the settings have it."""

from __future__ import annotations

from wirepress.app.fetching import bounds_of
from wirepress.app.settings import Settings
from wirepress.net.fetch import WebFetcher


def fetcher_of(settings: Settings) -> WebFetcher:
    """The fetcher; a context manager that ends its connections."""
    return WebFetcher(bounds_of(settings))
