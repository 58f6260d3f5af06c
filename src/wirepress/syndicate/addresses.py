"""Addresses made comparable, and cleared of what only tracks readers."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlunsplit

from w3lib.url import canonicalize_url

from wirepress.url.parse import web_url

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
    articles apart; a fragment that a script routes by (`#!`) does.
    """
    found = web_url(without_tracking(url.strip()))
    host = found.host.rstrip(".").removeprefix("www.") if found else ""
    if found is None or not host:
        return ""
    fragment = found.fragment if found.fragment.startswith("!") else ""
    path = _INDEX.sub("/", _SESSION.sub("", found.path)).rstrip("/") or "/"
    bare = not found.query and not fragment and _PLAIN_PATH.fullmatch(path) is not None
    authority = host if found.port in (None, 80, 443) else f"{host}:{found.port}"
    if bare:  # as most are: nothing in it could be written in two ways
        return f"{authority}{path}"
    try:
        whole = canonicalize_url(
            urlunsplit(("http", authority, path, found.query, fragment)), keep_blank_values=False, keep_fragments=True
        )
    except ValueError:
        return ""
    return str(whole).removeprefix("http://")
