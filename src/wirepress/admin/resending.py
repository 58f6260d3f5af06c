"""A form that cannot be taken as it came, since the login has ended or the page was open for too long: it is kept on a
page from which it is sent once more, so that nothing of what was typed is lost.

Only what a page of ours has sent is kept so; what another site sends is refused.  Passwords and files are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wirepress.admin.forms import Values, sent_with
from wirepress.admin.pages import environment
from wirepress.content.languages import Language
from wirepress.content.newsroom import View
from wirepress.content.site import Site
from wirepress.model.errors import Invalid
from wirepress.model.web import Request, Response
from wirepress.url.parse import web_url
from wirepress.web.headers import Kind, guards

_SECRET = re.compile(r"pass|pwd|secret|code", re.IGNORECASE)


def comes_from_here(site: Site, request: Request) -> bool:
    """Whether a page of ours has sent a form, as browsers say it."""
    origin = request.headers.get("origin", "")
    there = web_url(origin)
    own_host = there is not None and there.authority == request.headers.get("host", "").lower()
    return own_host or (bool(origin) and origin in site.origins)


def page(view: View, request: Request, language: Language, *, nonce: str = "") -> Response | None:
    """The page with what was typed; with a nonce that holds for whoever is logged in, without one for who is not.

    None where there is nothing to keep: what came is empty or no form, not from here, or has files.
    """
    if request.method != "POST" or not comes_from_here(view.site, request):
        return None
    try:
        sent = sent_with(request)
    except Invalid:
        return None
    fields = list(_kept(sent))
    if not fields:
        return None
    words = {
        "language": language,
        "site": view.site,
        "admin": f"{view.site.base}/wp-admin/",
        "log_in": f"{view.site.base}/wp-login.php",
        "here": f"{view.site.base}{request.path}" + (f"?{request.query}" if request.query else ""),
        "nonce": nonce,
        "fields": fields,
        "is_short": len(fields) < sum(map(len, sent.pairs.values())) - len(sent.texts("_wpnonce")),
    }
    text = environment(language).get_template("resend.html").render(**words)
    headers = [("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store, private")]
    return Response(403 if nonce else 401, [*headers, *guards(Kind.ADMIN)], text.encode())


def _kept(sent: Values) -> Iterator[tuple[str, str]]:
    for name in sent.pairs:
        if name != "_wpnonce" and not _SECRET.search(name):
            yield from ((name, value) for value in sent.texts(name))
