"""How the page of a source says how it stands with its hub, and hubs switched off by source."""

from __future__ import annotations

from typing import Any

from tests.admin.client import Client
from tests.admin.test_sources import FORM, HERE, NOW, add, source
from tests.syndicate.subscriptions import SECRET, plant
from wirepress.model.subscription import SubscriptionState

HUBS = (
    ("active", NOW + 86400, "", "Subscribed at hub.example until"),
    ("distrusted", NOW + 86400, "", "but not trusted: it was silent about news"),
    ("active", NOW - 1, "", "hub.example was asked to tell of news, and has not confirmed it"),
    ("denied", 0, "<b>no", "hub.example denies to tell of news: <b>no"),
    ("pending", 0, "hub.example did not answer in time", "not confirmed it: hub.example did not answer in time"),
)


def test_a_source_says_how_it_stands_with_its_hub(client: Client) -> None:
    for number, (state, until, reason, line) in enumerate(HUBS):
        key = add(client, f"https://paper.example/{number}")
        assert "Hub" not in client.get("editor", f"{HERE}&source={key}").text
        token = plant(client.newsroom.database, key, until, SubscriptionState(state), reason)
        page = client.get("editor", f"{HERE}&source={key}")
        assert line in " ".join(page.text.split())
        assert SECRET not in page.html
        assert token not in page.html


def test_hubs_are_switched_off_by_source(client: Client) -> None:
    number = add(client)
    form: dict[str, Any] = {**FORM, "source": number, "url": "https://paper.example/feed"}
    del form["websub"]
    assert 'name="websub" value="1" checked' in client.get("administrator", f"{HERE}&source={number}").html
    for sent, kept in (({"websub": "1"}, True), ({}, False)):
        assert client.post("administrator", HERE, {**form, **sent}).status == 303
        assert source(client, number).rules.websub is kept
