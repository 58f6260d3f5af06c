"""What hubs deliver has sources looked at: signed, however often it comes, and whatever goes on meanwhile."""

from __future__ import annotations

from tests.syndicate.hub import Round, path_of
from wirepress.model.blob import Blob
from wirepress.model.subscription import Delivery
from wirepress.syndicate.lease import own_place
from wirepress.syndicate.pull import claimed
from wirepress.syndicate.websub.callback import is_signed
from wirepress.syndicate.websub.hearing import GAP


def test_every_method_of_signing_is_known(hub: Round) -> None:
    for method in ("sha1", "sha256", "sha384", "sha512"):
        assert hub.deliver(b"\0\xff" * 300_000, method).status == 202
        assert hub.known.delivery is Delivery.WAITING
        with hub.site.newsroom.database.write() as unit:
            unit.run("UPDATE subscriptions SET delivery = 0")


SIGNATURES = (
    "", "sha256=", "sha256=" + "0" * 64, "md5=" + "0" * 32, "sha256=" + "é" * 64, "sha1=" + "0" * 64, "0" * 64,
    "sha999=" + "0" * 64, "sha256=" + "0" * 64 + ", sha256=" + "0" * 64, "sha256=" + "0" * 10**6,
)  # fmt: skip


def test_what_is_not_signed_is_ignored_and_nobody_told(hub: Round) -> None:
    path = path_of(hub.asked[-1])
    for signature in SIGNATURES:
        assert hub.callback("POST", path, body=b"<rss/>", x_hub_signature=signature).status == 202
    assert hub.callback("POST", path, body=b"<rss/>").status == 202
    assert hub.deliver(secret="another").status == 202
    assert hub.known.delivery is Delivery.NONE


def test_a_signature_is_of_the_whole_body() -> None:
    made = "sha1=de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9"  # of RFC 2202's text, by its key
    text = Blob(b"The quick brown fox jumps over the lazy dog")
    assert is_signed("key", made, text)
    assert is_signed("key", made.replace("de7c", "DE7C"), text)
    assert not is_signed("key", made, Blob(text.read() + b"."))
    assert not is_signed("kez", made, text)


def test_a_flood_of_deliveries_is_bounded(hub: Round) -> None:
    hub.site.clock.later(minutes=10)
    asked, epoch = hub.paper.answered, hub.site.epoch()
    for number in range(200):
        assert hub.deliver().status == 202
        hub.site.clock.later(seconds=1)
        if not number % 5:
            hub.work()
    hub.site.clock.later(seconds=GAP)
    hub.work()
    assert hub.site.epoch() == epoch
    assert 200 // GAP <= hub.paper.answered - asked <= 200 // GAP + 2
    assert hub.known.delivery is Delivery.NONE


def test_what_waits_already_is_written_down_no_second_time(hub: Round) -> None:
    hub.deliver()
    with hub.site.newsroom.database.watch() as watch:
        hub.deliver()
    assert not watch.written


def test_a_delivery_during_a_look_leads_to_another_one(hub: Round) -> None:
    hub.site.clock.later(minutes=10)
    asked = hub.paper.answered
    hub.paper.during = hub.deliver
    hub.deliver()
    hub.work()
    assert (hub.paper.answered - asked, hub.known.delivery, hub.next_in()) == (1, Delivery.WAITING, GAP)
    hub.paper.during = lambda: None
    hub.site.clock.later(seconds=GAP)
    hub.work()
    assert (hub.paper.answered - asked, hub.known.delivery) == (2, Delivery.NONE)


def test_a_delivery_is_not_lost_with_a_look_that_is_killed(hub: Round) -> None:
    hub.site.clock.later(minutes=10)
    asked = hub.paper.answered
    hub.deliver()
    claimed(hub.site.newsroom, hub.number, f"{own_place()}:{2**22 + 1}:1", scheduled=True)
    assert hub.known.delivery is Delivery.TAKEN
    hub.site.clock.later(seconds=GAP)
    hub.work()
    assert (hub.paper.answered - asked, hub.known.delivery) == (1, Delivery.NONE)


def test_a_source_that_fails_is_not_asked_more_for_deliveries(hub: Round) -> None:
    hub.paper.feed_status = 500
    hub.site.clock.later(hours=1)
    hub.work()
    asked = hub.paper.answered
    for _ in range(3):
        hub.site.clock.later(minutes=5)
        hub.deliver()
        hub.work()
    assert hub.paper.answered == asked
    hub.paper.feed_status = 200
    hub.site.clock.later(hours=2)
    hub.work()
    assert hub.paper.answered == asked + 1
    assert hub.known.delivery is Delivery.NONE
