"""What may be chosen for a source, by name."""

from __future__ import annotations

from enum import StrEnum


class Rights(StrEnum):
    """What may be done with a source's articles."""

    FULL = "full"
    """Licensed: the text may be republished."""
    EXCERPT = "excerpt"
    """Title, a short summary and a link."""
    LINK = "link"
    """Title and link only."""


class SourceKind(StrEnum):
    """How a source names its articles, the best way first: each has a module in `syndicate.reading`."""

    FEED = "feed"
    WORDPRESS = "wordpress"
    SITEMAP = "sitemap"
    LISTING = "listing"
    ARTICLE = "article"


class DatePolicy(StrEnum):
    """Which date an imported post bears."""

    ORIGINAL = "original"
    ARRIVAL = "arrival"


class CanonicalPolicy(StrEnum):
    """What the head of an imported post's page says of the original."""

    ORIGINAL = "original"
    """`<link rel="canonical">` names the original."""
    NOINDEX = "noindex"
    """Search engines are asked to leave the copy alone."""
    SELF = "self"
    """The copy stands for itself (the source agreed)."""


class Arrival(StrEnum):
    """The status that a post has when it comes in."""

    PUBLISH = "publish"
    PENDING = "pending"
    """It waits for somebody's review."""
    DRAFT = "draft"


class Byline(StrEnum):
    """Whose name a post bears."""

    USER = "user"
    """The user's that its source names, or the site's choice; the attribution names the authors."""
    NAMES = "names"
    """The first author's own, who becomes a user that cannot log in."""


class Pictures(StrEnum):
    """Which pictures of an article are taken, within its source's rights."""

    NONE = "none"
    LEAD = "lead"
    """The one that goes with it."""
    ALL = "all"
    """That one, and those in its text."""


class SignalPolicy(StrEnum):
    """What a full source's pages say against copies (`model.signals`) means for them."""

    LICENCE = "licence"
    """Nothing: what was agreed with the source stands above it."""
    HEED = "heed"
    """No more than an excerpt is taken."""


class Openness(StrEnum):
    """WordPress's two values of comment_status and ping_status."""

    OPEN = "open"
    CLOSED = "closed"
