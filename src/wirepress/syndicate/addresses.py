"""Addresses made comparable, and cleared of what only tracks readers."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlunsplit

from w3lib.url import canonicalize_url

from wirepress.url.parse import Url, web_url

# Parameters that name a campaign, a click or a reader, never an article.
_TRACKING = frozenset((
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid",
    "igshid", "igsh", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "hsctatracking",
    "vero_id", "vero_conv", "oly_anon_id", "oly_enc_id", "rb_clickid", "s_cid", "s_kwcid", "wickedid", "_openstat",
    "ns_mchannel",
    "ns_source",
    "ns_campaign", "ns_linkname", "ns_fee", "at_medium", "at_campaign", "at_custom1", "at_custom2", "at_custom3",
    "at_custom4", "at_link_id", "at_link_type", "at_link_origin", "at_format", "at_ptr_name", "at_bbc_team", "xtor",
    "cmpid", "cmp", "icid", "ito", "ftag", "smid", "smtyp", "partner", "ocid", "cvid", "spm", "scm", "soc_src",
    "soc_trk", "guccounter", "guce_referrer", "guce_referrer_sig", "ncid", "sr_share", "shareid", "share_id",
    "__twitter_impression", "amp_js_v", "usqp", "wt_mc", "wt_zmc", "trk", "trkcampaign", "sref", "srnd", "taid",
    "ref_src", "ref_url", "referrer", "ceid", "emci", "emdi", "elqtrackid", "elqtrack", "gaa_at", "gaa_n", "gaa_ts",
    "gaa_sig", "mibextid", "_ga", "_gl", "piwik_campaign", "piwik_kwd", "mtm_campaign", "mtm_source", "mtm_medium",
    "feedtype", "feedname", "feature_share",
))  # fmt: skip
_TRACKING_START = ("utm_", "pk_", "hsa_", "stm_", "sc_", "bxid", "ga_")
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/?#]*", re.IGNORECASE)
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/._~-]*")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_SMALL_SCREENS = frozenset(("m", "mobile", "amp"))
"""Labels of hosts that show the same articles to other devices, at the front or behind a language (`de.m.`)."""
_AMP_FRONT = re.compile(r"^/amp(?=/[^/])", re.IGNORECASE)
_AMP_END = re.compile(r"(?<=[^/])(?:/amp/?|\.amp)$|\.amp(?=\.html?$)", re.IGNORECASE)
_AMP_SAYS = re.compile(
    r"_?(?:is)?amp(?:=(?:1|true|yes|on|amp)?)?|(?:output|outputtype|format|view|mode|type)=amp", re.IGNORECASE
)
# Copies of others' pages: Google's cache of them, and its viewer.
_AMP_CACHE = re.compile(r"/[a-z](?:/s)?/(?=[^/]*\.)(.+)", re.IGNORECASE)
_AMP_VIEWER = re.compile(r"/amp(?:/s)?/(?=[^/]*\.)(.+)", re.IGNORECASE)
_GOOGLE = re.compile(r"google\.[a-z]{2,3}(?:\.[a-z]{2})?")
_COPIES = 3
"""Copies of copies that are looked through."""


def _tracks(name: str) -> bool:
    folded = name.lower()
    return folded in _TRACKING or folded.startswith(_TRACKING_START)


def without_tracking(url: str) -> str:
    """The address with parameters that track readers taken out; otherwise as it was."""
    if "?" not in url and "#" not in url:
        return url
    front, _, fragment = url.partition("#")
    place, _, query = front.partition("?")
    kept = "&".join(
        piece for piece in query.split("&") if piece and not _tracks(piece.partition("=")[0].removeprefix("amp;"))
    )
    if any(_tracks(name) for name, _ in parse_qsl(fragment)):
        fragment = ""
    return "".join((place, f"?{kept}" if kept else "", f"#{fragment}" if fragment else ""))


def url_key(url: str) -> str:
    """What two addresses of one article have in common; empty for what is no http(s) address.

    Scheme, `www.`, default port, trailing slash, index file, order of parameters, fragment and tracking do not tell
    articles apart, nor do the forms for small screens (`m.`, `mobile.`, AMP and its caches); a fragment that a script
    routes by (`#!`) does.
    """
    found = web_url(without_tracking(url.strip()))
    for _ in range(_COPIES):
        found = _copied(found) or found
    if found is None or (host := _host(found.host)) == "":
        return ""
    fragment = found.fragment if found.fragment.startswith("!") else ""
    path = _path(found.path)
    query = _without_amp(found.query)
    bare = not query and not fragment and _PLAIN_PATH.fullmatch(path) is not None
    authority = host if found.port in (None, 80, 443) else f"{host}:{found.port}"
    if bare:  # as most are: nothing in it could be written in two ways
        return f"{authority}{path}"
    try:
        whole = canonicalize_url(
            urlunsplit(("http", authority, path, query, fragment)), keep_blank_values=False, keep_fragments=True
        )
    except ValueError:
        return ""
    return str(whole).removeprefix("http://")


def _host(host: str) -> str:
    """A host without what says for which devices it is."""
    labels = host.rstrip(".").split(".")
    while len(labels) > 2 and labels[0] in ("www", *_SMALL_SCREENS):
        del labels[0]
    if len(labels) > 3 and labels[1] in _SMALL_SCREENS:
        del labels[1]
    return ".".join(labels).removeprefix("www.")


def _path(path: str) -> str:
    path = _SESSION.sub("", path)
    while (shorter := _INDEX.sub("/", _AMP_END.sub("", _AMP_FRONT.sub("", path)))) != path:
        path = shorter
    return path.rstrip("/") or "/"


def _without_amp(query: str) -> str:
    if "amp" not in query.lower():
        return query
    return "&".join(piece for piece in query.split("&") if not _AMP_SAYS.fullmatch(piece))


def _copied(url: Url | None) -> Url | None:
    """The address that a cache of AMP pages has copied; None where it is none."""
    if url is None:
        return None
    host, found = _host(url.host), None
    if host.endswith(".cdn.ampproject.org"):
        found = _AMP_CACHE.fullmatch(url.path)
    elif _GOOGLE.fullmatch(host):
        found = _AMP_VIEWER.fullmatch(url.path)
    asked = f"?{url.query}" if url.query else ""
    return web_url(without_tracking(f"https://{found[1]}{asked}")) if found else None
