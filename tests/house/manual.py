"""The reference pages, written from what they describe: `python -m tests.house.manual` writes them anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

import typer.main

from tests.house.tree import ROOT
from wirepress.app.settings import FILE, described
from wirepress.cli.main import app
from wirepress.site import context

SETTINGS = ROOT / "docs" / "settings.md"
CLI = ROOT / "docs" / "cli.md"
THEMES = ROOT / "docs" / "themes.md"

ABOUT_SETTINGS = f"""\
# Settings

A site's settings stand in `{FILE}` in its folder (TOML, one `name = value` a line). A variable of the environment wins
over the file, a flag of the command over both. Sizes are bytes, times seconds unless a setting says otherwise. What
the site shows to its readers is not set here: those are options (`wirepress option`), kept in the database.

A setting that does not exist, or a value that cannot be, ends the command with one line that names it.
The file may hold passwords, so `init` writes it for its own account alone: run `init` as who runs `serve`.
"""

ABOUT_CLI = f"""\
# The command line

`wirepress --site DIR COMMAND`; the folder can also stand in `WIREPRESS_SITE`, and is the current one where neither is
given. `-h` after any command says what it takes. Results go to standard output, progress and failures to standard
error, a failure as one line. Bars show the progress of what takes longer than a second.

Exit codes, which stay as they are: 0 done; 1 it could not be done, or something of it; 2 the folder is missing or no
site of ours (no `{FILE}`), or the command was not understood; 130 interrupted. With 1 nothing was changed, but where a
command works through a list (`pull`, `media import`, `due run`, `search-replace`): that says how far it came. What
takes several ids does something with all of them or none, and names each with which it cannot (`error.data.failed` in
JSON).

With `--json` standard output holds one JSON document and nothing else: what was asked for, or an object with what was
done, or `{{"error": {{"code": ..., "message": ...}}}}` with the exit codes above. `code` is a word that stays as it is,
WordPress's own where it has one; `message` is for people and may change.

`--user` has a command act as one of the site's users, with what they may do, and the log of changes name them;
without it the site itself acts, which may do everything. `--yes` answers what a command asks before it deletes or
replaces something for good; where nobody can be asked, it ends without it.

`wirepress --install-completion` has the shell complete commands and options (bash, zsh, fish, PowerShell);
`--show-completion` prints what it would install.
"""

ALL_TAKE = """Each command takes `--json` and `--quiet` as well, and `-h`.
"""
EXAMPLE = "Example: "
SHARED = ("--json", "--quiet")
"""Options that every command takes."""


HARDENED = """\
## A hardened site

By default a site answers as WordPress does. With `hardened = true` it closes what WordPress leaves open:

- Users over the API: the anonymous get 401 `rest_user_cannot_view` where WordPress lists whoever has published
  something. Under `_embed` the same error stands for the author.
- `?author=N` is not found, where WordPress leads to the author's page and so tells his login. `/author/name/` stays,
  and so do bylines.
- The sitemap has no users.
- A search of comments looks at e-mail and network addresses for those who moderate only, where WordPress lets everybody
  guess them.
- oEmbed's `author_name` and `author_url` are the site's.
- Requests of pages of other origins get `Access-Control-Allow-Origin: *` without credentials, where WordPress names
  the origin and lets it come with credentials. The site's own origin is answered as before.
- XML-RPC is off: fault 405, and no page names it ([xmlrpc.md](xmlrpc.md)).
- Application passwords over plain HTTP are refused, right or wrong: 403 `rest_application_passwords_insecure`. None
  are made by `authorize-application.php` over plain HTTP.

Behind a proxy that speaks https with readers, name it in `proxies`; otherwise every request counts as plain HTTP.
"""

IDENTITIES = """\
## Logging in

`/wp-login.php` asks for name (or e-mail address) and password, and sets cookies under WordPress's names: HttpOnly,
`SameSite=Lax`, and `Secure` wherever the site's address is https or the request came over it. A login lasts as long as
the browser, at most two days, or fourteen where "Stay logged in" is ticked; a user has a hundred at most. It ends by
logging out (everywhere the cookie was copied to) and with a new password. Over the API a cookie counts with a nonce
only (`X-WP-Nonce` or `_wpnonce`), which `/wp-admin/admin-ajax.php?action=rest-nonce` gives; it holds for half a day to
a day.

Programs use application passwords over Basic. Users make them over the API, or agree to what a program asks for at
`/wp-admin/authorize-application.php`, which hands them over to https addresses, a program's own scheme or this very
machine only.

A lost password is replaced by a link that goes to the account's address (settings `mail` and `mail_from`; with `log`
it stands in the log, for whoever runs the server). The link holds for a day and once, and a newer one takes its place.

All of this is signed with the option `wirepress_secret`, which `init` makes and no import replaces. A new one
(`wirepress option set wirepress_secret ...`, something long and random) ends all logins, nonces and links.

Over plain HTTP passwords and cookies can be read on the way: on any network but the machine's own put a proxy with
https in front and name it in `proxies`.
"""

LIMITS = """\
## Wrong passwords

