"""The headers that guard answers: which kind of answer gets what, in one table (docs/security.md shows it).

A room names the kind of what it answers; whatever names none gets the strictest row at the edge (`completed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Headers = list[tuple[str, str]]


class Kind(StrEnum):
    """The kinds of answers, as the documentation calls them."""

    PAGE = "a reader's page"
    EMBED = "an article's card for other sites (`/embed/`)"
    PREVIEW = "a preview"
    ADMIN = "a screen of the administration"
    EDITOR = "the block editor's page"
    LOGIN = "a page of logging in"
    INTERIM_LOGIN = "the login that a screen shows in a frame"
    API = "the API"
    AJAX = "`admin-ajax.php`"
    EVENTS = "events of a screen"
    ASIDE = "an article beside its original, in a frame of a screen"
    FEED = "a feed"
    SITEMAP = "a sitemap"
    UPLOAD = "an uploaded picture, sound, film, font or PDF"
    ACTIVE_UPLOAD = "any other uploaded file (SVG, HTML, XML, text)"
    STATIC = "a style, script or picture of ours"
    PLAIN = "everything else: redirects, errors, robots.txt, health, callbacks of hubs"


NOBODY, THIS_SITE, ANYBODY = "'none'", "'self'", ""
"""Who may show an answer in a frame."""
_FRAME_OPTIONS = {NOBODY: "DENY", THIS_SITE: "SAMEORIGIN"}
_REFERRER = ("referrer-policy", "strict-origin-when-cross-origin")
"""Other sites learn which site somebody came from, and not which page; players of videos ask for that much."""
_NOSNIFF = ("x-content-type-options", "nosniff")
_UNLISTED = ("x-robots-tag", "noindex")


@dataclass(frozen=True, slots=True)
class Guard:
    """A row: who may frame an answer, its Content-Security-Policy, and the headers beside."""

    frames: str = NOBODY
    policy: Mapping[str, str] = field(default_factory=dict)
    others: tuple[tuple[str, str], ...] = (_NOSNIFF, _REFERRER)
    framing: bool = True
    """Whether framing is spoken of at all."""

    def headers(self, changed: Mapping[str, str]) -> Headers:
        rules = {**self.policy, **changed}
        found = list(self.others)
        # X-Frame-Options knows no other site by its name: whoever gives one goes without it.
        if self.framing and self.frames and "frame-ancestors" not in changed:
            rules["frame-ancestors"] = self.frames
            found.append(("x-frame-options", _FRAME_OPTIONS[self.frames]))
        if rules:
            found.append(("content-security-policy", "; ".join(f"{n} {v}".strip() for n, v in rules.items())))
        return found


# Templates hold no script.  What articles embed is a link, unless the owner has it shown (site/blocks/embeds.py).
_READING = {
    "default-src": "'self'",
    "img-src": "* data:",
    "media-src": "*",
    "frame-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "script-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
# No inline script or style, no eval: of htmx only what works without them is used.
_SCREEN = {
    "default-src": "'self'",
    "img-src": "'self' data: blob: https: http:",
    "media-src": "'self' blob: https: http:",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
# The components write styles as they run; embeds of others are shown in frames of theirs.
_EDITING = {
    **_SCREEN,
    "style-src": "'self' 'unsafe-inline'",
    "font-src": "'self' data:",
    "frame-src": "'self' blob: https:",
    "worker-src": "'self' blob:",
    "connect-src": "'self' blob: data:",
    "base-uri": "'self'",
}
# No form-action: browsers hold redirects to it too, and an approved program is led to an address of its own.
_LOGGING_IN = {"default-src": "'none'", "style-src": "'unsafe-inline'", "img-src": "'self'", "base-uri": "'none'"}
_NOTHING = {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
# XSLT counts as a script, and writes the styles of the page that it makes.
_SITEMAP = {**_NOTHING, "script-src": "'self'", "style-src": "'self' 'unsafe-inline'"}
_ACTIVE = {
    "default-src": "'none'",
    "img-src": "'self'",
    "media-src": "'self'",
    "style-src": "'unsafe-inline'",
    "sandbox": "",
}
# What came from elsewhere: no scripts, and nothing that its site or any other would hear of.
_ASIDE = {
    "default-src": "'none'",
    "img-src": "'self'",
    "style-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "sandbox": "",
}

TABLE: Mapping[Kind, Guard] = {
    Kind.PAGE: Guard(NOBODY, _READING),
    Kind.EMBED: Guard(ANYBODY, _READING),
    Kind.PREVIEW: Guard(THIS_SITE, _READING, (_NOSNIFF, _REFERRER, ("x-robots-tag", "noindex, nofollow"))),
    Kind.ADMIN: Guard(NOBODY, _SCREEN),
    Kind.EDITOR: Guard(NOBODY, _EDITING),
    Kind.LOGIN: Guard(NOBODY, _LOGGING_IN),
    Kind.INTERIM_LOGIN: Guard(THIS_SITE, _LOGGING_IN),
    Kind.API: Guard(others=(_UNLISTED, _NOSNIFF), framing=False),
    Kind.AJAX: Guard(NOBODY, _NOTHING, (_UNLISTED, _NOSNIFF, _REFERRER)),
    Kind.EVENTS: Guard(NOBODY, _NOTHING),
    Kind.ASIDE: Guard(THIS_SITE, _ASIDE, (_NOSNIFF, ("referrer-policy", "no-referrer"), _UNLISTED)),
    Kind.FEED: Guard(NOBODY, _NOTHING),
    Kind.SITEMAP: Guard(NOBODY, _SITEMAP),
    Kind.UPLOAD: Guard(THIS_SITE),
    Kind.ACTIVE_UPLOAD: Guard(THIS_SITE, _ACTIVE),
    Kind.STATIC: Guard(others=(_NOSNIFF,), framing=False),
    Kind.PLAIN: Guard(NOBODY, _NOTHING),
}
"""The API's are WordPress's; a style or script that a worker runs brings its page's policy."""

