"""The second factor in the administration: set up, renewed, switched off; who must have one, and bounded guesses."""

from __future__ import annotations

import re

import pyotp
import pytest

from tests.admin.client import Client, Page
from tests.content.desk import NOON
from wirepress.content import options
from wirepress.content.identity import second_factor
from wirepress.content.identity.passwords import hash_password
from wirepress.model.mail import Mail
from wirepress.store import second_factors, users

HERE = "admin.php?page=second-factor"
EDITOR = 2
PASSWORD = "correct horse"
HASH = hash_password(PASSWORD)


@pytest.fixture
def mails(client: Client) -> list[Mail]:
    found: list[Mail] = []
    client.newsroom.post = found.extend
    return found


def do(client: Client, action: str, **more: str) -> Page:
    return client.post("editor", HERE, {"action": action, **more})


def is_on(client: Client) -> bool:
    with client.newsroom.view() as view:
        return second_factor.is_on(view, EDITOR)


def secret_of(client: Client) -> str:
    found = re.search(r'<code class="secret" dir="ltr">([^<]+)</code>', client.get("editor", HERE).html)
    assert found
    return found[1].replace(" ", "")


def guarded(client: Client) -> str:
    """Switches the editor's second factor on, with a last code of long ago."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    with client.newsroom.write() as view:
        second_factors.put(view.unit, EDITOR, secret)
        second_factors.confirm(view.unit, EDITOR, 1)
    return secret


def test_it_is_set_up_with_a_code(client: Client, mails: list[Mail]) -> None:
    assert do(client, "begin").status == 303
    secret = secret_of(client)
    page = client.get("editor", HERE)
    assert "otpauth://totp/" in page.html
    right = pyotp.TOTP(secret).at(NOON)
    wrong = do(client, "confirm", authcode=f"{(int(right) + 500_000) % 1_000_000:06}")
    assert (wrong.status, is_on(client)) == (400, False)
    assert secret_of(client) == secret
    done = do(client, "confirm", authcode=f"{right[:3]} {right[3:]}")
    assert (done.status, is_on(client)) == (200, True)
    codes = re.findall(r"<li><code>([A-Z2-7 ]{14})</code>", done.html)
    assert len(codes) == 10
    later = client.get("editor", HERE).html + client.get("editor", "profile.php").html
    assert secret not in later.replace(" ", "")
    assert not any(code in later for code in codes)
    assert ["switched on" in mail.subject for mail in mails] == [True]


def test_the_key_is_a_picture_as_well(client: Client) -> None:
    assert "<svg" not in client.get("editor", HERE).html
    do(client, "begin")
    page = client.get("editor", HERE)
    found = re.search(r'<div class="qr" role="img" aria-label="QR code[^"]+">(<svg .*?</svg>)</div>', page.html)
    assert found
    assert not re.search(r"style|class|script|http(?!://www\.w3\.org/2000/svg)", found[1])
    assert secret_of(client)


def test_a_site_s_name_that_fits_no_picture_leaves_the_key(client: Client) -> None:
    with client.newsroom.write() as view:
        options.set(view.unit, "blogname", "é" * 1000)
    do(client, "begin")
    assert 'class="qr"' not in client.get("editor", HERE).html
    assert secret_of(client)


def test_a_secret_that_waits_can_be_dropped(client: Client) -> None:
    do(client, "begin")
    do(client, "cancel")
    assert "secret" not in re.sub(r'class="[^"]*"', "", client.get("editor", HERE).html).lower()
    guarded(client)
    do(client, "cancel")
    assert is_on(client)
    assert do(client, "begin").status == 409
    assert do(client, "confirm", authcode="123456").status == 400


def test_it_is_switched_off_with_the_password_or_a_code(client: Client, mails: list[Mail]) -> None:
    secret = guarded(client)
    with client.newsroom.write() as view:
        users.update(view.unit, EDITOR, password=HASH)
    log_in(client)
    refused = do(client, "off", proof="wrong")
    assert (refused.status, is_on(client)) == (400, True)
    assert do(client, "off").status == 400
    assert do(client, "off", proof=PASSWORD).location.endswith("factor-off=1")
    assert not is_on(client)
    guarded(client)
    assert do(client, "off", proof=pyotp.TOTP(secret).at(NOON)).status == 303
    assert not is_on(client)
    assert do(client, "off", proof="x").location.endswith(HERE)
    assert ["switched off" in mail.subject for mail in mails] == [True, True]


def test_recovery_codes_are_made_anew(client: Client) -> None:
    secret = guarded(client)
    assert do(client, "renew", proof="wrong").status == 400
    page = do(client, "renew", proof=pyotp.TOTP(secret).at(NOON))
    [first, *_] = codes = re.findall(r"<li><code>([A-Z2-7 ]{14})</code>", page.html)
    assert len(codes) == 10
    assert do(client, "off", proof=first).status == 303


def test_guesses_are_bounded(client: Client, mails: list[Mail]) -> None:
    secret = guarded(client)
    assert [do(client, "off", proof="000").status for _ in range(6)] == [400] * 5 + [429]
    assert do(client, "off", proof=pyotp.TOTP(secret).at(NOON)).status == 429
    assert is_on(client)
    assert len(mails) == 1


def test_who_must_have_one_is_led_to_it_from_everywhere(client: Client) -> None:
    with client.newsroom.write() as view:
        options.set(view.unit, second_factor.ROLES, ["editor"])
    for path in ("", "index.php", "profile.php", "users.php", "nothing.php"):
        page = client.get("editor", path)
        assert page.status == 404 if path == "nothing.php" else page.location.endswith(HERE)
    refused = client.post("editor", "profile.php", {"action": "add-application-password", "name": "A"})
    assert refused.location.endswith(HERE)
    page = client.get("editor", HERE)
    assert "Your role asks for a second factor" in page.text
    assert 'class="menu-item' not in page.html
    assert "New post" not in page.text
    assert client.get("author", "profile.php").status == 200
    do(client, "begin")
    do(client, "confirm", authcode=pyotp.TOTP(secret_of(client)).at(NOON))
    assert client.get("editor", "").status == 200
    assert "set it up anew" in client.get("editor", HERE).text.lower()


def log_in(client: Client) -> None:
    """A login of the editor with the password as it is now."""
    from wirepress.content.identity import sessions
    from wirepress.content.identity.cookies import AUTH, LOGGED_IN, Jar
    from wirepress.content.people.users import existing
    from wirepress.model.web import Request

    with client.newsroom.write() as view:
        user = existing(view, EDITOR)
        session = sessions.begin(view, user, remember=False)
        jar = Jar.of(view.site, Request("GET", "/"))
        lines = (f"{jar.name(scheme)}={sessions.cookie(view, user, session, scheme)}" for scheme in (AUTH, LOGGED_IN))
        client.cookies["editor"] = "; ".join(lines)
        client.tokens["editor"] = session.token
