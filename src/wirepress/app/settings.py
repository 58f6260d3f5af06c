"""The settings of one site: `wirepress.toml` in its folder, then `WIREPRESS_*` in the environment, then flags."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wirepress import __version__
from wirepress.model.errors import Invalid

FILE = "wirepress.toml"
WHOLE = re.compile(r"-?[0-9]{1,18}")


def setting(default: Any, description: str, bounds: tuple[int, int] | None = None) -> Any:
    """A field of Settings with the words that docs/settings.md shows for it, and the least and most of a number."""
    return field(default=default, metadata={"description": description, "bounds": bounds})


MUCH = 1 << 40
"""More bytes or milliseconds than anybody means."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set.  Sizes are bytes, times seconds."""

    folder: Path
    database: str = setting("", "SQLAlchemy URL of the database; empty: `wirepress.sqlite` in the site's folder.")
    uploads: str = setting("uploads", "Folder of uploaded files, seen from the site's folder.")
    host: str = setting("127.0.0.1", "Address to listen on.")
    port: int = setting(8080, "Port to listen on; 0: one that is free.", (0, 65535))
    workers: int = setting(1, "Web processes.", (1, 256))
    threads: int = setting(
        2, "Threads (and database connections) of a web process for answers that are not kept.", (1, 256)
    )
    write_threads: int = setting(
        8, "Threads of a web process for what changes something; those that wait share one wait for the disk.", (1, 256)
    )
    answers_memory: int = setting(48 << 20, "Most memory a web process spends on whole kept answers.", (0, MUCH))
    documents_memory: int = setting(32 << 20, "Most memory a web process spends on encoded items.", (0, MUCH))
    body_limit: int = setting(
        64 << 20,
        "Largest request body: that of an uploaded file; for others see [security.md](security.md#bodies).",
        (0, MUCH),
    )
    import_limit: int = setting(
        1 << 30,
        "Largest WordPress database (SQLite) that administrators may upload to import it; 0: none is taken.",
        (0, MUCH),
    )
    proxies: str = setting(
        "",
        "Addresses and networks of proxies, separated by commas, whose `X-Forwarded-For` and `X-Forwarded-Proto` are"
        " believed; nobody else's are.",
    )
    metrics_token: str = setting(
        "",
        "Who bears this token may read `/-/metrics`; empty: this machine alone may, and nobody behind a proxy on it.",
    )
    front: str = setting(
        "",
        "The front cache before this site, which keeps answers and is told what was written: `nginx`, `varnish`,"
        " `fastly`, `cloudflare` or `bunny`; see [front.md](front.md).",
    )
    front_purge: str = setting(
        "",
        "Addresses at which fronts are told what was written, separated by commas; empty: `http://127.0.0.1:6081/` for"
        " nginx and Varnish.",
    )
    front_token: str = setting("", "A word that purges bear, so that a front knows who sends them.")
    hardened: bool = setting(False, "Closes what WordPress leaves open to strangers; see below.")
    mail: str = setting(
        "log",
        "Where mails go: `log`, or a server: `smtp://user:password@host:587` (with STARTTLS), `smtps://...`.",
    )
    mail_from: str = setting("Wirepress <wirepress@localhost>", "The sender of mails.")
    address: str = setting("", "The site's address where it follows the server (a demo); stands for `home`.")
    now: str = setting("", "Freezes the content's time at this moment (ISO 8601); nothing is scheduled then.")
    pull: bool = setting(True, "Whether `serve` polls the sources.")
    pull_sources: int = setting(8, "Sources that a worker looks at side by side.", (1, 64))
    pull_sources_host: int = setting(2, "... and how many of them may be of one host.", (1, 64))
    pull_seconds: int = setting(
        60, "Seconds of a look at a source, after which it goes on in its next turn.", (1, 3600)
    )
    pull_pages: int = setting(100, "Answers that a look at a source fetches before it waits likewise ...", (1, MUCH))
    pull_bytes: int = setting(50_000_000, "... and bytes of them.", (1, MUCH))
    websub: bool = setting(
        True, "Whether hubs that feeds name are asked to tell of news, where the site's address can be reached by them."
    )
    allow_private: str = setting(
        "", "Hosts, addresses and networks (`127.0.0.0/8`), separated by commas, that may be fetched although private."
    )
    fetch_delay: int = setting(500, "Milliseconds between two requests to one host.", (0, MUCH))
    user_agent: str = setting(
        f"Wirepress/{__version__} (+https://wirepress.example)", "How the fetcher introduces itself."
    )
    bench: str = setting("", "For measuring only: `fresh` drops known answers, `cold` encoded items and cards as well.")

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.folder / 'wirepress.sqlite'}"

    @property
    def uploads_folder(self) -> Path:
        return self.folder / self.uploads

    def moment(self) -> datetime | None:
        """The frozen time, aware and in UTC; None when time runs.  Raises Invalid for what is no time."""
        if not self.now:
            return None
        try:
            moment = datetime.fromisoformat(self.now)
        except ValueError:
            raise Invalid("bad_setting", f"now = {self.now!r} is not an ISO 8601 time") from None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)