_PDF = "application/pdf"
_LONGEST_HOST = 260
_LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOST = re.compile(rf"(?:\*\.)?{_LABEL}(?:\.{_LABEL})+(?::[0-9]{{1,5}})?")
_KNOWN = {kind: tuple(guard.headers({})) for kind, guard in TABLE.items()}


def guards(kind: Kind, **changed: str) -> Headers:
    """The headers of a kind of answer; one that needs another rule of the policy says which (`script_src="..."`)."""
    if not changed:
        return list(_KNOWN[kind])
    return TABLE[kind].headers({name.replace("_", "-"): rule for name, rule in changed.items()})


def is_host(word: str) -> bool:
    """Whether a word is a host as a policy may name it (CSP 3, host-source): a name in small letters with a dot in it,
    perhaps with `*.` before it and a port behind."""
    return len(word) <= _LONGEST_HOST and _HOST.fullmatch(word) is not None


def kind_of_upload(media_type: str) -> Kind:
    """The kind of an uploaded file; only what can hold no script goes without a sandbox, in which no PDF is shown."""
    kind = _bare(media_type)
    inert = kind.startswith(("image/", "audio/", "video/", "font/")) and not kind.endswith("xml")
    return Kind.UPLOAD if inert or is_pdf(kind) else Kind.ACTIVE_UPLOAD


def is_pdf(media_type: str) -> bool:
    return _bare(media_type) == _PDF


def _bare(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def encoded(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    """Header fields as bytes; a value that could break out of its line is cut there (RFC 9110, 5.5)."""
    return [(n.lower().encode("latin-1"), v.splitlines()[0].encode("utf-8") if v else b"") for n, v in headers]


_PLAIN = encoded(_KNOWN[Kind.PLAIN])


def completed(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, with the strictest guards where nobody has said what kind it is."""
    if any(name == b"x-content-type-options" for name, _ in headers):
        return headers
    return [*headers, *_PLAIN]
