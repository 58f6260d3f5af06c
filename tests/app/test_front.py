"""Front caches: what they are told of answers and of writes, whatever becomes of them meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.app.fronts import FakeFront, Written, kept
from tests.app.press import Client, make_site
from wirepress.app import doctor
from wirepress.app.asgi import Application, application
from wirepress.app.front.fronts import LONGEST, SIGN, WAIT, Fronts, Teller
from wirepress.app.front.headers import KINDS, LIFETIME, family_of, fitting, kind_of, lines_of, with_coarser
from wirepress.app.front.port import FrontPort, addresses_of, ports_of
from wirepress.app.front.purges import Purge, Telling
from wirepress.app.front_configuration import configuration
from wirepress.app.settings import Settings, load
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import Invalid, Unavailable
from wirepress.store import journal, state
from wirepress.store.tags import of_lists

# --- what an answer says


def test_an_answer_says_what_it_is_made_of_and_how_long_it_may_be_kept() -> None:
    lines = dict(lines_of(KINDS["nginx"], {"post:2", "list:post"}, 17))
    assert lines == {
        b"x-accel-expires": b"%d" % LIFETIME,
        b"x-wirepress-epoch": b"17",
        b"x-wirepress-tags": b"list:post post:2",
    }
    assert dict(lines_of(KINDS["varnish"], {"post:2"}, 17))[b"xkey"] == b"post:2"
    assert dict(lines_of(KINDS["fastly"], {"post:2", "post:1"}, 17))[b"surrogate-key"] == b"post:1 post:2"
    assert dict(lines_of(KINDS["cloudflare"], {"post:2", "post:1"}, 17))[b"cache-tag"] == b"post:1,post:2"
    assert dict(lines_of(KINDS["bunny"], {"post:2", "post:1"}, 17))[b"cdn-tag"] == b"post:1,post:2"


def test_what_is_made_of_nothing_has_no_tags() -> None:
    assert b"xkey" not in dict(lines_of(KINDS["varnish"], set(), 3))


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("number", [1, 50, 100, 400, 5000])
def test_tags_never_need_more_room_than_there_is(kind: str, number: int) -> None:
    tags = {f"post:{n}" for n in range(100_000, 100_000 + number)}
    tags |= set(of_lists("post", 3, [("category", n) for n in range(number)])) | {"table:comments"}
    written = dict(lines_of(KINDS[kind], tags, 1))[KINDS[kind].tags]
    assert len(written) <= KINDS[kind].most


def test_coarser_tags_are_touched_by_whatever_touches_the_finer() -> None:
    made_of = {f"post:{n}" for n in range(3000)} | {"list:post:by:3", "table:comments"}
    assert fitting(made_of, 4000) == ["list", "post", "table:comments"]
    for touched in made_of:
        assert with_coarser({touched}) & set(fitting(made_of, 4000)), touched
    many_tables = {f"table:{n:04}" for n in range(1000)}
    assert fitting(many_tables, 4000) == ["any"]
    assert "any" in with_coarser({"table:x"})
    assert family_of("post:12") == "post"


@pytest.mark.parametrize("tag", ["*", "post:1 post:2", "a,b", "x\r\nset-cookie: a=b", "é"])
def test_what_cannot_stand_in_a_header_drops_with_each_write(tag: str) -> None:
    assert fitting({"post:1", tag}, 4000) == ["any"]


# --- the way there


@dataclass(slots=True)
class FakeLine:
    name: str = "http://front/"
    status: int = 200
    said: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def ask(self, method: str, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str]]:
        self.asked.append((method, headers))
        return self.status, self.said

    def close(self) -> None:
        return


def test_a_purge_has_all_its_words_in_headers() -> None:
    line = FakeLine(said={"x-wirepress-epoch": "7"})
    port = FrontPort(line)
    assert port.position() == 7
    assert port.purge(Purge(5, 7, frozenset({"post:2", "any"}))) == 7
    assert port.purge(Purge(7, 7, None, anew=True)) == 7
    assert line.asked == [
        ("GET", {}),
        ("PURGE", {"X-Wirepress-After": "5", "X-Wirepress-Epoch": "7", "X-Wirepress-Tags": "any post:2"}),
        (
            "PURGE",
            {"X-Wirepress-After": "7", "X-Wirepress-Epoch": "7", "X-Wirepress-Tags": "*", "X-Wirepress-Anew": "1"},
        ),
    ]


@pytest.mark.parametrize("said", ["", "x", "-1", "9" * 30, "١"])
def test_a_front_that_says_no_position_knows_of_none(said: str) -> None:
    assert FrontPort(FakeLine(said={"x-wirepress-epoch": said})).position() is None


@pytest.mark.parametrize("status", [301, 403, 404, 500, 503])
def test_an_answer_that_is_none_of_a_front_is_a_failure(status: int) -> None:
    with pytest.raises(Unavailable, match=str(status)):
        FrontPort(FakeLine(status=status)).purge(Purge(1, 1, None))


def test_a_front_that_refuses_is_not_believed_to_be_ahead() -> None:
    assert FrontPort(FakeLine(status=409, said={"x-wirepress-epoch": "9"})).purge(Purge(3, 4, frozenset())) is None
    assert FrontPort(FakeLine(status=409, said={"x-wirepress-epoch": "2"})).purge(Purge(3, 4, frozenset())) == 2


# --- a process


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_front_hears_of_us_every_few_seconds_and_of_news_at_once() -> None:
    written, front, clock = Written(), FakeFront(), Clock()
    teller = Teller(Telling(front, written), lambda: written.epoch, clock)
    for _ in range(5):
        teller.step()
    assert len(front.purges) == 2 - 1
    clock.now += SIGN
    teller.step()
    assert len(front.purges) == 2
    written.write("post:1")
    teller.step()
    assert (teller.reached, front.at) == (1, 1)


def test_whoever_has_written_waits_until_the_front_has_dropped_it() -> None:
    written, front = Written(), FakeFront()
    fronts = Fronts([Teller(Telling(front, written), lambda: written.epoch, Clock())])
    stop = threading.Event()
    fronts.start(stop)

    async def story() -> None:
        assert await fronts.reach(0)
        stale = kept(front, "post:1")
        written.write("post:1")
        assert await fronts.reach(1)
        assert stale not in front.holds

    try:
        asyncio.run(asyncio.wait_for(story(), 10))
    finally:
        stop.set()


def test_nobody_waits_for_long_for_a_front_that_is_slow_or_away() -> None:
    class Slow(FakeFront):
        gate = threading.Event()

        def purge(self, purge: Purge) -> int | None:
            self.gate.wait(30)
            return FakeFront.purge(self, purge)

    slow, stop = Slow(), threading.Event()
    fronts = Fronts([Teller(Telling(slow, Written(epoch=1)), lambda: 1, Clock())])
    fronts.start(stop)
    assert asyncio.run(fronts.reach(1, 0.05)) is False
    slow.gate.set()
    assert asyncio.run(fronts.reach(1)) is True
    stop.set()

    away = FakeFront(away=True)
    fronts = Fronts([Teller(Telling(away, Written(epoch=1)), lambda: 1, Clock())])
    stop = threading.Event()
    fronts.start(stop)
    for _ in range(3):  # each write tries once more, and waits no longer than that takes
        assert asyncio.run(fronts.reach(1, 3600)) is False
    assert fronts.failures() == ["nobody answers"]
    away.away = False
    assert asyncio.run(fronts.reach(1, 30)) is True
    assert fronts.failures() == []
    stop.set()
    assert WAIT < LONGEST


# --- a site


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Application]:
    made = application(load(make_site(tmp_path / "site", front="nginx", front_purge="http://127.0.0.1:9/"), {}))
    yield made
    made.close()


def publish(app: Application, title: str) -> None:
    with app.dispatcher.newsroom.write() as view:
        publishing.create(view, NEWSROOM, "post", Changes(title=title, status="publish"))


def test_answers_to_everybody_may_be_kept_by_the_front_and_no_others(app: Application) -> None:
    async def story() -> None:
        client = Client(app)
        epoch = str(app.database.heard())
        for path in ("/", "/wp-json/wp/v2/posts", "/feed/"):
            for _ in range(2):
                reply = await client.ask(path)
                seconds = int(reply.header("x-accel-expires"))
                # A page names the day: it is kept until midnight.
                assert reply.status == 200, path
                assert 0 < seconds <= LIFETIME if path == "/" else seconds == LIFETIME, path
                assert reply.header("x-wirepress-epoch") == epoch
        for name, value in (("cookie", "wordpress_x=1"), ("authorization", "Basic eDp5"), ("range", "bytes=0-1")):
            reply = await client.ask("/", "GET", (b"",), **{name: value})
            assert reply.header("x-accel-expires") == reply.header("x-wirepress-epoch") == ""
        for path in ("/wp-login.php", "/wp-admin/", "/nothing-here/", "/-/health"):
            assert (await client.ask(path)).header("x-accel-expires") == "", path

    asyncio.run(asyncio.wait_for(story(), 20))


def test_a_kept_answer_says_the_epoch_that_it_still_holds_in(app: Application) -> None:
    async def story() -> None:
        client = Client(app)
        await client.ask("/feed/")
        publish(app, "News")
        reply = await client.ask("/feed/")
        assert reply.header("x-wirepress-epoch") == str(app.database.heard())
        assert b"News" in reply.body

    asyncio.run(asyncio.wait_for(story(), 20))


def test_a_front_that_knows_more_is_answered_from_the_database(app: Application) -> None:
    async def story() -> None:
        client = Client(app)
        await client.ask("/feed/")
        before = app.database.heard()
        assert before is not None
        app.database.heard = lambda: before  # type: ignore[method-assign] # as another process's word that is late
        publish(app, "News")
        assert b"News" not in (await client.ask("/feed/")).body
        reply = await client.ask("/feed/", x_wirepress_epoch=str(before + 1))
        assert b"News" in reply.body
        assert reply.header("x-accel-expires") == ""
        for hostile in ("-1", "x", "9" * 400, "²"):
            assert (await client.ask("/feed/", x_wirepress_epoch=hostile)).status == 200

    asyncio.run(asyncio.wait_for(story(), 20))


def test_without_a_front_nothing_leaves_us(tmp_path: Path) -> None:
    app = application(load(make_site(tmp_path / "site"), {}))

    async def story() -> None:
        names = {name for name, _ in (await Client(app).ask("/")).headers}
        assert not {name for name in names if "wirepress" in name or "surrogate" in name or "accel" in name}

    asyncio.run(asyncio.wait_for(story(), 20))
    app.close()


def test_the_journal_of_a_site_tells_what_a_write_touched(app: Application) -> None:
    front = FakeFront()
    telling = Telling(front, app.fronts.tellers[0].telling._journal)
    before = telling.tell()
    publish(app, "News")
    now = telling.tell()
    with app.database.read() as unit:
        assert now == state.epoch(unit) > before
        rows = journal.after(unit, before)
    assert {tag for _, tags in rows for tag in tags} <= (front.purges[-1].tags or {"*"})


# --- settings


def test_settings_that_cannot_be_are_named() -> None:
    with pytest.raises(Invalid, match="squid"):
        kind_of("squid")
    with pytest.raises(Invalid, match="front_purge"):
        addresses_of(Settings(Path(), front="fastly"))
    for address in ("ftp://x/", "http://", "http://x:99999/", "127.0.0.1:80", "http://ü/"):
        with pytest.raises(Invalid, match="no http address"):
            ports_of(Settings(Path(), front="nginx", front_purge=address))
    assert [
        port.name for port in ports_of(Settings(Path(), front="nginx", front_purge="http://a/, https://b:1/c"))
    ] == [
        "http://a/",
        "https://b:1/c",
    ]
    assert ports_of(Settings(Path())) == []


def test_a_configuration_holds_the_rules_of_our_own_edge() -> None:
    settings = Settings(Path(), port=8123, front="nginx", front_token="abc")
    nginx = configuration(settings, "nginx", listen="80")
    varnish = configuration(settings, "varnish", listen="0.0.0.0:80")
    for text in (nginx, varnish):
        assert "{{" not in text
        assert "wordpress_|wp-postpass_|comment_author_" in text
        assert "8123" in text
        assert "Bearer " in text
        assert "127.0.0.1:6081" in text
    for words, text in (("$http_x_wp_nonce", nginx), ("req.http.x-wp-nonce", varnish)):
        assert words in text
    with pytest.raises(Invalid):
        configuration(settings, "squid", listen="80")
    with pytest.raises(Invalid):
        configuration(settings, "nginx", listen="80; include /etc/passwd")
    with pytest.raises(Invalid):
        configuration(Settings(Path(), front="nginx", front_token='a"b'), "nginx", listen="80")


def test_the_doctor_names_a_front_that_does_not_hear(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "GLANCE", 0.0)
    settings = app.settings
    assert ["does not answer" in line for line in doctor.behind(settings, 5)] == [True]
    for at, said in ((None, "told nothing yet"), (3, "3 of 5"), (5, ""), (9, "")):
        monkeypatch.setattr(doctor, "ports_of", lambda _settings, at=at: [FakeFront(at=at)])
        found = "; ".join(doctor.behind(settings, 5))
        assert (said in found) if said else found == ""


def test_a_front_that_cannot_be_told_is_a_part_that_does_not_work(app: Application) -> None:
    health = app.dispatcher.health
    assert "front" not in health.degraded()
    with pytest.raises(Unavailable):
        app.fronts.tellers[0].step()  # nobody listens at that port
    assert "front" in health.degraded()