def load(folder: Path, environ: Mapping[str, str] = os.environ, flags: Mapping[str, Any] | None = None) -> Settings:
    """The settings of the site in `folder`.  Raises Invalid with one line that names the file and the setting."""
    path = folder / FILE
    written = read_toml(path, "bad_setting")
    known = {f.name: f for f in fields(Settings) if f.name != "folder"}
    if unknown := sorted(set(written) - set(known)):
        raise Invalid("bad_setting", f"{path}: no such setting: {', '.join(unknown)}")
    chosen: dict[str, Any] = dict(written)
    chosen.update({n: environ[f"WIREPRESS_{n.upper()}"] for n in known if f"WIREPRESS_{n.upper()}" in environ})
    chosen.update({n: v for n, v in (flags or {}).items() if v is not None})
    values = {n: typed(n, v, type(known[n].default)) for n, v in chosen.items()}
    for name, value in values.items():
        check_bounds(name, value, known[name].metadata["bounds"])
    return replace(Settings(folder), **values)


def read_toml(path: Path, code: str) -> dict[str, Any]:
    """What a file says, nothing where there is none.  Raises Invalid of this code for what cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(code, f"{path}: {error}") from None
    except OSError as error:
        raise Invalid(code, f"{path}: {error.strerror}") from None


def check_bounds(name: str, value: Any, bounds: tuple[int, int] | None) -> None:
    """Raises Invalid for a number that is out of its bounds."""
    if bounds is not None and not bounds[0] <= value <= bounds[1]:
        raise Invalid("bad_setting", f"{name} = {value} is not between {bounds[0]} and {bounds[1]}")


def described() -> list[tuple[str, Any, str]]:
    """Every setting with its default and its description, in the order of docs/settings.md."""
    return [(f.name, f.default, f.metadata["description"]) for f in fields(Settings) if f.name != "folder"]


def typed(name: str, value: Any, kind: type) -> Any:
    """The value as the setting's own type; text (from the environment) is read as that type.
    Raises Invalid for what is none."""
    if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    text = str(value).strip()
    if kind is bool and text.lower() in {"1", "true", "yes", "on", "0", "false", "no", "off", ""}:
        return text.lower() in {"1", "true", "yes", "on"}
    if kind is int and WHOLE.fullmatch(text):
        return int(text)
    if kind is str and isinstance(value, datetime):
        return value.isoformat()
    if kind is str and isinstance(value, str):
        return text
    raise Invalid("bad_setting", f"{name} = {value!r} is not a {'number' if kind is int else kind.__name__}")


def write_first(folder: Path, chosen: Mapping[str, Any]) -> None:
    """Writes the settings file of a new site: what was chosen, and a pointer to the rest.

    An address of a database may hold a password, so nobody else reads the file.
    """
    lines = ["# Settings of this Wirepress site; see docs/settings.md for all of them.", ""]
    for name, value in chosen.items():
        lines.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")  # a plain value looks the same in TOML
    path = folder / FILE
    path.touch(0o600)
    path.chmod(0o600)
    path.write_text("\n".join(lines) + "\n", "utf-8")
