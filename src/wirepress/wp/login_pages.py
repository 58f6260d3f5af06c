"""The pages of logging in, as HTML: forms with WordPress's field names, no script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape, unescape
from string import Template

from wirepress.content.languages import Language, language_of
from wirepress.content.locales import NAMES
from wirepress.content.site import Site
from wirepress.model.user import User
from wirepress.model.web import Response
from wirepress.web.headers import Kind, guards
from wirepress.wp.form import Variables

Headers = list[tuple[str, str]]

UNCACHED: Headers = [
    ("Expires", "Wed, 11 Jan 1984 05:00:00 GMT"),
    ("Cache-Control", "no-cache, must-revalidate, max-age=0, no-store, private"),
]
_PAGE = Template("""<!DOCTYPE html>
<html lang="$language" dir="$direction">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, noarchive">
<title>$title &lsaquo; $site</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 22rem; margin: 12vh auto; padding: 0 1rem; color: #1e1e1e;
background: #f6f7f7; }
h1 { font-size: 1.3rem; } h1 a { color: inherit; text-decoration: none; }
h1, .error, .message { overflow-wrap: anywhere; }
a { color: #3858e9; } :focus-visible { outline: 2px solid #3858e9; outline-offset: 2px; }
form { background: #fff; border: 1px solid #dcdcde; border-radius: 6px; padding: .4rem 1.25rem 1.25rem; }
label { display: block; margin-top: 1rem; }
input[type=text], input[type=password] { width: 100%; box-sizing: border-box; font: inherit; color: inherit;
padding: .45rem; border: 1px solid #8c8f94; border-radius: 4px; background: none; }
input[type=checkbox] { width: 18px; height: 18px; margin: 0; vertical-align: -3px; accent-color: #3858e9; }
button { font: inherit; margin: 1.2rem 0 0; margin-inline-end: .5rem; padding: .45rem 1.2rem; cursor: pointer;
border: 1px solid #3858e9; border-radius: 4px; background: #3858e9; color: #fff; }
button:hover { background: #2145c9; } button + button { background: none; color: #3858e9; }
.error, .message { border-inline-start: 4px solid #b3261e; padding: .6rem .8rem; background: #fff; }
.message { border-color: #3858e9; } code { font-size: 1.05rem; user-select: all; }
@media (prefers-color-scheme: dark) {
:root { color-scheme: dark; } body { background: #141517; color: #ededed; }
form, .error, .message { background: #1e1f22; } form { border-color: #36383d; }
a { color: #8ea2ff; } :focus-visible { outline-color: #8ea2ff; }
button, button:hover { background: #8ea2ff; border-color: #8ea2ff; color: #10131f; }
button + button { background: none; color: #8ea2ff; }
.error { border-color: #ff9d94; } .message { border-color: #8ea2ff; }
}
</style>
</head>
<body class="$kind">
<main>
<h1><a href="$home">$site</a></h1>
$body
</main>
</body>
</html>
""")


def language_for(site: Site, asked: Variables, user: User | None = None) -> Language:
    """The language of a page: the user's once it is known who they are, else what the address or the site says.

    As determine_locale: `wp_lang` is where somebody comes from who has logged out.
    """
    wanted = user.locale if user else asked.text("wp_lang")
    return language_of(wanted if wanted in NAMES else site.locale)


def page(
    site: Site, language: Language, title: str, body: str, *, status: int = 200, kind: str = "", interim: bool = False
) -> Response:
    """A page of logging in; `interim`: a screen of this site asks for it in a frame."""
    name = unescape(str(site.option("blogname"))) or site.host
    words = {"title": title, "site": name, "home": site.home + "/", "kind": f"login {kind}".strip()}
    words |= {"language": language.tag, "direction": language.direction}
    text = _PAGE.substitute({key: escape(value) for key, value in words.items()}, body=body)
    guarded = guards(Kind.INTERIM_LOGIN if interim else Kind.LOGIN)
    headers = [("Content-Type", "text/html; charset=UTF-8"), *UNCACHED, *guarded]
    return Response(status, headers, text.encode("utf-8", "replace"))


def towards(address: str, *lines: tuple[str, str]) -> Response:
    """A redirect that nobody keeps."""
    headers = [("Content-Type", "text/html; charset=UTF-8"), *UNCACHED, ("X-Redirect-By", "WordPress")]
    return Response(302, [*headers, *lines, ("Location", address)])


def form(action: str, fields: str, buttons: str, *, hidden: Mapping[str, str], kind: str = "loginform") -> str:
    """A form that is posted; `fields` and `buttons` are HTML."""
    head = f'<form name="{kind}" id="{kind}" action="{escape(action)}" method="post">'
    return f"{head}\n{fields}\n{_hidden(hidden)}\n{buttons}\n</form>"


def button(words: str) -> str:
    return f'<button type="submit" name="wp-submit" id="wp-submit" value="1">{escape(words)}</button>'


def _hidden(fields: Mapping[str, str]) -> str:
    return "\n".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in fields.items()
    )


def text_field(name: str, label: str, identity: str, *, value: str = "", complete: str = "username") -> str:
    return (
        f'<label for="{identity}">{escape(label)}</label>\n<input type="text" name="{name}" id="{identity}"'
        f' value="{escape(value)}" autocomplete="{complete}" autocapitalize="off" required>'
    )


def password_field(name: str, label: str, identity: str, *, complete: str = "current-password") -> str:
    return (
        f'<label for="{identity}">{escape(label)}</label>\n<input type="password" name="{name}" id="{identity}"'
        f' autocomplete="{complete}" spellcheck="false" required>'
    )


def notices(errors: Iterable[str] = (), messages: Iterable[str] = ()) -> str:
    """Errors and messages above a form."""
    lines = [f'<p class="error" id="login_error" role="alert">{escape(error)}</p>' for error in errors]
    return "\n".join(lines + [f'<p class="message">{escape(message)}</p>' for message in messages])


def link(address: str, words: str) -> str:
    return f'<p><a href="{escape(address)}">{escape(words)}</a></p>'


def login_form(
    site: Site,
    language: Language,
    *,
    login: str,
    hidden: Mapping[str, str],
    remember: bool,
    errors: Iterable[str],
    messages: Iterable[str],
    more: str = "",
) -> Response:
    """The form of name and password, with `more` HTML below."""
    address = f"{site.base}/wp-login.php"
    checked = " checked" if remember else ""
    stay = escape(language.text("Stay logged in"))
    fields = "\n".join(
        (
            text_field("log", language.text("Username or email address"), "user_login", value=login),
            password_field("pwd", language.text("Password"), "user_pass"),
            f'<label><input name="rememberme" type="checkbox" value="forever"{checked}> {stay}</label>',
        )
    )
    interim = "interim-login" in hidden
    lost = "" if interim else link(f"{address}?action=lostpassword", language.text("Lost your password?"))
    asked = form(address, fields, button(language.text("Log in")), hidden={**hidden, "testcookie": "1"})
    body = f"{notices(errors, messages)}\n{asked}\n{lost}{more}"
    kind = "interim-login" if interim else "login-action"
    return page(site, language, language.text("Log in"), body, kind=kind, interim=interim)
