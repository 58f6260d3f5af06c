"""The configuration of a front cache, as `wirepress front` prints it: the rules of our own edge (`app.personal`),
written for nginx and for Varnish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Final
from urllib.parse import urlsplit

from wirepress.app import front
from wirepress.app.front.fronts import LEASE
from wirepress.app.front.port import PURGE, addresses_of
from wirepress.app.personal import COOKIES, PERSONAL
from wirepress.app.settings import Settings
from wirepress.model.errors import Invalid

FILES: Final[Mapping[str, str]] = {"nginx": "nginx.conf", "varnish": "varnish.vcl"}
_PLACE: Final = re.compile(r"\{\{([a-z_]+)\}\}")
_TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/=-]*")
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.:\[\]_-]+")
_FOLDER: Final = re.compile(r"/[\w./+-]*")


def configuration(settings: Settings, kind: str, *, listen: str, cache: str = "/var/cache/nginx/wirepress") -> str:
    """The configuration of a kind of front (`nginx`, `varnish`) that listens at an address and stands before a site.
    Raises Invalid where a setting cannot stand in it."""
    if kind not in FILES:
        raise Invalid("bad_front", f"there is no configuration for {kind}; there are {' and '.join(FILES)}")
    if not _TOKEN.fullmatch(settings.front_token):
        raise Invalid("bad_setting", "front_token may hold letters, digits and . _ ~ + / = - only")
    purge = addresses_of(settings)[0] if settings.front else PURGE
    host, port = f"[{settings.host}]" if ":" in settings.host else settings.host, str(settings.port)
    values = {
        "listen": _address(listen),
        "cache": _folder(cache),
        "origin": f"{host}:{port}",
        "origin_host": settings.host,
        "origin_port": port,
        "purge": _address(urlsplit(purge).netloc),
        "token": settings.front_token,
        "lease": str(LEASE),
        "cookies": "|".join(part.decode() for part in COOKIES),
        "personal": _WRITTEN[kind](_names()),
    }
    text = (files(front) / FILES[kind]).read_text("utf-8")
    return _PLACE.sub(lambda found: values[found[1]], text)


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise Invalid("bad_setting", f"{text!r} is no address to listen at")
    return text


def _folder(text: str) -> str:
    if not _FOLDER.fullmatch(text):
        raise Invalid("bad_setting", f"{text!r} is no folder, from the root on, of letters, digits and . _ + - / only")
    return text


def _names() -> list[str]:
    """The headers that make a request one's own, but for the one whose value counts."""
    return sorted(name.decode() for name in PERSONAL - {b"content-length"})


def _of_nginx(names: list[str]) -> str:
    return "".join(f"$http_{name.replace('-', '_')}" for name in names)


def _of_varnish(names: list[str]) -> str:
    return "".join(f" || req.http.{name}" for name in names)


_WRITTEN: Final = {"nginx": _of_nginx, "varnish": _of_varnish}
