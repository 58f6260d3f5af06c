"""The settings screens of what the site says to machines (docs/feeds.md) and of the owner's markup (docs/site.md)."""

from __future__ import annotations

from datetime import date

from wirepress.admin.settings.fields import Field, Section, SettingsPage, Values
from wirepress.admin.visit import Visit
from wirepress.render.values import is_email
from wirepress.url.parse import is_address
from wirepress.web.headers import is_host

SELLERS = 200_000
"""Signs of a list of sellers."""


def web_address(visit: Visit, field: Field, values: Values) -> str:
    value = values[field.option].strip()
    return "" if not value or is_address(value) else visit.say("An address of the web, such as https://hub.example/.")


def contacts(visit: Visit, field: Field, values: Values) -> str:
    wrong = [one for one in values[field.option].split() if not _is_contact(one)]
    return visit.say("%(value)s is neither a mail address nor an https address.", value=wrong[0]) if wrong else ""


def _is_contact(word: str) -> bool:
    if word.startswith(("mailto:", "tel:")):
        return True
    return is_email(word) or (word.startswith("https://") and is_address(word))


def last_day(visit: Visit, field: Field, values: Values) -> str:
    value = values[field.option].strip()
    try:
        is_past = bool(value) and date.fromisoformat(value) <= visit.view.now().date()
    except ValueError:
        return visit.say("A day such as 2027-12-31.")
    return visit.say("This day is over.") if is_past else ""


MACHINES = SettingsPage(
    path="admin.php?page=machines",
    title="Feeds and machines",
    label="Machines",
    sections=(
        Section(
            "Feeds",
            (
                Field(option="wirepress_feed_pictures", label="Name each article's picture in RSS", kind="check"),
                Field(
                    option="wirepress_websub_hub",
                    label="Hub",
                    check=web_address,
                    help="The address of a WebSub hub that feeds name and that is told of news. Empty: none.",
                ),
            ),
        ),
        Section(
            "News sitemap",
            (
                Field(
                    option="wirepress_news_sitemap",
                    label="Offer a sitemap of the articles of the last two days",
                    kind="check",
                ),
                Field(
                    option="wirepress_news_sitemap_wire",
                    label="With those that came from elsewhere",
                    kind="check",
                    under="wirepress_news_sitemap",
                ),
            ),
        ),
        Section(
            "Advertising",
            (
                Field(option="wirepress_ads_txt", label="ads.txt", kind="lines", most=SELLERS),
                Field(option="wirepress_app_ads_txt", label="app-ads.txt", kind="lines", most=SELLERS),
            ),
            help="Who may sell the site's advertising, a line each. Empty: there is no such file.",
        ),
        Section(
            "Reports of security holes",
            (
                Field(
                    option="wirepress_security_contact",
                    label="Whom to tell",
                    check=contacts,
                    help="Mail addresses and https addresses, with blanks between. Empty: there is no security.txt.",
                ),
                Field(option="wirepress_security_policy", label="Address of the policy", check=web_address),
                Field(
                    option="wirepress_security_expires",
                    label="Holds until",
                    check=last_day,
                    help="A day such as 2027-12-31. Empty: always half a year from today.",
                ),
            ),
        ),
        Section(
            "Text and data mining",
            (
                Field(
                    option="wirepress_tdm_reservation",
                    label="Reserve the rights against text and data mining",
                    kind="check",
                ),
                Field(
                    option="wirepress_tdm_policy",
                    label="Address of the conditions",
                    under="wirepress_tdm_reservation",
                    check=web_address,
                    help="Where it says on which conditions mining may be licensed.",
                ),
            ),
        ),
    ),
)

MARKUP = 50_000
"""Signs of the markup of a slot."""


def hosts(visit: Visit, field: Field, values: Values) -> str:
    wrong = [word for word in values[field.option].split() if not is_host(word.lower())]
    return visit.say("%(value)s is no host, such as cdn.example.", value=wrong[0]) if wrong else ""


SLOTS = SettingsPage(
    path="admin.php?page=slots",
    title="Head and foot of every page",
    label="Head and foot",
    needs=("manage_options", "unfiltered_html"),
    sections=(
        Section(
            "Markup of your own",
            (
                Field(
                    option="wirepress_head_html",
                    label="In the head",
                    kind="code",
                    most=MARKUP,
                    help="At the end of the head of every page that readers see: a script that counts, say.",
                ),
                Field(
                    option="wirepress_foot_html",
                    label="At the foot",
                    kind="code",
                    most=MARKUP,
                    help="At the end of every page that readers see.",
                ),
            ),
            help="It stands there as it is. Error pages, previews, the login and the administration have none of it.",
        ),
        Section(
            "What it may reach",
            (
                Field(
                    option="wirepress_slot_hosts",
                    label="Hosts",
                    kind="lines",
                    check=hosts,
                    help="A host a line, such as stats.example or *.ads.example: browsers load scripts and styles"
                    " from there and speak to it, over https. Scripts that stand in the markup itself run without.",
                ),
            ),
        ),
    ),
)
