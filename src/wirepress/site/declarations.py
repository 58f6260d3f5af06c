"""What a site declares to machines in files of fixed names: sellers of advertising, security contacts, text mining."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from wirepress.content.newsroom import View
from wirepress.model.web import Response
from wirepress.url.parse import is_address

PLAIN = ("content-type", "text/plain; charset=utf-8")
LONGEST = 200_000
"""Characters of a list of sellers."""
VALID = timedelta(days=180)
"""For how long the security contact holds that no option bounds (RFC 9116, 2.5.5, advises less than a year)."""


def sellers(option: str) -> Callable[[View], Response | None]:
    """The file of those who may sell the site's advertising (IAB Tech Lab, ads.txt 1.1); None where there is none."""

    def answer(view: View) -> Response | None:
        text = lines_of(str(view.site.option(option)))
        return Response(200, [PLAIN], text.encode(), keepable=True) if text else None

    return answer


def lines_of(text: str) -> str:
    """Lines that end as they should; "" where there is nothing in them."""
    lines = [line.rstrip() for line in text[:LONGEST].splitlines()]
    return "\n".join(lines).strip("\n") + "\n" if any(lines) else ""


def security(view: View) -> Response | None:
    """Where to report what is wrong with the site's security (RFC 9116); None where nobody is named."""
    contacts = [
        contact for line in str(view.site.option("wirepress_security_contact")).split() if (contact := uri(line))
    ]
    if not contacts:
        return None
    lines = [f"Contact: {contact}" for contact in contacts]
    lines.append(f"Expires: {expires(view):%Y-%m-%dT%H:%M:%SZ}")
    policy = str(view.site.option("wirepress_security_policy")).strip()
    if is_address(policy):
        lines.append(f"Policy: {policy}")
    lines.append(f"Canonical: {view.site.home}/.well-known/security.txt")
    return Response(200, [PLAIN], ("\n".join(lines) + "\n").encode())


def uri(contact: str) -> str:
    """A contact as the URI that the file asks for: an address of the web (https), a mail address or a telephone number;
    "" for anything else."""
    if contact.startswith(("mailto:", "tel:")) and contact.isprintable():
        return contact
    if is_address(contact):
        return contact if contact.startswith("https://") else ""
    return f"mailto:{contact}" if contact.count("@") == 1 and contact.isprintable() else ""


def expires(view: View) -> datetime:
    """Until when the contact holds: a day that the option names, else half a year from today's first hour."""
    named = str(view.site.option("wirepress_security_expires")).strip()
    try:
        return datetime.fromisoformat(named).replace(tzinfo=UTC)
    except ValueError:
        return view.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + VALID


def reserves_mining(view: View) -> bool:
    """Whether the site reserves its rights against text and data mining."""
    return view.site.flag("wirepress_tdm_reservation")


def mining_policy(view: View) -> str:
    """The address of the policy by which mining may be licensed, "" for none."""
    policy = str(view.site.option("wirepress_tdm_policy")).strip()
    return policy if is_address(policy) else ""


def mining(view: View) -> Response | None:
    """The reservation for the whole site (TDM Reservation Protocol, W3C community group); None where there is none."""
    if not reserves_mining(view):
        return None
    rule: dict[str, object] = {"location": "/*", "tdm-reservation": 1}
    if policy := mining_policy(view):
        rule["tdm-policy"] = policy
    return Response(200, [("content-type", "application/json")], json.dumps([rule]).encode(), keepable=True)


DECLARATIONS: dict[str, Callable[[View], Response | None]] = {
    "ads.txt": sellers("wirepress_ads_txt"),
    "app-ads.txt": sellers("wirepress_app_ads_txt"),
    ".well-known/security.txt": security,
    "security.txt": security,
    ".well-known/tdmrep.json": mining,
}


def declared(view: View, path: str) -> Response | None:
    """The declaration at a path; None where the site makes none."""
    answer = DECLARATIONS.get(path.lstrip("/"))
    return answer(view) if answer else None
