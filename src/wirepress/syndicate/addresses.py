"""Addresses made comparable, and cleared of what only tracks readers."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

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
_CONTROLS = dict.fromkeys((*range(32), 127))
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/?#]*", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)


def _tracks(name: str) -> bool:
    folded = name.lower()
    return folded in _TRACKING or folded.startswith(_TRACKING_START)


def without_tracking(url: str) -> str:
    """The address with parameters that track readers taken out; otherwise as it was."""
    if "?" not in url and "#" not in url:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = "&".join(
        piece for piece in parts.query.split("&") if piece and not _tracks(piece.partition("=")[0].removeprefix("amp;"))
    )
    fragment = "" if any(_tracks(name) for name, _ in parse_qsl(parts.fragment)) else parts.fragment
    return urlunsplit((parts.scheme, parts.netloc, parts.path, kept, fragment))


def url_key(url: str) -> str:
    """What two addresses of one article have in common; empty for what is no http(s) address.

    Scheme, `www.`, default port, trailing slash, index file, order of parameters, fragment and tracking do not tell
    articles apart; a fragment that a script routes by (`#!`) does.
    """
    try:
        parts = urlsplit(without_tracking(url.translate(_CONTROLS).strip()))
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    path = _INDEX.sub("/", _SESSION.sub("", parts.path.replace("\\", "/"))).rstrip("/") or "/"
    authority = host if port in (None, 80, 443) else f"{host}:{port}"
    try:
        whole = canonicalize_url(
            urlunsplit(("http", authority, path, parts.query, fragment)), keep_blank_values=False, keep_fragments=True
        )
    except ValueError:
        return ""
    return str(whole).removeprefix("http://")
