"""Hostile spellings of addresses, and the host that a browser goes to that finds one on a page of `OWN`."""

from __future__ import annotations

OWN = "http://news.example/wp-login.php"

SPELLINGS: dict[str, str] = {
    # backslashes are slashes
    "http://evil.example\\@news.example/": "evil.example",
    "http://evil.example\\.news.example/": "evil.example",
    "http:\\\\evil.example/": "evil.example",
    "\\\\evil.example/": "evil.example",
    "/\\evil.example/": "evil.example",
    "\\/evil.example/": "evil.example",
    "https:\\/evil.example/": "evil.example",
    "http://evil.example\\\\@127.0.0.1/": "evil.example",
    # slashes too few and too many
    "//evil.example/": "evil.example",
    "///evil.example/": "evil.example",
    "https:/evil.example/": "evil.example",
    "https:evil.example": "evil.example",
    "https:////evil.example": "evil.example",
    "http:evil.example": "news.example",
    "http:/evil.example": "news.example",
    # tabs, ends of lines and other controls
    "ht\ntp://evil.example/": "evil.example",
    "h\tttps://evil.example/": "evil.example",
    "/\t/evil.example/": "evil.example",
    "/\n\\evil.example/": "evil.example",
    "\x00http://evil.example/": "evil.example",
    " \x1fhttp://evil.example/": "evil.example",
    "http://news.example\x00.evil.example/": "",
    "http://evil.example/\x00@news.example/": "evil.example",
    "http://evil.exa\rmple/": "evil.example",
    # who logs in, and where
    "http://news.example@evil.example/": "evil.example",
    "http://news.example:80@evil.example/": "evil.example",
    "http://127.0.0.1%2f@evil.example/": "evil.example",
    "http://news.example%40evil.example/": "",
    "http://news.example#@evil.example/": "news.example",
    "http://evil.example#@news.example/": "evil.example",
    "http://evil.example?@news.example/": "evil.example",
    "http://a:b@news.example:80@evil.example/": "evil.example",
    # names in other scripts, full-width letters and dots
    "http://ｅｖｉｌ．ｅｘａｍｐｌｅ/": "evil.example",
    "http://evil。example/": "evil.example",
    "http://evil%2eexample/": "evil.example",
    "http://EVIL.example/": "evil.example",
    "http://ev\u00adil.example/": "evil.example",
    "http://evil.example./": "evil.example.",
    "http://evil.example:80:443/": "",
    "http://exämple.evil.example/": "xn--exmple-cua.evil.example",
    "http://\u202eevil.example/": "",
    "http://xn--/": "",
    # numbers
    "http://127.0.0.1/": "127.0.0.1",
    "http://127.1/": "127.0.0.1",
    "http://2130706433/": "127.0.0.1",
    "http://0x7f000001/": "127.0.0.1",
    "http://0x7f.1/": "127.0.0.1",
    "http://017700000001/": "127.0.0.1",
    "http://0177.0.0.1/": "127.0.0.1",
    "http://127.0.0.1./": "127.0.0.1",
    "http://１２７．０．０．１/": "127.0.0.1",
    "http://①②⑦.0.0.1/": "127.0.0.1",
    "http://0/": "0.0.0.0",
    "http://256.1.1.1/": "",
    "http://1.2.3.4.5/": "",
    "http://[::1]/": "[::1]",
    "http://[::ffff:127.0.0.1]/": "[::ffff:7f00:1]",
    "http://[0:0:0:0:0:ffff:7f00:1]/": "[::ffff:7f00:1]",
    "http://[::127.0.0.1]/": "[::7f00:1]",
    "http://[fe80::1%25eth0]/": "",
    "http://[fe80::1%eth0]/": "",
    "http://[::1/": "",
    "http://::1/": "",
    # ports
    "http://evil.example:99999/": "",
    "http://evil.example:0/": "",
    "http://evil.example:-1/": "",
    "http://evil.example:８０/": "",
    "http://evil.example:/": "evil.example",
    "http://evil.example:080/": "evil.example",
    # no address of the web at all
    "javascript:alert(1)": "",
    "java\tscript:alert(1)": "",
    "\x01javascript:alert(1)": "",
    "JaVaScRiPt://news.example/%0aalert(1)": "",
    "data:text/html,<script>alert(1)</script>": "",
    "file:///etc/passwd": "",
    "blob:http://news.example/1": "",
    "view-source:http://news.example/": "",
    "http://": "",
    "http://.../": "",
    "http://\ud800.example/": "",
    "http://evil.example/\udfff": "",
    f"http://{'a' * 300}.example/": "",
    f"http://news.example/{'a' * 9000}": "",
    f"http://{'evil.' * 4000}example/": "",
}
"""By spelling; "" where no browser asks anybody."""

PRIVATE = [text for text, host in SPELLINGS.items() if host[:1].isdigit() or host.startswith("[")]
"""Those that stand for an address that is nobody's but this machine's."""


def name_of(text: str) -> str:
    """A short name for a test."""
    return ascii(text)[:50]
