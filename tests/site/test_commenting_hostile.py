"""What programs and hostile forms come to that are sent where readers comment."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.app.press import ADDRESS
from tests.site.commenting import ANN, START, Site, fields_in
from tests.site.spam import Run


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"comment_subject": "x"}, "spam"),
        ({"comment_form_time": "1"}, "0"),
        ({"comment_form_time": f"{int(START.timestamp())}.{'0' * 20}"}, "0"),
        ({"comment_form_time": "9" * 5000}, "0"),
        ({"comment_form_time": "\u0661\u0662.x"}, "0"),
    ],
)
def test_what_falls_into_a_trap_is_kept_and_shown_to_nobody(
    open_site: Site, fields: dict[str, str], state: str
) -> None:
    assert open_site.comment(ANN | fields).status == 302
    assert open_site.states() == [state]
    assert open_site.mails == []
    assert not open_site.page().css(".comment")


@pytest.mark.parametrize("after", [0, 3, 8 * 86_400])
def test_forms_that_are_too_young_or_too_old_wait(open_site: Site, after: float) -> None:
    assert open_site.comment(ANN, after=after).status == 302
    assert open_site.states() == ["0"]


def test_a_run_of_spam_leaves_nothing_that_readers_see(tmp_path: Path) -> None:
    run = Run(tmp_path)
    statuses = list(run.statuses(300))
    assert set(statuses) <= {302, 409, 429}
    kept = run.kept()
    assert kept["1"] == 0
    assert kept.total() == statuses.count(302) <= 200
    assert run.mails == []


HOSTILE: dict[str, dict[str, Any]] = {
    "nuls": {"author": "A\0nn", "comment": "a\0b\0"},
    "broken utf-8": {"author": "\udcff\udcfe", "comment": "\udc80 text \udcff"},
    "long numbers": {"comment_post_ID": "9" * 400, "comment_parent": "9" * 400},
    "other digits": {"comment_post_ID": "\u0661"},
    "many fields": {f"field{n}": "x" for n in range(5_000)},
    "lists": {"comment[]": "x", "author[a][b]": "y"},
    "a long text": {"comment": "<b>" * 20_000},
    "unclosed links": {"comment": "<a href='" * 6_000},
    "addresses": {"comment": "http://a.example/?" * 3_000},
    "lines in names": {"author": "Ann\r\nSet-Cookie: a=b", "email": "a@b.example\r\nBcc: c@d.example"},
    "lines in the way back": {"redirect_to": "/a\r\nSet-Cookie: a=b"},
    "another site": {"redirect_to": "//evil.example/"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_forms_get_an_answer_and_do_no_harm(site: Site, name: str) -> None:
    reply = site.comment(ANN | HOSTILE[name])
    assert reply.status in (200, 302, 403)
    assert "a=b" not in reply.header("set-cookie")
    assert reply.header("location").startswith((ADDRESS, "/a")) or not reply.header("location")
    tree = site.page()
    assert not tree.css(".comment")
    assert site.get().status == 200


def test_bodies_are_bounded_and_other_methods_are_not_taken(site: Site) -> None:
    assert site.send({**ANN, "comment": "x" * (1 << 20)}).status == 413
    for method in ("GET", "HEAD", "PUT"):
        reply = asyncio.run(site.client.ask("/wp-comments-post.php", method, (b"",)))
        assert (reply.status, reply.header("allow")) == (405, "POST")


def test_a_form_of_several_parts_is_read_too(open_site: Site) -> None:
    fields = {**fields_in(open_site.page()), **ANN}
    open_site.wait(60)
    parts = "".join(f'--x\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items())
    body = f"{parts}--x--\r\n".encode()
    kind = "multipart/form-data; boundary=x"
    reply = asyncio.run(open_site.client.ask("/wp-comments-post.php", "POST", (body,), content_type=kind))
    assert (reply.status, open_site.states()) == (302, ["1"])
