"""What the owner puts into the head and at the foot of every page: markup of their own, and the policy that it needs.

A page without it runs no script.  With it, it runs the inline scripts that stand in the two slots, by their hashes, and
those of the hosts that the owner names; nothing else of the policy changes.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from wirepress.content.site import Site
from wirepress.web.headers import is_host

HEAD, FOOT, HOSTS = "wirepress_head_html", "wirepress_foot_html", "wirepress_slot_hosts"
"""The options with the markup, and with the hosts that it may load scripts and styles from and speak to."""
_RUNNING: Final = ("", "module", "text/javascript", "application/javascript")
"""Types of scripts that browsers run; any other is data."""
_MOST_HOSTS: Final = 50


@dataclass(frozen=True, slots=True)
class Slots:
    """The markup of both slots, and the rules of the Content-Security-Policy that it changes."""

    head: str = ""
    foot: str = ""
    policy: Mapping[str, str] = field(default_factory=dict)


def slots_of(site: Site) -> Slots:
    """The slots of a site; without markup the policy stays as it is, whatever hosts are named."""
    head, foot = (_lines(str(site.option(name) or "")) for name in (HEAD, FOOT))
    if not head.strip() and not foot.strip():
        return Slots()
    hosts = [f"https://{host}" for host in hosts_of(str(site.option(HOSTS) or ""))]
    scripts = [*hosts, *hashes(head), *hashes(foot)]
    policy = {"script_src": " ".join(scripts) or "'none'"}
    if hosts:
        named = " ".join(hosts)
        policy |= {
            "connect_src": f"'self' {named}",
            "font_src": f"'self' {named}",
            "style_src": f"'self' 'unsafe-inline' {named}",
        }
    return Slots(head, foot, policy)


def hosts_of(text: str) -> list[str]:
    """The hosts that a text names, each once, with blanks or ends of lines between; what is no host is passed over."""
    named = (word.lower().removeprefix("https://").rstrip("/") for word in text.split())
    return list(dict.fromkeys(word for word in named if is_host(word)))[:_MOST_HOSTS]


def hashes(markup: str) -> list[str]:
    """The inline scripts of some markup as a policy names them (CSP 3, hash-source)."""
    found = _Inline()
    found.feed(markup)
    found.close()
    return list(dict.fromkeys(_hash(script) for script in found.scripts))


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _lines(text: str) -> str:
    """Ends of lines as browsers read them: they hash a script after that."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


class _Inline(HTMLParser):
    """Finds inline scripts.  Where it reads markup otherwise than a browser does, a script does not run, no more."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.scripts: list[str] = []
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        runs = (given.get("type") or "").strip().lower() in _RUNNING
        self._open = [] if tag == "script" and "src" not in given and runs else None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._open is not None:
            self.scripts.append("".join(self._open))
        self._open = None
