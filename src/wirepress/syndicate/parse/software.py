"""What a site is made with, as far as its documents say."""

from __future__ import annotations

import re
from typing import Final

_WORDPRESS: Final = re.compile(rb"https://api\.w\.org/|/wp-content/|<generator>https?://wordpress\.", re.IGNORECASE)


def is_wordpress(body: bytes) -> bool:
    """Whether a page or a feed looks like WordPress's."""
    return _WORDPRESS.search(body) is not None
