"""One's own profile and the accounts of others: fields, passwords, programs, logins."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.admin.client import Client
from tests.content.desk import come_in, logged_in
from wirepress.admin import people
from wirepress.admin.admin import Admin
from wirepress.content.identity import application_passwords, sessions
from wirepress.content.identity.passwords import hash_password
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.model.mail import Mail
from wirepress.model.user import User
from wirepress.model.web import Request, Response

EDITOR, AUTHOR = 2, 3
FORM = {"action": "update", "email": "editor@news.example.com"}
NEW = "a new password"


@pytest.fixture
def answers(client: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Response]]:
    """The responses as they are, with all their cookies."""
    found: list[Response] = []
    plain = Admin.answer

    def answer(self: Admin, request: Request) -> Response:
        found.append(plain(self, request))
        return found[-1]

    monkeypatch.setattr(Admin, "answer", answer)
    return iter([found])


def user(client: Client, number: int = EDITOR) -> User:
    with client.newsroom.view() as view:
        return users.existing(view, number)


def test_the_fields_of_ones_own_account(client: Client) -> None:
    form = {
        **FORM, "first_name": "Ed", "last_name": "Itor", "display_name": "Eddie", "nickname": "ed",
        "url": "https://ed.example", "description": "Writes <script>x</script>.", "locale": "xx_XX",
    }  # fmt: skip
    assert client.post("editor", "profile.php", form).location.endswith("profile.php?saved=1")
    after = user(client)
    assert (after.first_name, after.last_name, after.name, after.nickname) == ("Ed", "Itor", "Eddie", "ed")
    assert (after.url, after.email, after.locale) == ("https://ed.example", FORM["email"], "")
    page = client.get("editor", "profile.php?saved=1")
    assert "Your changes are saved" in page.text
    assert "<script>x" not in page.html


def test_nobody_gives_themselves_a_role(client: Client) -> None:
    assert 'name="role"' not in client.get("administrator", "profile.php").html
    client.post("editor", "profile.php", {**FORM, "role": "administrator"})
    assert dict(user(client).grants) == {"editor": True}
    own = {"action": "update", "email": "administrator@news.example.com", "role": "subscriber"}
    client.post("administrator", "profile.php", own)
    client.post("administrator", "user-edit.php?user_id=1", own)
    assert dict(user(client, 1).grants) == {"administrator": True}
    assert client.get("administrator", "user-edit.php?user_id=1").location.endswith("profile.php")


def test_the_role_of_another(client: Client) -> None:
    there = f"user-edit.php?user_id={EDITOR}"
    assert 'name="role"' in client.get("administrator", there).html
    client.post("administrator", there, {**FORM, "role": "author"})
    assert dict(user(client).grants) == {"author": True}
    client.post("administrator", there, {**FORM, "role": "none"})
    assert dict(user(client).grants) == {}
    refused = client.post("administrator", there, {**FORM, "role": "king", "first_name": "Kept"})
    assert refused.status == 400
    assert 'value="Kept"' in refused.html


def test_several_roles_stay_while_nobody_chooses_another(client: Client) -> None:
    with client.newsroom.write() as view:
        users.update(view, EDITOR, UserChanges(roles=("editor", "author")))
    client.post("administrator", f"user-edit.php?user_id={EDITOR}", {**FORM, "role": "editor"})
    assert dict(user(client).grants) == {"editor": True, "author": True}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": ""}, "no e-mail address"),
        ({"email": "author@news.example.com"}, "with this e-mail address already"),
        ({"pass1": "a", "pass2": "b"}, "not the same"),
        ({"pass1": "", "pass2": "b"}, "empty"),
        ({"display_name": "x" * 300}, "too long"),
    ],
)
def test_what_is_wrong_is_said(client: Client, changed: dict[str, str], said: str) -> None:
    page = client.post("editor", "profile.php", {**FORM, "first_name": "Kept", **changed})
    assert page.status == 400
    assert said in page.text
    assert 'value="Kept"' in page.html
    assert user(client).first_name == ""


# ---- another address of one's own


@pytest.fixture
def letters(client: Client) -> list[Mail]:
    """The mails that leave."""
    found: list[Mail] = []
    client.newsroom.post = found.extend
    return found


def key_in(mail: Mail) -> str:
    found = re.search(r"profile\.php\?newuseremail=(\w+)", mail.text)
    assert found is not None
    return found[1]


def test_another_address_of_ones_own_holds_when_it_is_confirmed(client: Client, letters: list[Mail]) -> None:
    saved = client.post("editor", "profile.php", {**FORM, "email": "ed@x.org", "first_name": "Ed"})
    assert saved.location.endswith("profile.php?saved=1")
    assert (user(client).email, user(client).first_name) == (FORM["email"], "Ed")
    assert [mail.to for mail in letters] == ["ed@x.org"]
    assert "ed@x.org becomes your e-mail address" in client.get("editor", "profile.php").text
    assert "ed@x.org" not in client.get("administrator", f"user-edit.php?user_id={EDITOR}").text
    key = key_in(letters[0])
    asked = client.get("editor", f"profile.php?newuseremail={key}")
    assert "Shall ed@x.org be your" in asked.text
    assert user(client).email == FORM["email"]
    assert client.post("editor", "profile.php", {"action": "confirm-email", "key": key}).status == 303
    assert user(client).email == "ed@x.org"
    assert [mail.to for mail in letters] == ["ed@x.org", FORM["email"]]
    again = client.post("editor", "profile.php", {"action": "confirm-email", "key": key})
    assert (again.status, "does not hold any more" in again.text) == (400, True)
    assert "becomes your" not in client.get("editor", "profile.php").text


def test_an_address_that_waits_may_be_replaced_and_let_be(client: Client, letters: list[Mail]) -> None:
    client.post("editor", "profile.php", {**FORM, "email": "first@x.org"})
    client.post("editor", "profile.php", {**FORM, "email": "second@x.org"})
    stale, key = map(key_in, letters)
    assert "does not hold" in client.get("editor", f"profile.php?newuseremail={stale}").text
    assert "does not hold" in client.get("author", f"profile.php?newuseremail={key}").text
    assert client.post("author", "profile.php", {"action": "confirm-email", "key": key}).status == 400
    client.post("editor", "profile.php", {**FORM, "display_name": "Eddie"})
    assert "second@x.org becomes" in client.get("editor", "profile.php").text
    there = f"user-edit.php?user_id={EDITOR}"
    assert client.post("administrator", there, {"action": "cancel-email"}).status == 403
    assert client.post("administrator", there, {"action": "confirm-email", "key": key}).status == 403
    assert client.post("editor", "profile.php", {"action": "cancel-email"}).status == 303
    assert client.post("editor", "profile.php", {"action": "confirm-email", "key": key}).status == 400
    assert user(client).email == FORM["email"]


def test_an_address_that_another_has_by_now_is_not_taken(client: Client, letters: list[Mail]) -> None:
    client.post("editor", "profile.php", {**FORM, "email": "ed@x.org"})
    assert client.post("administrator", f"user-edit.php?user_id={AUTHOR}", {**FORM, "email": "ed@x.org"}).status == 303
    assert user(client, AUTHOR).email == "ed@x.org"  # not one's own: it holds at once
    refused = client.post("editor", "profile.php", {"action": "confirm-email", "key": key_in(letters[0])})
    assert (refused.status, "address already" in refused.text) == (400, True)
    assert user(client).email == FORM["email"]


def test_not_too_many_mails_are_asked_for(client: Client, letters: list[Mail]) -> None:
    pages = [client.post("editor", "profile.php", {**FORM, "email": f"{n}@x.org"}) for n in range(30)]
    assert pages[-1].status == 400
    assert "Too many mails" in pages[-1].text
    assert 'value="29@x.org"' in pages[-1].html
    assert len(letters) < 30


# ---- passwords and logins


def test_a_new_password_ends_all_logins_but_this(client: Client, answers: Iterator[list[Response]]) -> None:
    with client.newsroom.write() as view:
        sessions.begin(view, users.existing(view, EDITOR), remember=True)
    client.post("editor", "profile.php", {**FORM, "pass1": NEW, "pass2": NEW})
    assert client.get("editor", "profile.php").status == 302  # the old cookie
    given = [value for name, value in next(answers)[0].headers if name == "Set-Cookie"]
    client.cookies["editor"] = "; ".join(line.partition(";")[0].replace("%7C", "|") for line in given)
    assert client.get("editor", "profile.php").status == 200
    with client.newsroom.view() as view:
        assert logged_in(view, "editor", NEW) is not None
        assert len(sessions.of_user(view, EDITOR)) == 1


def test_a_new_password_of_another_ends_their_logins(client: Client) -> None:
    there = f"user-edit.php?user_id={EDITOR}"
    client.post("administrator", there, {**FORM, "pass1": NEW, "pass2": NEW})
    assert client.get("editor", "profile.php").status == 302
    assert client.get("administrator", there).status == 200


def test_logins_are_shown_and_ended(client: Client) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    with client.newsroom.write() as view:
        for number in range(2):
            sessions.begin(view, users.existing(view, EDITOR), remember=False, ip=f"192.0.2.{number}", agent=agent)
    html = client.get("editor", "profile.php").html
    assert "Firefox on Linux" in html
    keys = re.findall(r'value="end:(\w+)"', html)
    assert len(keys) == 2
    assert client.post("author", "profile.php", {"action": f"end:{keys[0]}"}).location.endswith("profile.php")
    assert client.post("editor", "profile.php", {"action": f"end:{keys[0]}"}).location.endswith("ended=1")
    assert client.post("editor", "profile.php", {"action": "end-others"}).location.endswith("ended=1")
    assert client.get("editor", "profile.php").status == 200
    client.post("administrator", f"user-edit.php?user_id={EDITOR}", {"action": "end-others"})
    assert client.get("editor", "profile.php").status == 302


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
         "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.0 Safari/605", "Safari on macOS"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 CriOS/140 Safari/604",
         "Chrome on iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.5", "curl"),
        ("<script>", "An unknown program"),
        ("", "An unknown program"),
    ],
)  # fmt: skip
def test_browsers_in_words(client: Client, agent: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(people, "avatar", lambda visit, _: said.append(people.browser(visit, agent)))
    client.get("editor", "profile.php")
    assert said == [words]


# ---- application passwords


def test_an_application_password_is_shown_once_and_revoked(client: Client) -> None:
    page = client.post("editor", "profile.php", {"action": "add-application-password", "name": "My & app"})
    [secret] = re.findall(r'<code class="secret">([^<]+)</code>', page.html)
    assert page.headers["cache-control"] == "no-store, private"
    with client.newsroom.view() as view:
        assert come_in(view, "editor", secret) is not None
    html = client.get("editor", "profile.php").html
    assert secret not in html
    assert "My &amp; app" in html
    [uuid] = re.findall(r'value="revoke:([\w-]+)"', html)
    assert client.post("author", "profile.php", {"action": f"revoke:{uuid}"}).location.endswith("profile.php")
    assert client.post("editor", "profile.php", {"action": f"revoke:{uuid}"}).location.endswith("revoked=1")
    with client.newsroom.view() as view:
        assert application_passwords.of_user(view, EDITOR) == []


def test_who_may_edit_others_keeps_their_application_passwords(client: Client) -> None:
    there = f"user-edit.php?user_id={AUTHOR}"
    for name in ("One", "Two"):
        client.post("administrator", there, {"action": "add-application-password", "name": name})
    refused = client.post("administrator", there, {"action": "add-application-password", "name": " "})
    assert refused.status == 400
    assert "needs a name" in refused.text
    assert "2 application passwords" in client.get("administrator", f"{there}&revoked=2").text
    assert client.post("administrator", there, {"action": "revoke-all"}).location.endswith("revoked=2")


def test_a_hardened_site_gives_them_over_https_only(client: Client) -> None:
    client.newsroom.hardened = True
    client.newsroom._kept = None
    for scheme, given in (("https", True), ("http", False)):
        headers = {"cookie": client.cookies["editor"], "host": "news.example.com"}
        asked = Request("GET", "/wp-admin/profile.php", "", headers, b"", "192.0.2.7", scheme)
        assert ("add-application-password" in client.admin.answer(asked).body.decode()) is given


def test_who_sees_no_others_has_a_profile_in_the_menu(client: Client) -> None:
    assert "Profile" in client.get("subscriber", "").text
    assert "Users" not in client.get("subscriber", "").text
    assert "All users" in client.get("administrator", "users.php").text


def test_the_language_is_ones_own(client: Client) -> None:
    with client.newsroom.write() as view:
        users.update(view, EDITOR, UserChanges(locale="en_GB", password=hash_password("x")))
        assert users.existing(view, EDITOR).locale == "en_GB"
