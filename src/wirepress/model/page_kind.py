"""What may stand under an article's address."""

from __future__ import annotations

from enum import StrEnum


class PageKind(StrEnum):
    """What stands under an article's address."""

    ARTICLE = "article"
    CHALLENGE = "challenge"
    """A check whether a person asks."""
    CONSENT = "consent"
    """A question for consent to cookies or tracking."""
    LOGIN = "login"
    ERROR = "error-page"
    """An error that came with the status of success."""
    SHELL = "shell"
    """Nothing without its scripts."""
    PAYWALL = "paywall"
    """The article has to be paid for: what is there is a teaser."""
    PAGED = "paged"
    """One of several pages that the article is spread over: not the whole of it."""

    @property
    def has_facts(self) -> bool:
        """Whether what the page says of itself is said of the article."""
        return self in (PageKind.ARTICLE, PageKind.PAYWALL, PageKind.PAGED)