Guesses at passwords are bounded, and those beyond refused unverified (429 with `Retry-After`); how much an attacker
learns, and why none locks an owner out, stands in [security.md](security.md). Nothing is to be set: the counts are in
the database, for all processes and servers of a site together, and a restart forgets nothing. Behind a proxy name it in
`proxies`, or all the world is one network. Where mails go to the log only (`mail`), `wirepress user unlock LOGIN` lets
an account's owner in on a device that it does not know. While `now` stands still no count ends.
"""


WRITTEN = "<!-- From here on the page is written by `python -m tests.house.manual`. -->\n"
GIVEN = """\

## What templates are given

Every template is given `site` ([Site](#site)) and `head` ([Head](#head)), and what its own table names. Every name is
always given; what there is none of is `""`, `None` or an empty list, as its type says. A value whose name ends in
`_html` is markup that was cleaned when it was saved (`{{ story.title_html|safe }}`); every other value is text.
"""


def settings_page() -> str:
    """docs/settings.md."""
    rows = ["| setting | default | environment | what it does |", "|---|---|---|---|"]
    for name, default, words in described():
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        rows.append(f"| `{name}` | {f'`{shown}`' if shown else 'empty'} | `WIREPRESS_{name.upper()}` | {words} |")
    return "\n".join((ABOUT_SETTINGS, "\n".join(rows) + "\n", IDENTITIES, LIMITS, HARDENED))


def cli_page() -> str:
    """docs/cli.md."""
    root = typer.main.get_command(app)
    parts = [ABOUT_CLI, "## wirepress\n\n" + _options(root), ALL_TAKE]
    for words, command in commands(root):
        arguments = "".join(f" {_argument(p)}" for p in command.params if p.param_type_name == "argument")
        parts.append(f"## wirepress {' '.join(words)}\n\n    wirepress {' '.join(words)}{arguments} [OPTIONS]\n")
        parts.append("\n\n".join(" ".join(p.split()) for p in _words(command)) + "\n")
        if example := example_of(command):
            parts.append(f"    {example}\n")
        parts.append(_options(command, SHARED))
    return "\n".join(part for part in parts if part)


def themes_page() -> str:
    """docs/themes.md: what is written there by hand, and what templates are given."""
    written = THEMES.read_text("utf-8").partition(WRITTEN)[0]
    parts = [written + WRITTEN, GIVEN]
    for template, table in context.TEMPLATES.items():
        parts.append(f"### {template}\n\n" + _given(table))
    parts += [f"### {table.__name__}\n\n{table.__doc__}\n\n" + _given(table) for table in context.TABLES]
    return "\n".join(parts)


def _given(table: type) -> str:
    rows = ["| name | type | |", "|---|---|---|"]
    rows += [f"| `{name}` | {_typed(kind)} | {words} |" for name, kind, words in context.described(table)]
    return "\n".join(rows) + "\n"


def _typed(kind: Any) -> str:
    """A type in words; a table is led to."""
    words = {str: "text", int: "number", bool: "yes or no", type(None): "None"}
    if kind in words:
        return words[kind]
    inner = [_typed(one) for one in get_args(kind)]
    if not inner:
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    if get_origin(kind) is list:
        return f"list of {inner[0]}"
    if get_origin(kind) is dict:
        return f"{inner[1]} by name"
    return f"pair of {inner[0]}" if get_origin(kind) is tuple else " or ".join(inner)


def commands(command: Any, *before: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The commands under `command`, each with the words that call it."""
    below = getattr(command, "commands", None)
    if below is None:
        yield before, command
        return
    for name, part in below.items():
        yield from commands(part, *before, name)


def _words(command: Any) -> list[str]:
    """What a command's help says, in paragraphs, without the example."""
    return [text for text in (command.help or "").split("\n\n") if not text.strip().startswith(EXAMPLE)]


def example_of(command: Any) -> str:
    """The example that a command's help ends with, as it is typed; "" where it has none."""
    last = (command.help or "").split("\n\n")[-1].strip()
    return " ".join(last.removeprefix(EXAMPLE).split()) if last.startswith(EXAMPLE) else ""


def _argument(param: Any) -> str:
    name = param.metavar or param.name.upper()
    return name if param.required else f"[{name}]"


def _options(command: Any, besides: Sequence[str] = ()) -> str:
    rows = ["| option | default | what it does |", "|---|---|---|"]
    for param in command.params:
        if param.param_type_name != "option" or param.name in {"install_completion", "show_completion"}:
            continue
        if param.opts[0] in besides:
            continue
        names = ", ".join(f"`{name}`" for name in (*param.opts, *param.secondary_opts))
        given = param.default if param.default not in (None, "", False) and not callable(param.default) else ""
        given = getattr(given, "value", given)
        kind = param.type_descriptor.annotation
        values = [str(one.value) for one in kind] if isinstance(kind, type) and issubclass(kind, Enum) else []
        choices = f" One of {', '.join(f'`{value}`' for value in values)}." if values else ""
        shown = str(given).lower() if isinstance(given, bool) else str(given)
        default = f"`{shown}`" if shown else ""
        if param.required:
            default = "must be given"
        rows.append(f"| {names} | {default} | {param.help}{choices} |")
    return "\n".join(rows) + "\n" if len(rows) > 2 else ""


def write() -> None:
    """Writes all of them."""
    for path, page in ((SETTINGS, settings_page()), (CLI, cli_page()), (THEMES, themes_page())):
        Path(path).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    write()
